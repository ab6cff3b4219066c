import * as Y from 'yjs';
import { ROOTS } from './text.ts';

/** Structures of one change, each of which is put in its place among others: what is pasted comes to far fewer. */
export const MOST_STRUCTS = 4_000;
/** Of the change that a version begins with: a thousand paragraphs (`MOST_PAIRS`). */
export const MOST_AT_FIRST = 12_000;
/** Letters and marks of one change, deleted ones among them. */
const MOST_LETTERS = 700_000;
/** Longest value beside the texts. */
const MOST_OF_VALUE = 400;

/** Some letters of a session, by its number and their place in it: Yjs's ids. */
export interface Reference {
	readonly client: number;
	/** The last of them, from 0. */
	readonly clock: number;
}

/** What a change consists of, as far as it has to be held against what is there. */
export interface Decoded {
	/** Where its own letters begin in the session; `null`: it only deletes. */
	readonly from: number | null;
	/** How many there are. */
	readonly length: number;
	/** What it stands beside, is in, or deletes, of this and of other sessions. */
	readonly needs: readonly Reference[];
}

/**
 * Reads a change without applying it. `null`: it is broken, of several sessions, of another than `client`, or holds what
 * no document of ours does. Takes time in proportion to its length.
 */
export function decodedUpdate(update: Uint8Array, client: number, most = MOST_STRUCTS): Decoded | null {
	try {
		const { structs, ds } = Y.decodeUpdate(update);
		if (structs.length > most || !structs.every((struct) => isOurs(struct, client))) return null;
		const [first] = structs;
		const length = structs.reduce((sum, struct) => sum + struct.length, 0);
		if (length > MOST_LETTERS || !followEachOther(structs)) return null;
		// Yjs looks for what is of the session itself without asking whether it is there yet.
		if (!structs.every(isAfterItsOwn)) return null;
		const needs = [...structs.flatMap(neededBy), ...deletedIn(ds)];
		const isOwn = ({ client: of, clock }: Reference) => of === client && first !== undefined && clock >= first.id.clock;
		if (!needs.every((need) => !isOwn(need) || need.clock < (first?.id.clock ?? 0) + length)) return null;
		return { from: first ? first.id.clock : null, length, needs: needs.filter((need) => !isOwn(need)) };
	} catch {
		return null;
	}
}

/** How many structures a change of our own has. */
export const structsIn = (update: Uint8Array): number => Y.decodeUpdate(update).structs.length;

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

function isOurs(struct: Struct, client: number): boolean {
	if (struct.id.client !== client || struct.length < 1 || struct instanceof Y.Skip) return false;
	if (struct instanceof Y.GC) return true;
	const parent: unknown = struct.parent;
	if (typeof parent === 'string' && !ROOTS.some((root) => root === parent)) return false;
	return isOurContent(struct.content);
}

function isOurContent(content: Y.Item['content']): boolean {
	if (content instanceof Y.ContentString || content instanceof Y.ContentDeleted) return true;
	// By what it is exactly: Yjs has further kinds of both.
	if (content instanceof Y.ContentType) return [Y.Map, Y.Text].some((kind) => content.type.constructor === kind);
	return content instanceof Y.ContentAny && content.arr.every(isValue);
}

function isValue(value: unknown): boolean {
	if (typeof value === 'string') return value.length <= MOST_OF_VALUE;
	return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value));
}

const followEachOther = (structs: readonly Struct[]): boolean =>
	structs.every((struct, place) => {
		const before = structs[place - 1];
		return !before || before.id.clock + before.length === struct.id.clock;
	});

const isAfterItsOwn = (struct: Struct): boolean =>
	neededBy(struct).every(({ client, clock }) => client !== struct.id.client || clock < struct.id.clock);

function neededBy(struct: Struct): readonly Reference[] {
	if (!(struct instanceof Y.Item)) return [];
	const parent: unknown = struct.parent;
	return [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null].filter((id) => id !== null);
}

/** Yjs has no name for the type. */
function deletedIn(ds: { clients: Map<number, { clock: number; len: number }[]> }): readonly Reference[] {
	return [...ds.clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock: clock + len - 1 })));
}

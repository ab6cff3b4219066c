import * as Y from 'yjs';
import type { PutIn } from './crowded.ts';
import { ROOTS } from './text.ts';
import { CHANGE_LIMITS, scanUpdate, type UpdateLimits } from './update-scan.ts';

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
	/** Where it puts in what among the letters of earlier changes. */
	readonly putIn: readonly PutIn[];
}

/**
 * Reads a change without applying it. `null`: it is broken, of several sessions, of another than `client`, or holds what
 * no document of ours does. Takes time in proportion to its length.
 */
export function decodedUpdate(update: Uint8Array, client: number, limits: UpdateLimits = CHANGE_LIMITS): Decoded | null {
	try {
		scanUpdate(update, limits);
		const { structs, ds } = Y.decodeUpdate(update);
		if (!structs.every((struct) => isOurs(struct, client))) return null;
		const [first] = structs;
		const length = structs.reduce((sum, struct) => sum + struct.length, 0);
		if (length > MOST_LETTERS || !followEachOther(structs)) return null;
		// Yjs looks for what is of the session itself without asking whether it is there yet.
		if (!structs.every(isAfterItsOwn)) return null;
		const needs = [...structs.flatMap(neededBy), ...deletedIn(ds)];
		const isOwn = ({ client: of, clock }: Reference) => of === client && first !== undefined && clock >= first.id.clock;
		if (!needs.every((need) => !isOwn(need) || need.clock < (first?.id.clock ?? 0) + length)) return null;
		return {
			from: first ? first.id.clock : null,
			length,
			needs: needs.filter((need) => !isOwn(need)),
			putIn: structs.filter(isItem).flatMap((item) => putInOf(item, structs, isOwn)),
		};
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

/** Where an item is put in, unless that is behind what came with it. */
function putInOf(item: Y.Item, structs: readonly Struct[], isOwn: (id: Reference) => boolean): readonly PutIn[] {
	const { origin, rightOrigin, parentSub } = item;
	if (origin && isOwn(origin)) return [];
	const place = { origin, rightOrigin: rightOrigin && isOwn(rightOrigin) ? null : rightOrigin, parentSub, beside: null };
	if (origin || rightOrigin === place.rightOrigin) return [{ ...place, parent: item.parent }];
	// Before what came with it: what that stands beside tells where it is.
	let other: Struct | undefined = item;
	let beside: Y.ID | null = rightOrigin;
	while (beside && isOwn(beside)) {
		const { clock } = beside;
		other = structs.find((struct) => struct.id.clock <= clock && clock < struct.id.clock + struct.length);
		beside = isItem(other) ? (other.rightOrigin ?? other.origin) : null;
	}
	return [{ ...place, beside, parent: isItem(other) ? other.parent : null }];
}

const isItem = (struct: Struct | undefined): struct is Y.Item => struct instanceof Y.Item;

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

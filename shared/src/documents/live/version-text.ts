import * as Y from 'yjs';
import type { AccountId, DeviceId, Hash } from '../../bytes/ids.ts';
import { Problem } from '../../problem.ts';
import type { Language } from '../pair.ts';
import { isCrowded } from './crowded.ts';
import { decodedUpdate, type Decoded, type Reference } from './update-check.ts';
import { CHANGE_LIMITS, FIRST_LIMITS, scanUpdate, STATE_LIMITS } from './update-scan.ts';

/** Names a text: the pair and its language. */
export type TextKey = `${string}/${Language}`;

/** A change that counts. */
export interface Change {
	readonly id: Hash;
	readonly author: AccountId;
	readonly device: DeviceId;
	readonly time: number;
	readonly online: boolean;
	readonly update: Uint8Array;
	readonly settles: readonly TextKey[];
	/** Texts that were there and are others now. */
	readonly texts: readonly TextKey[];
	/** Pairs of which anything changed. */
	readonly pairs: readonly string[];
}

/** A change as it arrives. `client`: the number of its session (`clientOf`). */
export type Arrived = Omit<Change, 'texts' | 'pairs'> & { readonly client: number };

/** Where the letters of a session end with each of its changes. */
interface Written {
	readonly ends: number[];
	readonly ids: Hash[];
}

/** Whether a change stands on another one; `null` where only what is here now counts. */
export type StandsOn = ((earlier: Hash) => boolean) | null;

/**
 * One version of a text, change by change, each held against what its author knew: whatever it refers to must have been
 * written in what it stands on. So the same changes count for everybody, in whatever order they arrive.
 */
export class VersionText {
	readonly changes: Change[] = [];
	#doc: Y.Doc;
	readonly #base: Uint8Array | null;
	readonly #written = new Map<number, Written>();

	/** @param base what was there before the first change that will come. @throws Problem `malformed`, `too-large` */
	constructor(base: Uint8Array | null = null) {
		this.#base = base;
		this.#doc = base ? docOfState(base) : docOf([]);
	}

	/** To be read, never to be changed. */
	get doc(): Y.Doc {
		return this.#doc;
	}

	/** Takes a change, or answers `null`: it is broken, and was never made. */
	take(arrived: Arrived, standsOn: StandsOn): Change | null {
		const isFirst = this.#base === null && this.changes.length === 0;
		const decoded = decodedUpdate(arrived.update, arrived.client, isFirst ? FIRST_LIMITS : CHANGE_LIMITS);
		if (!decoded || this.#isCovered(decoded, arrived.client) || !this.#isPossible(decoded, arrived, standsOn)) return null;
		if (isCrowded(this.#doc, decoded.putIn)) return null;
		const touched = this.#apply(arrived.update);
		if (!touched) return null;
		const { client, ...change } = arrived;
		this.#note(client, decoded, change.id);
		const taken = { ...change, ...touched };
		this.changes.push(taken);
		return taken;
	}

	/** The text as it was with some of the changes only. They must stand on nothing else. */
	with(isWanted: (change: Change) => boolean): Y.Doc {
		return docOf([...(this.#base ? [this.#base] : []), ...this.changes.filter(isWanted).map(({ update }) => update)]);
	}

	/** What it began with has it already. */
	#isCovered({ from, length }: Decoded, client: number): boolean {
		return this.#base !== null && from !== null && from + length <= Y.getState(this.#doc.store, client);
	}

	#isPossible({ from, needs }: Decoded, { client }: Arrived, standsOn: StandsOn): boolean {
		const next = Y.getState(this.#doc.store, client);
		return (from === null || from === next) && needs.every((need) => this.#isThere(need, standsOn));
	}

	#isThere({ client, clock }: Reference, standsOn: StandsOn): boolean {
		if (clock >= Y.getState(this.#doc.store, client)) return false;
		const owner = standsOn && ownerOf(this.#written.get(client), clock);
		return !owner || standsOn(owner);
	}

	#apply(update: Uint8Array): Pick<Change, 'texts' | 'pairs'> | null {
		try {
			return touchedBy(this.#doc, () => Y.applyUpdate(this.#doc, update));
		} catch {
			// Nothing that was checked gets here; if it did, half of it would be in the text.
			this.#doc = this.with(() => true);
			return null;
		}
	}

	#note(client: number, { from, length }: Decoded, id: Hash): void {
		if (from === null) return;
		const written = this.#written.get(client) ?? { ends: [], ids: [] };
		written.ends.push(from + length);
		written.ids.push(id);
		this.#written.set(client, written);
	}
}

/** The change that brought a letter; `null`: it was there from the beginning. */
function ownerOf(written: Written | undefined, clock: number): Hash | null {
	if (!written) return null;
	let [low, high] = [0, written.ends.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((written.ends[middle] ?? 0) <= clock) low = middle + 1;
		else high = middle;
	}
	return written.ids[low] ?? null;
}

/** Everything of a text, as somebody else sent it. @throws Problem `malformed`, `too-large` */
export function docOfState(state: Uint8Array): Y.Doc {
	scanUpdate(state, STATE_LIMITS);
	const doc = new Y.Doc();
	try {
		Y.applyUpdate(doc, state);
	} catch {
		throw new Problem('malformed', { reason: 'state' });
	}
	// What never comes would be waited for as long as the page is open.
	if (doc.store.pendingStructs || doc.store.pendingDs) throw new Problem('malformed', { reason: 'state' });
	return doc;
}

/** A text of these updates. */
export function docOf(updates: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
	return doc;
}

/** What of the text is another after `work`. */
export function touchedBy(doc: Y.Doc, work: () => void): Pick<Change, 'texts' | 'pairs'> {
	const [texts, pairs] = [new Set<TextKey>(), new Set<string>()];
	const note = ({ changed }: Y.Transaction) => {
		for (const [type, keys] of changed) {
			const [pair, language] = placeOf(doc, type);
			if (pair === null) for (const key of keys) pairs.add(key ?? '');
			else pairs.add(pair);
			for (const touched of language ? [language] : languagesIn(keys)) if (pair !== null) texts.add(`${pair}/${touched}`);
		}
	};
	doc.on('afterTransaction', note);
	try {
		work();
	} finally {
		doc.off('afterTransaction', note);
	}
	return { texts: [...texts], pairs: [...pairs].filter((pair) => pair !== '') };
}

/** Which pair a part of the text belongs to, and in which language; both `null`: it is the list of pairs, or what holds for all. */
function placeOf(doc: Y.Doc, type: Pick<Y.AbstractType<never>, '_item'>): readonly [pair: string | null, language: Language | null] {
	const item = type._item;
	if (!item) return [null, null];
	if (item.parent === doc.share.get('pairs')) return [item.parentSub ?? '', null];
	const above = item.parent instanceof Y.AbstractType ? item.parent._item : null;
	const isText = item.parentSub === 'ar' || item.parentSub === 'en';
	return [above?.parentSub ?? '', isText ? (item.parentSub as Language) : null];
}

/** Whoever takes a pair out, or in again, does so with both of its texts. */
function languagesIn(keys: ReadonlySet<string | null>): readonly Language[] {
	return keys.has('gone') ? ['ar', 'en'] : (['ar', 'en'] as const).filter((language) => keys.has(language));
}

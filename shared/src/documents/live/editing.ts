import * as Y from 'yjs';
import { mayStandAt, type Authority, type DraftPair, type Language, type Level, type PairKind } from '../pair.ts';
import { confirmed, withText } from '../translations.ts';
import { placeBetween, placesAfter } from './place.ts';
import { aboutOf, pairIn, pairsOf, placedPair, placedPairs, textOf, translationMark, type Counting, type PlacedPair } from './text.ts';

/** Marks what this device writes, so that it is sent, and can be undone. */
export const OWN = 'own';

/** So many pairs fit into one change (`CHANGE_LIMITS`). */
const MOST_AT_ONCE = 300;

/** A pair that is put in. `part`: of the template. */
export type NewPair = Omit<DraftPair, 'id'> & { readonly part?: number | null };

/** Every change of a text that a person can make. Each is one step, and says nothing when there is nothing to do. */
export class Editing {
	readonly #doc: Y.Doc;
	readonly #newId: () => string;

	constructor(doc: Y.Doc, newId: () => string) {
		this.#doc = doc;
		this.#newId = newId;
	}

	/** Puts a text in place of another by what differs, so that what others type at the same time stays. */
	write(id: string, language: Language, text: string): void {
		this.#change(id, (map, pair) => {
			const here = textOf(map, language);
			if (!here || pair[language] === text) return;
			replace(here, pair[language], text);
			this.#mark(map, pair, withText(pair, language, text));
		});
	}

	/** The translation says what the other language says now. */
	confirm(id: string, language: Language): void {
		this.#change(id, (map, pair) => this.#mark(map, pair, confirmed(pair, language)));
	}

	setKind(id: string, kind: PairKind, level: Level): void {
		this.#change(id, (map, pair) => {
			if (kind !== pair.kind) map.set('kind', kind);
			const possible = mayStandAt(kind, level) ? level : 1;
			if (possible !== pair.level) map.set('level', possible);
		});
	}

	/** Puts pairs after one, or at the beginning; very many in several changes. @returns their ids */
	add(pairs: readonly NewPair[], after: string | null): readonly string[] {
		const all = placedPairs(this.#doc);
		const at = after === null ? -1 : all.findIndex(({ id }) => id === after);
		const places = placesAfter(pairs.length, all[at]?.place ?? null, all[at + 1]?.place ?? null);
		const ids: string[] = [];
		for (let start = 0; start < pairs.length; start += MOST_AT_ONCE) {
			this.#doc.transact(() => {
				for (const [number, pair] of pairs.slice(start, start + MOST_AT_ONCE).entries())
					ids.push(this.#insert(pair, places[start + number] ?? 'V'));
			}, OWN);
		}
		return ids;
	}

	/** Takes a pair out: it stays under the hood, and whoever writes in it at the same time is not lost. */
	remove(id: string): void {
		this.#change(id, (map) => map.set('gone', true));
	}

	/** Puts a pair in again that was taken out. */
	restore(id: string): void {
		this.#doc.transact(() => pairIn(this.#doc, id)?.set('gone', false), OWN);
	}

	/** One place up or down among those that are there. */
	move(id: string, by: -1 | 1): void {
		this.#doc.transact(() => {
			const here = this.#here();
			const at = here.findIndex((pair) => pair.id === id);
			const neighbour = here[at + by];
			if (at === -1 || !neighbour) return;
			const beyond = here[at + 2 * by]?.place ?? null;
			const place = by === 1 ? placeBetween(neighbour.place, beyond) : placeBetween(beyond, neighbour.place);
			pairIn(this.#doc, id)?.set('place', place);
		}, OWN);
	}

	/** What stands behind a place of one language begins a pair of its own. @returns its id */
	split(id: string, language: Language, at: number): string | null {
		return this.#doc.transact(() => {
			const pair = this.#here().find((one) => one.id === id);
			if (!pair) return null;
			const rest = pair[language].slice(at);
			this.write(id, language, pair[language].slice(0, at));
			const kind: PairKind = pair.kind === 'item' || pair.kind === 'footnote' ? pair.kind : 'paragraph';
			const level: Level = kind === 'item' ? pair.level : 1;
			const begun = { kind, level, ar: '', en: '', translation: null };
			return this.add([language === 'ar' ? { ...begun, ar: rest } : { ...begun, en: rest }], id)[0] ?? null;
		}, OWN);
	}

	/**
	 * Puts a pair at the end of the one above, in the language in which it was asked for just behind its last letter, as
	 * one does who takes a line break away.
	 * @returns where both met in each language, and whose they are now
	 */
	merge(id: string, asked: Language): { readonly id: string; readonly at: Readonly<Record<Language, number>> } | null {
		return this.#doc.transact(() => {
			const here = this.#here();
			const at = here.findIndex((pair) => pair.id === id);
			const [pair, above] = [here[at], here[at - 1]];
			if (!pair || !above) return null;
			for (const language of ['ar', 'en'] as const)
				if (pair[language] !== '') this.write(above.id, language, joined(above[language], pair[language], language === asked));
			this.remove(id);
			return { id: above.id, at: { ar: above.ar.length, en: above.en.length } };
		}, OWN);
	}

	setAuthority(authority: Authority): void {
		this.#doc.transact(() => aboutOf(this.#doc).set('authority', authority), OWN);
	}

	setCounting(counting: Counting | null): void {
		this.#doc.transact(() => {
			const about = aboutOf(this.#doc);
			about.set('submission', counting?.submission ?? '');
			if (counting) about.set('status', counting.status);
			if (counting) about.set('counted', counting.language);
		}, OWN);
	}

	/** Takes one of several texts that were written apart, `null`: that the pair is taken out; the others stay in the history. */
	choose(id: string, language: Language, text: string | null): void {
		this.#doc.transact(() => {
			const isGone = placedPair(this.#doc, id)?.gone ?? true;
			if (text === null && !isGone) this.remove(id);
			if (text !== null && isGone) this.restore(id);
			if (text !== null) this.write(id, language, text);
		}, OWN);
	}

	#here(): readonly PlacedPair[] {
		return placedPairs(this.#doc).filter(({ gone }) => !gone);
	}

	#change(id: string, work: (map: Y.Map<unknown>, pair: PlacedPair) => void): void {
		this.#doc.transact(() => {
			const map = pairIn(this.#doc, id);
			const pair = placedPair(this.#doc, id);
			if (map && pair) work(map, pair);
		}, OWN);
	}

	#mark(map: Y.Map<unknown>, before: DraftPair, after: DraftPair): void {
		const mark = translationMark(after.translation);
		if (mark !== translationMark(before.translation)) map.set('translation', mark);
	}

	#insert({ kind, level, ar, en, translation, part = null }: NewPair, place: string): string {
		const id = this.#newId();
		const map = new Y.Map<unknown>();
		pairsOf(this.#doc).set(id, map);
		map.set('kind', kind);
		map.set('level', level);
		map.set('place', place);
		if (translation) map.set('translation', translationMark(translation));
		if (part !== null) map.set('part', part);
		map.set('ar', new Y.Text(ar));
		map.set('en', new Y.Text(en));
		return id;
	}
}

const joined = (above: string, below: string, isClose: boolean): string =>
	isClose || above === '' || /\s$/u.test(above) ? above + below : `${above} ${below}`;

/** What is the same at both ends stays untouched, whole letters of it. */
function replace(here: Y.Text, before: string, after: string): void {
	// Something that is no letter lies in it: only somebody who meant to break it can have put it there.
	if (here.length !== before.length) {
		here.delete(0, here.length);
		here.insert(0, after);
		return;
	}
	const [start, end] = sameEnds(before, after);
	if (before.length - end > start) here.delete(start, before.length - end - start);
	if (after.length - end > start) here.insert(start, after.slice(start, after.length - end));
}

/** How many units are the same at the beginning and at the end. */
export function sameEnds(before: string, after: string): readonly [start: number, end: number] {
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before[start] === after[start]) start++;
	if (start > 0 && isLead(before.charCodeAt(start - 1))) start--;
	let end = 0;
	while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
	if (end > 0 && isTrail(before.charCodeAt(before.length - end))) end--;
	return [start, end];
}

const isLead = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isTrail = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { markedBetween, markedPart, markedWhole, rangesOf } from '../search/marked.ts';
import { match, type Matches } from '../search/match.ts';
import type { QueryPart } from '../search/query.ts';
import { TextIndex } from '../search/text-index.ts';
import type { FindableFeature, FindableText, FindableThread } from './findable.ts';
import type { SearchHit } from './search-types.ts';
import type { StreamEvent } from './types.ts';

/** What search reads of a space. */
export interface ReadSpace {
	readonly id: SpaceId;
	readonly index: StreamId;
	events(stream: StreamId): readonly StreamEvent[];
}

/** A text in the index, and where it is from. */
export interface Indexed extends FindableText {
	readonly stream: StreamId;
}

interface IndexedStream {
	/** What was there when it was looked at last. */
	readonly seen: readonly StreamEvent[];
	/** Numbers in the index, by what the text is known by in its stream. */
	readonly numbers: Map<string, number>;
}

/** Something of a space that fits, before it is shown. */
export interface Candidate {
	readonly found: Indexed;
	readonly score: number;
	show(): SearchHit;
}

/** A title says more about a thread than a post in it. */
const TITLE_WEIGHT = 1.5;
/** After so many new texts their words are put in order: all at once would take a while. */
const SETTLED_AFTER = 1_000;

/** What can be found in one space: its index, kept like the space itself in memory only. */
export class SearchedSpace {
	readonly #space: ReadSpace;
	readonly #feature: FindableFeature;
	readonly #index = new TextIndex();
	/** By number in the index. */
	readonly #texts: (Indexed | null)[] = [];
	readonly #streams = new Map<StreamId, IndexedStream>();
	#threads: { readonly of: readonly StreamEvent[]; readonly by: ReadonlyMap<StreamId, FindableThread> } = { of: [], by: new Map() };

	constructor(space: ReadSpace, feature: FindableFeature) {
		this.#space = space;
		this.#feature = feature;
	}

	/** How many texts are in it. */
	get size(): number {
		return this.#index.living;
	}

	/** What its arrays take beside the heap. */
	get bytes(): number {
		return this.#index.bytes;
	}

	/** How much has not been looked at yet, in events. */
	get behind(): number {
		return this.#changed().reduce((sum, stream) => sum + Math.max(1, this.#space.events(stream).length), 0);
	}

	/** Takes what has changed, the newest threads first; stops after each text, so that others have their turn. */
	*catchUp(): Generator<void> {
		for (const stream of this.#changed()) {
			const events = this.#space.events(stream);
			yield* this.#take(stream, events, this.#textsIn(stream, events));
		}
		this.#index.dictionary.settle();
	}

	/** What fits a query. */
	find(parts: readonly QueryPart[]): readonly Candidate[] {
		const matches = match(this.#index, parts);
		return matches.texts.flatMap((number) => {
			const found = this.#texts[number];
			if (!found) return [];
			const score = matches.score(number) * (isTitle(found) ? TITLE_WEIGHT : 1);
			return [{ found, score, show: () => this.#hit(found, number, matches) }];
		});
	}

	/** Streams that are not as they were, and those that are no thread any more. */
	#changed(): readonly StreamId[] {
		const streams = new Set([this.#space.index, ...this.#threadsNow().keys(), ...this.#streams.keys()]);
		return [...streams].filter((stream) => {
			const indexed = this.#streams.get(stream);
			return this.#isRead(stream) ? indexed?.seen !== this.#space.events(stream) : (indexed?.numbers.size ?? 0) > 0;
		});
	}

	#isRead = (stream: StreamId): boolean => stream === this.#space.index || this.#threadsNow().has(stream);

	#textsIn(stream: StreamId, events: readonly StreamEvent[]): readonly Indexed[] {
		if (stream === this.#space.index) return [...this.#threadsNow().values()];
		return this.#isRead(stream) ? this.#feature.texts(events).map((text) => ({ ...text, stream })) : [];
	}

	#threadsNow(): ReadonlyMap<StreamId, FindableThread> {
		const events = this.#space.events(this.#space.index);
		if (this.#threads.of !== events) {
			this.#threads = { of: events, by: new Map(this.#feature.threads(events).map((thread) => [thread.stream, thread])) };
		}
		return this.#threads.by;
	}

	*#take(stream: StreamId, seen: readonly StreamEvent[], texts: readonly Indexed[]): Generator<void> {
		const numbers = this.#streams.get(stream)?.numbers ?? new Map<string, number>();
		this.#streams.set(stream, { seen, numbers });
		const known = new Set<string>(texts.map(keyOf));
		for (const [key, number] of numbers) {
			if (known.has(key)) continue;
			numbers.delete(key);
			this.#drop(number);
		}
		for (const text of texts) {
			numbers.set(keyOf(text), this.#put(text, numbers.get(keyOf(text))));
			yield;
		}
	}

	/** Answers the text's number: as before, when it says the same. */
	#put(text: Indexed, number: number | undefined): number {
		if (number !== undefined) {
			const same = this.#texts[number]?.written === text.written;
			if (same) this.#texts[number] = text;
			else this.#drop(number);
			if (same) return number;
		}
		const added = this.#index.add(this.#read(text));
		this.#texts[added] = text;
		if (added % SETTLED_AFTER === 0) this.#index.dictionary.settle();
		return added;
	}

	#drop(number: number): void {
		this.#index.remove(number);
		this.#texts[number] = null;
	}

	#hit(found: Indexed, number: number, matches: Matches): SearchHit {
		const { id, author, time, waiting, kind, stream } = found;
		const read = this.#read(found);
		const ranges = rangesOf(read, matches.stretches(number));
		const shown = isTitle(found)
			? titleAndTags(read, ranges)
			: { title: markedWhole(this.#threadsNow().get(stream)?.title ?? '', []), text: markedPart(read, ranges) };
		return { kind, id, author, time, waiting, space: this.#space.id, stream, ...shown };
	}

	#read = (text: Indexed): string => this.#feature.read(text);
}

const isTitle = ({ kind }: Indexed): boolean => kind === 'title' || kind === 'document';

/** A milestone and its post have one id. */
const keyOf = ({ kind, id }: Indexed): string => (kind === 'milestone' ? `milestone ${id}` : id);

/** The two lines of what is written over a thread. */
function titleAndTags(read: string, ranges: ReturnType<typeof rangesOf>): Pick<SearchHit, 'title' | 'text'> {
	const [title = ''] = read.split('\n', 1);
	const inTags = ranges.some(({ end }) => end > title.length);
	return {
		title: markedBetween(read, ranges, { start: 0, end: title.length }),
		text: inTags ? markedBetween(read, ranges, { start: title.length + 1, end: read.length }) : null,
	};
}

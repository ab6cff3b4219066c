import type { ComparablePair } from './compared.ts';

/** From so much of their words in common, two paragraphs are one that was changed. */
const LEAST_ALIKE = 0.5;
/** So many comparisons of paragraphs that nothing else recognises; with more, they count as removed and added. */
const MOST_GUESSES = 40_000;

/** For each pair of `after` the place of the same pair in `before`, from 0; `null`: it is new. No place comes twice. */
export function matched(before: readonly ComparablePair[], after: readonly ComparablePair[]): readonly (number | null)[] {
	const match = new Match(before, after);
	match.byKey(({ id }) => id ?? '');
	match.byKey(({ ar, en }) => (ar === '' && en === '' ? '' : JSON.stringify([ar, en])));
	match.byKey(({ ar }) => ar);
	match.byKey(({ en }) => en);
	match.byLikeness();
	return match.partners;
}

class Match {
	readonly partners: (number | null)[];
	readonly #before: readonly ComparablePair[];
	readonly #after: readonly ComparablePair[];
	readonly #taken = new Set<number>();

	constructor(before: readonly ComparablePair[], after: readonly ComparablePair[]) {
		this.#before = before;
		this.#after = after;
		this.partners = after.map(() => null);
	}

	/** Pairs of one key belong together, the first with the first; an empty key is none. */
	byKey(keyOf: (pair: ComparablePair) => string): void {
		const waiting = new Map<string, number[]>();
		for (const from of this.#leftBefore()) {
			const key = keyOf(this.#before[from] as ComparablePair);
			if (key !== '') waiting.set(key, [...(waiting.get(key) ?? []), from]);
		}
		for (const place of this.#leftAfter()) {
			const from = waiting.get(keyOf(this.#after[place] as ComparablePair))?.shift();
			if (from !== undefined) this.#join(from, place);
		}
	}

	/** What is most alike belongs together, of two as alike what stands nearer to its old place. */
	byLikeness(): void {
		const [froms, places] = [this.#leftBefore(), this.#leftAfter()];
		if (froms.length * places.length > MOST_GUESSES) return;
		const bags = new Map(froms.map((from) => [from, bagOf(this.#before[from] as ComparablePair)]));
		const guesses = places.flatMap((place) => {
			const bag = bagOf(this.#after[place] as ComparablePair);
			return froms.map((from) => ({ from, place, alike: likeness(bags.get(from) ?? new Map(), bag) }));
		});
		const likely = guesses.filter(({ alike }) => alike >= LEAST_ALIKE);
		const far = (guess: { from: number; place: number }) => Math.abs(guess.from - guess.place);
		likely.sort((one, other) => other.alike - one.alike || far(one) - far(other) || one.place - other.place);
		for (const { from, place } of likely) if (!this.#taken.has(from) && this.partners[place] === null) this.#join(from, place);
	}

	#join(from: number, place: number): void {
		this.partners[place] = from;
		this.#taken.add(from);
	}

	readonly #leftBefore = (): number[] => [...this.#before.keys()].filter((from) => !this.#taken.has(from));
	readonly #leftAfter = (): number[] => [...this.#after.keys()].filter((place) => this.partners[place] === null);
}

/** How often each word comes, of both languages. */
type Bag = ReadonlyMap<string, number>;

function bagOf({ ar, en }: ComparablePair): Bag {
	const bag = new Map<string, number>();
	for (const word of `${ar} ${en}`.split(/\s+/u)) if (word !== '') bag.set(word, (bag.get(word) ?? 0) + 1);
	return bag;
}

const sizeOf = (bag: Bag): number => [...bag.values()].reduce((sum, times) => sum + times, 0);

/** Twice what both have by what they have together (Dice): 1 for the same words, 0 for none in common. */
function likeness(one: Bag, other: Bag): number {
	let common = 0;
	for (const [word, times] of one) common += Math.min(times, other.get(word) ?? 0);
	const all = sizeOf(one) + sizeOf(other);
	return all === 0 ? 0 : (2 * common) / all;
}

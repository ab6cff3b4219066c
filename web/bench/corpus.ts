/** A forum's worth of words: as many different ones as Arabic makes, and as unevenly used (Zipf). The same every time. */
const LETTERS = [...'بتثجحخدذرزسشصضطظعغفقكلمنهوي'];
const SHAPES = [
	'123',
	'1ا23',
	'12ا3',
	'12ي3',
	'12و3',
	'م12و3',
	'م1ا23',
	'ت12ي3',
	'ا12ا3',
	'123ة',
	'1ا23ة',
	'12ا3ة',
	'م12و3ة',
	'مت1ا23',
	'است12ا3',
	'12و3ات',
	'م123ين',
	'أ12ا3',
	'إ12ا3',
];
const WORN = ['', '', '', '', 'ال', 'ال', 'ال', 'و', 'وال', 'بال', 'لل', 'ب', 'ل'];
const LATIN = [
	'report',
	'council',
	'session',
	'human',
	'rights',
	'draft',
	'A/HRC/58',
	'Geneva',
	'deadline',
	'statement',
	'2026',
	'meeting',
];
const DISTINCT = 24_000;

export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export class Corpus {
	readonly #next: () => number;
	readonly #bases: readonly string[];

	constructor(seed = 7) {
		this.#next = random(seed);
		const bases = new Set<string>();
		while (bases.size < DISTINCT) bases.add(this.#base());
		this.#bases = [...bases];
	}

	text(words: number): string {
		return Array.from({ length: words }, (_, place) => this.word() + (place % 12 === 11 ? '.\n' : '')).join(' ');
	}

	/** From ten words to two hundred, sixty on average. */
	post(): string {
		return this.text(10 + Math.floor(this.#next() ** 3 * 200));
	}

	word(): string {
		if (this.#next() < 0.06) return this.#of(LATIN);
		return this.#of(WORN) + this.frequent();
	}

	/** A word as often as its rank says. */
	frequent(): string {
		const rank = Math.floor(Math.exp(this.#next() * Math.log(this.#bases.length)));
		return this.#bases[rank - 1] ?? '';
	}

	#base(): string {
		const root = [this.#of(LETTERS), this.#of(LETTERS), this.#of(LETTERS)];
		return this.#of(SHAPES).replaceAll(/[123]/g, (digit) => root[Number(digit) - 1] ?? '');
	}

	#of = <Item>(items: readonly Item[]): Item => items[Math.floor(this.#next() * items.length)] as Item;
}

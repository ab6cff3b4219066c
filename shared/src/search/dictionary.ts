/** The different words of an index: numbered, and in order, so that those that begin alike stand together. */
export class Dictionary {
	readonly #numbers = new Map<string, number>();
	readonly #words: (string | null)[] = [];
	/** Words by how they are spelled with their hamzas. */
	readonly #heard = new Map<string, Set<number>>();
	/** Words that were only ever written with a hamza first: what looks like the article is none. */
	readonly #led = new Set<number>();
	#sorted: readonly string[] = [];
	#fresh = new Set<string>();
	#stale = false;

	/** The number of a word as it was written, a new one if need be. */
	take(word: string, hamza: string | null, led: boolean): number {
		let number = this.#numbers.get(word);
		if (number === undefined) {
			number = this.#words.push(word) - 1;
			this.#numbers.set(word, number);
			this.#fresh.add(word);
			if (led) this.#led.add(number);
		} else if (!led) this.#led.delete(number);
		if (hamza !== null) this.#hear(hamza, number);
		return number;
	}

	/** Nobody writes it any more. */
	drop(number: number): void {
		const word = this.#words[number];
		if (word === undefined || word === null) return;
		this.#words[number] = null;
		this.#numbers.delete(word);
		this.#led.delete(number);
		for (const [hamza, numbers] of this.#heard) if (numbers.delete(number) && numbers.size === 0) this.#heard.delete(hamza);
		this.#stale = true;
	}

	has(word: string): boolean {
		return this.#numbers.has(word);
	}

	isLed(number: number): boolean {
		return this.#led.has(number);
	}

	wordOf(number: number): string {
		return this.#words[number] ?? '';
	}

	/** Words that are spelled so, in either way. */
	*spelled(spelling: string): Iterable<number> {
		const number = this.#numbers.get(spelling);
		if (number !== undefined) yield number;
		for (const heard of this.#heard.get(spelling) ?? []) yield heard;
	}

	/** Words that begin so. */
	*beginning(beginning: string): Iterable<number> {
		this.settle();
		for (let place = this.#placeOf(beginning); place < this.#sorted.length; place++) {
			const spelling = this.#sorted[place] ?? '';
			if (!spelling.startsWith(beginning)) return;
			yield* this.spelled(spelling);
		}
	}

	/** Puts new words in their places. Cheap when done now and then. */
	settle(): void {
		if (this.#fresh.size === 0 && !this.#stale) return;
		const known = this.#stale ? this.#sorted.filter((word) => this.#numbers.has(word) || this.#heard.has(word)) : this.#sorted;
		this.#sorted = merged(known, [...this.#fresh].sort());
		this.#fresh = new Set();
		this.#stale = false;
	}

	#hear(hamza: string, number: number): void {
		const numbers = this.#heard.get(hamza);
		if (numbers) {
			numbers.add(number);
			return;
		}
		this.#heard.set(hamza, new Set([number]));
		if (!this.#numbers.has(hamza)) this.#fresh.add(hamza);
	}

	/** Where the first word stands that is not before `word`. */
	#placeOf(word: string): number {
		let low = 0;
		let high = this.#sorted.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#sorted[middle] ?? '') < word) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

/** Two lists in order as one, each word once. */
function merged(one: readonly string[], other: readonly string[]): readonly string[] {
	if (one.length === 0) return other;
	const all: string[] = [];
	let place = 0;
	for (const word of other) {
		while (place < one.length && (one[place] ?? '') < word) all.push(one[place++] ?? '');
		if (one[place] !== word) all.push(word);
	}
	while (place < one.length) all.push(one[place++] ?? '');
	return all;
}

/** Counts by name, in memory, for a `period` of milliseconds that begins with the first count after the one before. */
export class Tally {
	readonly #now: () => number;
	readonly #period: number;
	#until = 0;
	#counts = new Map<string, number>();

	constructor(now: () => number, period: number) {
		this.#now = now;
		this.#period = period;
	}

	of(name: string): number {
		return this.#now() < this.#until ? (this.#counts.get(name) ?? 0) : 0;
	}

	/** @param by below nothing, to take back what was counted */
	add(name: string, by = 1): void {
		if (this.#now() >= this.#until) {
			this.#until = this.#now() + this.#period;
			this.#counts = new Map();
		}
		this.#counts.set(name, Math.max(0, this.of(name) + by));
	}
}

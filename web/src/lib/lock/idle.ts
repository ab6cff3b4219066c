/** Milliseconds of the wall clock, which goes on while a phone sleeps, and of the page's clock, which nobody can set. */
export type Clocks = () => readonly [wall: number, page: number];

const ofThisPage: Clocks = () => [Date.now(), performance.now()];

/** How long nobody has used the forum in this browser. */
export class Idle {
	readonly #clocks: Clocks;
	#last: readonly [number, number];

	constructor(clocks: Clocks = ofThisPage) {
		this.#clocks = clocks;
		this.#last = clocks();
	}

	active(): void {
		this.#last = this.#clocks();
	}

	/** By the clock that says more: a clock that is put back gains nothing, nor does a page that was asleep. */
	get seconds(): number {
		const [wall, page] = this.#clocks();
		return Math.max(wall - this.#last[0], page - this.#last[1]) / 1000;
	}
}

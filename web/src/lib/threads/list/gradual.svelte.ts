import { whenIdle } from '../when-idle.ts';

/**
 * Lets a long list be drawn from its beginning, a piece in every idle moment, so that the first screen of a
 * thread with a thousand posts stands at once. Whatever is added later is drawn at once.
 */
export class Gradual {
	#drawn = $state(0);
	readonly #step: number;

	constructor(first: number, step: number) {
		this.#drawn = first;
		this.#step = step;
	}

	/** The part of `list` that is drawn now. */
	of<Item>(list: readonly Item[]): readonly Item[] {
		return this.#drawn >= list.length ? list : list.slice(0, this.#drawn);
	}

	/** Draws on until all of `length` is there; answers how to stop. */
	begin(length: () => number): () => void {
		let stopped = false;
		const next = () => {
			if (stopped) return;
			this.#drawn = this.#drawn >= length() ? Infinity : this.#drawn + this.#step;
			if (this.#drawn !== Infinity) whenIdle(next);
		};
		whenIdle(next);
		return () => (stopped = true);
	}

	/** Everything, now: for going to a place that may not be drawn yet. */
	all(): void {
		this.#drawn = Infinity;
	}
}

/** All three have to fall into this time. */
const WITHIN_MS = 2_000;
const TIMES = 3;

/**
 * Counts Shift pressed and let go alone. Shift that makes a capital letter, turns the keyboard's language or is held
 * down does not count.
 */
export class ShiftThrice {
	#alone = false;
	#times: readonly number[] = [];

	down({ key, repeat }: Pick<KeyboardEvent, 'key' | 'repeat'>): void {
		this.#alone = key === 'Shift' && !repeat;
		if (key !== 'Shift') this.#times = [];
	}

	/** How often it was pressed by now; three is enough. */
	up({ key }: Pick<KeyboardEvent, 'key'>, now: number): number {
		if (key !== 'Shift') return this.#times.length;
		const recent = this.#times.filter((time) => now - time < WITHIN_MS);
		this.#times = this.#alone ? [...recent, now] : [];
		this.#alone = false;
		return this.#times.length;
	}

	forget(): void {
		this.#times = [];
		this.#alone = false;
	}
}

export const isEnough = (times: number): boolean => times >= TIMES;

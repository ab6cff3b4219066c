export const HOLD_SECONDS = 3;
const STEP = 50;

/** A press that counts only when it is held long enough. */
export class Holding {
	readonly #held: () => void;
	#timer: ReturnType<typeof setInterval> | undefined;
	#since = 0;
	#seconds = $state(0);
	#holding = $state(false);
	#tooShort = $state(false);

	constructor(held: () => void) {
		this.#held = held;
	}

	get holding(): boolean {
		return this.#holding;
	}

	/** How long it has been held. */
	get seconds(): number {
		return this.#seconds;
	}

	/** The last press was not held long enough: nothing was done. */
	get tooShort(): boolean {
		return this.#tooShort;
	}

	press(): void {
		if (this.#holding) return;
		this.#holding = true;
		this.#tooShort = false;
		this.#since = performance.now();
		this.#seconds = 0;
		this.#timer = setInterval(() => this.#step(), STEP);
	}

	release(): void {
		if (!this.#holding) return;
		this.#stop();
		this.#tooShort = true;
	}

	/** A click without a press, as a screen reader makes it, is a short one. */
	click(): void {
		if (!this.#holding) this.#tooShort = true;
	}

	leave(): void {
		this.#stop();
	}

	#step(): void {
		this.#seconds = Math.min(HOLD_SECONDS, (performance.now() - this.#since) / 1000);
		if (this.#seconds < HOLD_SECONDS) return;
		this.#stop();
		this.#tooShort = false;
		this.#held();
	}

	#stop(): void {
		clearInterval(this.#timer);
		this.#holding = false;
		this.#seconds = 0;
	}
}

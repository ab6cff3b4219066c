const KEY = 'wrong-unlocks';
/** After so many wrong passphrases the chosen action runs. */
export const MOST_WRONG = 10;
const WAITS = [0, 1, 2, 4, 8, 15, 30, 60];
const LONGEST = 60;

interface Kept {
	readonly wrong: number;
	/** Milliseconds since 1970. */
	readonly notBefore: number;
	/** The session was ended after too many. */
	readonly ended: boolean;
}

const NONE: Kept = { wrong: 0, notBefore: 0, ended: false };

/** Counts wrong passphrases on this device, through reloads, until a right one. */
export class UnlockGuard {
	readonly #storage: Storage;
	readonly #now: () => number;
	#kept = $state.raw<Kept>(NONE);

	constructor(storage: Storage = localStorage, now: () => number = Date.now) {
		this.#storage = storage;
		this.#now = now;
		this.#kept = this.#read();
	}

	/** Milliseconds since 1970 before which no further try is made here. */
	get notBefore(): number {
		// A clock that was put back must not lock anybody out for longer than any wait.
		return Math.min(this.#kept.notBefore, this.#now() + LONGEST * 1000);
	}

	/** How many tries are left. */
	get left(): number {
		return Math.max(0, MOST_WRONG - this.#kept.wrong);
	}

	/** Too many wrong ones have ended the session here, and no right one has come since. */
	get ended(): boolean {
		return this.#kept.ended;
	}

	/** One more wrong passphrase. Answers whether that was the last. */
	wrong(): boolean {
		const wrong = this.#read().wrong + 1;
		const wait = WAITS[wrong] ?? LONGEST;
		this.#keep({ wrong, notBefore: this.#now() + wait * 1000, ended: false });
		return wrong >= MOST_WRONG;
	}

	/** The session was ended: counting begins anew. */
	end(): void {
		this.#keep({ ...NONE, ended: true });
	}

	/** A right passphrase. */
	passed(): void {
		this.#kept = NONE;
		this.#storage.removeItem(KEY);
	}

	#keep(kept: Kept): void {
		this.#kept = kept;
		this.#storage.setItem(KEY, JSON.stringify(kept));
	}

	#read(): Kept {
		try {
			const { wrong, notBefore, ended } = JSON.parse(this.#storage.getItem(KEY) ?? '{}') as Record<string, unknown>;
			return { wrong: whole(wrong), notBefore: whole(notBefore), ended: ended === true };
		} catch {
			return NONE;
		}
	}
}

const whole = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0);

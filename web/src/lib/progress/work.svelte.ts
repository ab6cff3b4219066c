import type { OnProgress, Progress } from '@multaqa/shared/client/types';
import { isProblem } from '@multaqa/shared/problem';

/** One thing that takes time and may fail: what it is doing, and why it did not work. */
export class Work {
	#busy = $state(false);
	#progress = $state.raw<Progress | null>(null);
	#failure = $state.raw<unknown>(null);
	/** Milliseconds since 1970 before which a further try is refused anyway. */
	#notBefore = $state(0);

	get busy(): boolean {
		return this.#busy;
	}

	get progress(): Progress | null {
		return this.#progress;
	}

	/** What went wrong last time; `null` when nothing did, or the person stopped it. */
	get failure(): unknown {
		return this.#failure;
	}

	get notBefore(): number {
		return this.#notBefore;
	}

	/**
	 * Runs `task` unless one is running. Answers what it answers, and `undefined` when it failed: then
	 * {@link failure} says why.
	 */
	async run<Result>(task: (report: OnProgress) => Promise<Result>): Promise<Result | undefined> {
		if (this.#busy) return undefined;
		this.#busy = true;
		this.#failure = null;
		this.#progress = null;
		try {
			return await task((progress) => (this.#progress = progress));
		} catch (error) {
			this.#fail(error);
			return undefined;
		} finally {
			this.#busy = false;
			this.#progress = null;
		}
	}

	clear(): void {
		this.#failure = null;
	}

	#fail(error: unknown): void {
		this.#failure = error;
		const wait = isProblem(error, 'too-many-attempts') ? (error.detail.retryAfter ?? 60) : 0;
		this.#notBefore = wait > 0 ? Date.now() + wait * 1000 : 0;
	}
}

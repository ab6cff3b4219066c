/** A file that is never kept on the device, and small. */
const PROBE = '/_app/version.json';
/** How often a server that did not answer is asked again. */
const AGAIN_MS = 15_000;

/**
 * Whether the server can be reached, before anything is unlocked. The browser knows of a lost line; of a server that
 * is gone only who asks, and a page that came from this device has not asked yet.
 */
export class Reach {
	#offline = $state(!navigator.onLine);
	#again: ReturnType<typeof setTimeout> | null = null;
	readonly #watching = new AbortController();

	/** Answers the end of it. */
	watch(): () => void {
		const { signal } = this.#watching;
		addEventListener('offline', () => this.#found(false), { signal });
		addEventListener('online', () => void this.#ask(), { signal });
		if (navigator.serviceWorker?.controller) void this.#ask();
		return () => {
			this.#watching.abort();
			this.#wait(false);
		};
	}

	get offline(): boolean {
		return this.#offline;
	}

	/** Somebody asked, and there was no answer. */
	lost(): void {
		this.#found(false);
	}

	async #ask(): Promise<void> {
		const { signal } = this.#watching;
		const answer = await fetch(PROBE, { method: 'HEAD', cache: 'no-store', signal }).catch(() => null);
		if (!signal.aborted) this.#found(answer !== null);
	}

	#found(reached: boolean): void {
		this.#offline = !reached;
		this.#wait(!reached);
	}

	#wait(again: boolean): void {
		if (this.#again) clearTimeout(this.#again);
		this.#again = again ? setTimeout(() => void this.#ask(), AGAIN_MS) : null;
	}
}

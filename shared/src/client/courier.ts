import { Outbox, type OutboxParts } from './outbox.ts';
import type { Ports } from './ports.ts';

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

export interface CourierParts extends OutboxParts {
	readonly ports: Ports;
	/** How much waits has changed. */
	readonly changed: () => void;
	readonly failed: (error: unknown) => void;
	/** What waited is on the server. */
	readonly delivered: () => void;
}

/** Carries the outbox to the server: at once, and again ever more rarely while that fails. */
export class Courier {
	readonly #outbox: Outbox;
	readonly #parts: CourierParts;
	#running: Promise<void> | null = null;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#delay = FIRST_RETRY_MS;
	#stopped = false;

	constructor(parts: CourierParts) {
		this.#parts = parts;
		this.#outbox = new Outbox(parts.ports, parts);
	}

	get waiting(): number {
		return this.#outbox.waiting;
	}

	get sending(): Outbox['sending'] {
		return this.#outbox.sending;
	}

	get refused(): Outbox['refused'] {
		return this.#outbox.refused;
	}

	/** Looks what waits, without sending. */
	async count(): Promise<void> {
		await this.#outbox.count();
		this.#parts.changed();
	}

	send(): Promise<void> {
		this.#running ??= this.#sendOnce().then((succeeded) => {
			this.#running = null;
			this.#parts.changed();
			// Written while the last ones were under way: nothing failed, so nothing has to wait.
			if (this.#outbox.waiting > 0 && succeeded && !this.#stopped) void this.send();
			else if (this.#outbox.waiting > 0) this.#later();
		});
		return this.#running;
	}

	async settled(): Promise<void> {
		await this.#running;
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer) clearTimeout(this.#timer);
	}

	async #sendOnce(): Promise<boolean> {
		try {
			await this.#outbox.flush();
			this.#delay = FIRST_RETRY_MS;
			this.#parts.delivered();
			return this.#outbox.carried > 0;
		} catch (error) {
			this.#parts.failed(error);
			return false;
		}
	}

	#later(): void {
		if (this.#timer || this.#stopped) return;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			void this.send();
		}, this.#delay);
		this.#delay = Math.min(this.#delay * 2, LAST_RETRY_MS);
	}
}

import type { Bytes } from '@multaqa/shared/bytes/bytes';

/** What is typed within so many milliseconds goes out as one change. */
export const TOGETHER = 600;

/** What sending needs of the text that is written. */
export interface Sent {
	/** What was typed and is not sent; `null`: nothing. */
	take(): Bytes | null;
	giveBack(update: Bytes): void;
	send(update: Bytes): Promise<void>;
}

/** Sends what was typed, a moment later or at once when the page is left; one change after the other, since each stands on the one before. */
export class Sending {
	readonly #sent: Sent;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#line: Promise<void> = Promise.resolve();
	#waiting = $state(false);
	#problem = $state.raw<unknown>(null);

	constructor(sent: Sent) {
		this.#sent = sent;
	}

	/** Something is typed that this device has not kept yet. */
	get isWaiting(): boolean {
		return this.#waiting;
	}

	/** Why the last of it could not be kept; `null` when it was. */
	get problem(): unknown {
		return this.#problem;
	}

	/** Something was typed. */
	soon(): void {
		this.#waiting = true;
		this.#timer ??= setTimeout(() => void this.now(), TOGETHER);
	}

	/** Resolves when everything that was typed is signed and kept on this device, or could not be. */
	now(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#line = this.#line.then(() => this.#send());
		return this.#line;
	}

	async #send(): Promise<void> {
		for (let update = this.#sent.take(); update; update = this.#sent.take()) {
			try {
				await this.#sent.send(update);
				this.#problem = null;
			} catch (error) {
				this.#sent.giveBack(update);
				this.#problem = error;
				return;
			}
		}
		this.#waiting = this.#timer !== undefined;
	}

	close(): void {
		void this.now();
	}
}

import type { Client, RecoveryView } from '@multaqa/shared/client/types';
import { isProblem } from '@multaqa/shared/problem';

type Store = Pick<Client, 'readDraft' | 'writeDraft'>;
type News = Pick<RecoveryView, 'key' | 'state'>;

const KEY = 'recoveries-read';
/** What happens next to the same attempt is news again. */
const nameOf = ({ key, state }: News) => `${key}/${state}`;

/** Which news about recoveries somebody has read on this device. Kept sealed, where drafts are: whose recovery it was is nobody else's to know. */
export class ReadNotices {
	readonly #store: Store;
	#read = $state.raw<ReadonlySet<string>>(new Set());
	#opened = $state(false);

	constructor(store: Store) {
		this.#store = store;
	}

	/** Nothing that was read shows up for a moment before it is known that it was. */
	async open(): Promise<void> {
		await this.#load().catch(() => 0);
		this.#opened = true;
	}

	isNews(attempt: News): boolean {
		return this.#opened && !this.#read.has(nameOf(attempt));
	}

	/** @param current all that could still be shown: what is over and gone need not be remembered */
	async markRead(attempt: News, current: readonly News[]): Promise<void> {
		const revision = await this.#load();
		const possible = new Set(current.map(nameOf));
		const read = new Set([...this.#read, nameOf(attempt)].filter((name) => possible.has(name)));
		try {
			await this.#store.writeDraft(KEY, [...read].join('\n'), revision);
		} catch (error) {
			if (!isProblem(error, 'stale')) throw error;
			// Another tab was faster.
			return await this.markRead(attempt, current);
		}
		this.#read = read;
	}

	async #load(): Promise<number> {
		const kept = await this.#store.readDraft(KEY);
		if (kept) this.#read = new Set(kept.text.split('\n'));
		return kept?.revision ?? 0;
	}
}

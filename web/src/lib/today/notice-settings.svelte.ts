import type { Client } from '@multaqa/shared/client/types';
import { isProblem, Problem } from '@multaqa/shared/problem';
import { createContext } from 'svelte';
import * as v from 'valibot';
import { isHour, isWithin, type Quiet } from './hours.ts';

type Store = Pick<Client, 'readDraft' | 'writeDraft'>;

const KEY = 'notice-settings';
const hour = v.pipe(v.number(), v.check(isHour));
const schema = v.strictObject({
	/** At which hour the digest is made; `null` for none. */
	digest: v.nullable(hour),
	/** No notices from one hour until another; `null` for never. */
	quiet: v.nullable(v.strictObject({ from: hour, to: hour })),
	/** Up to when the last digest that was read reached, in seconds since 1970. */
	read: v.pipe(v.number(), v.minValue(0)),
});
type Kept = v.InferOutput<typeof schema>;

const INITIAL: Kept = { digest: null, quiet: null, read: 0 };

/** When this person wants to hear of things on this device. Kept sealed, where drafts are: at which hour somebody reads is nobody else's to know. */
export class NoticeSettings {
	readonly #store: Store;
	#kept = $state.raw<Kept>(INITIAL);
	#opened = $state(false);

	constructor(store: Store) {
		this.#store = store;
	}

	async open(): Promise<void> {
		await this.#load().catch(() => 0);
		this.#opened = true;
	}

	/** Known what was chosen: nothing is shown or told before. */
	get opened(): boolean {
		return this.#opened;
	}

	get digest(): number | null {
		return this.#kept.digest;
	}

	get quiet(): Quiet | null {
		return this.#kept.quiet;
	}

	/** Up to when the last digest that was read reached, in seconds since 1970; 0 when there was none. */
	get read(): number {
		return this.#kept.read;
	}

	isQuiet(now: Date): boolean {
		return !this.#opened || (this.quiet !== null && isWithin(this.quiet, now));
	}

	/** @throws Problem `malformed` for an hour that there is not: the old setting stays */
	setDigest(digest: number | null): Promise<void> {
		return this.#change({ digest });
	}

	/** @throws Problem `malformed` for an hour that there is not: the old setting stays */
	setQuiet(quiet: Quiet | null): Promise<void> {
		return this.#change({ quiet });
	}

	/** The digest that reaches up to `until` was read. */
	markRead(until: number): Promise<void> {
		return this.#change({ read: until });
	}

	async #change(change: Partial<Kept>): Promise<void> {
		const revision = await this.#load();
		const result = v.safeParse(schema, { ...this.#kept, ...change });
		if (!result.success) throw new Problem('malformed', { reason: 'hour' });
		try {
			await this.#store.writeDraft(KEY, JSON.stringify(result.output), revision);
		} catch (error) {
			if (!isProblem(error, 'stale')) throw error;
			// Another tab was faster.
			return await this.#change(change);
		}
		this.#kept = result.output;
	}

	async #load(): Promise<number> {
		const draft = await this.#store.readDraft(KEY);
		if (draft) this.#kept = keptIn(draft.text);
		return draft?.revision ?? 0;
	}
}

function keptIn(text: string): Kept {
	try {
		return v.parse(schema, JSON.parse(text));
	} catch {
		return INITIAL;
	}
}

/** Made in the layout of everything a member sees. */
export const [useNoticeSettings, provideNoticeSettings] = createContext<NoticeSettings>();

import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { withoutOverrides } from '@multaqa/shared/text/direction';
import { decoded, draftsKept } from '../writing/draft.svelte.ts';

const IN_THREAD = 'thread:';
const NEW_BODY = 'new-thread:';
const NEW_TITLE = 'new-thread-title:';
const EXCERPT = 80;

/** Something begun and not sent. */
export interface KeptDraft {
	/** The thread it is for; `null` when it is to open one. */
	readonly stream: StreamId | null;
	/** The space it opens a thread in; `null` when it is for a thread. */
	readonly space: SpaceId | null;
	/** How it begins. */
	readonly excerpt: string;
}

/** Everything this person began to write on this device. */
export class KeptDrafts {
	readonly #client: Pick<Client, 'draftKeys' | 'readDraft'>;
	#list = $state.raw<readonly KeptDraft[]>([]);

	constructor(client: Pick<Client, 'draftKeys' | 'readDraft'>) {
		this.#client = client;
	}

	get list(): readonly KeptDraft[] {
		return this.#list;
	}

	async open(): Promise<void> {
		await draftsKept();
		const [inThreads, bodies, titles] = await Promise.all([IN_THREAD, NEW_BODY, NEW_TITLE].map((beginning) => this.#begun(beginning)));
		const opening = new Map([...(bodies ?? []), ...(titles ?? [])]);
		this.#list = [
			...[...(inThreads ?? [])].map(([stream, excerpt]) => ({ stream: stream as StreamId, space: null, excerpt })),
			...[...opening].map(([space, excerpt]) => ({ stream: null, space: space as SpaceId, excerpt })),
		];
	}

	/** What they are for, and how they begin; those without a word are none. */
	async #begun(beginning: string): Promise<ReadonlyMap<string, string>> {
		const keys = await this.#client.draftKeys(beginning).catch(() => []);
		const texts = await Promise.all(keys.map((key) => this.#client.readDraft(key).catch(() => null)));
		const begun = keys.map((key, place) => [key.slice(beginning.length), excerptOf(texts[place]?.text ?? '')] as const);
		return new Map(begun.filter(([, excerpt]) => excerpt !== ''));
	}
}

function excerptOf(kept: string): string {
	const line = withoutOverrides(decoded(kept).text).trim().split('\n')[0] ?? '';
	return line.length > EXCERPT ? `${line.slice(0, EXCERPT).trimEnd()}…` : line;
}

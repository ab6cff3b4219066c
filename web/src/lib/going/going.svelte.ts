import type { Hash, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, HeldView } from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';
import { heldPost, heldThread, type HeldPost, type HeldThread } from './held.ts';

/** What was sent a moment ago and can still be taken back. */
export class Going {
	readonly #client: Client;
	readonly #held: Watched<readonly HeldView[]>;
	readonly #posts = $derived.by(() => this.#held.current.flatMap((held) => heldPost(held) ?? []));
	readonly #threads = $derived.by(() => this.#held.current.flatMap((held) => heldThread(held) ?? []));

	constructor(client: Client) {
		this.#client = client;
		this.#held = new Watched(client, 'held', () => (client.status.phase === 'open' ? client.held.list : []));
	}

	get posts(): readonly HeldPost[] {
		return this.#posts;
	}

	get threads(): readonly HeldThread[] {
		return this.#threads;
	}

	postsIn(stream: string): readonly HeldPost[] {
		return this.#posts.filter((post) => post.stream === stream);
	}

	/** A thread that is not out yet. */
	thread(stream: string): HeldThread | null {
		return this.#threads.find((thread) => thread.stream === stream) ?? null;
	}

	threadsIn(space: SpaceId): readonly HeldThread[] {
		return this.#threads.filter((thread) => thread.space === space);
	}

	/** False when it is too late. */
	async takeBack(id: string): Promise<boolean> {
		return (await this.#client.held.withdraw(id)) !== null;
	}

	drop(id: string): Promise<void> {
		return this.#client.held.drop(id);
	}

	sendNow(id: string): Promise<void> {
		return this.#client.held.sendNow(id);
	}

	became(id: string): Hash | null {
		return this.#client.held.became(id);
	}
}

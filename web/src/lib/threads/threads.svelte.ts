import type { Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { withoutOverrides } from '@multaqa/shared/text/direction';
import { POST_LIMIT, TITLE_LIMIT } from '@multaqa/shared/threads/events';
import { branchesOf, type Branch } from '@multaqa/shared/threads/branches';
import { postsOf } from '@multaqa/shared/threads/posts';
import { threadsOf, type Thread } from '@multaqa/shared/threads/threads';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';

export type Order = 'time' | 'branch';

/** The discussions of one space: its index, and one thread at a time. */
export class Threads {
	readonly #client: Client;
	readonly #space: SpaceId;
	readonly #indexStream: StreamId;
	readonly #index: Watched<readonly StreamEvent[]>;
	readonly #list = $derived.by(() => threadsOf(this.#index.current));

	constructor(client: Client, space: SpaceView) {
		this.#client = client;
		this.#space = space.id;
		this.#index = new Watched(client, `space:${space.id}`, () => client.events(space.id, space.index));
		this.#indexStream = space.index;
	}

	/** The newest first. */
	get list(): readonly Thread[] {
		return this.#list;
	}

	find(stream: string): Thread | null {
		return this.list.find((thread) => thread.stream === stream) ?? null;
	}

	/** Opens a thread with its first post; answers the thread's stream. */
	async open(title: string, text: string): Promise<StreamId> {
		const named = checked(title, TITLE_LIMIT);
		const written = checked(text, POST_LIMIT);
		const stream = this.#client.newStream();
		await this.#client.append(this.#space, this.#indexStream, 'thread.open', { stream, title: named });
		await this.#client.append(this.#space, stream, 'post.add', { text: written, reply: null });
		return stream;
	}

	posts(stream: StreamId): Posts {
		return new Posts(this.#client, this.#space, stream);
	}

	refresh(): Promise<void> {
		return this.#client.refresh(this.#space);
	}
}

/** Made in the layout of a space. */
export const [useThreads, provideThreads] = createContext<Threads>();

/** The posts of one thread. */
export class Posts {
	readonly #client: Client;
	readonly #space: SpaceId;
	readonly #stream: StreamId;
	readonly #events: Watched<readonly StreamEvent[]>;
	#order = $state<Order>('time');
	readonly #items = $derived.by(() => postsOf(this.#events.current));
	readonly #shown = $derived.by((): readonly Branch[] =>
		this.#order === 'branch' ? branchesOf(this.#items) : this.#items.map((item) => ({ item, depth: 0 })),
	);

	constructor(client: Client, space: SpaceId, stream: StreamId) {
		this.#client = client;
		this.#space = space;
		this.#stream = stream;
		this.#events = new Watched(client, `space:${space}`, () => client.events(space, stream));
	}

	get order(): Order {
		return this.#order;
	}

	set order(order: Order) {
		this.#order = order;
	}

	/** In the chosen order, each with its depth. */
	get shown(): readonly Branch[] {
		return this.#shown;
	}

	/** @throws Problem `text-empty`, `text-too-long`, and what the engine refuses */
	async reply(text: string, reply: Hash | null): Promise<Hash> {
		return await this.#client.append(this.#space, this.#stream, 'post.add', { text: checked(text, POST_LIMIT), reply });
	}
}

/** What is sent: without characters that turn the reading direction, and within its limit. */
function checked(text: string, limit: number): string {
	const clean = withoutOverrides(text).trim();
	if (clean === '') throw new Problem('text-empty');
	if (clean.length > limit) throw new Problem('text-too-long', { limit, actual: clean.length });
	return clean;
}

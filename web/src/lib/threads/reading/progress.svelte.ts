import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import type { Post } from '@multaqa/shared/threads/posts';
import { unreadAfter, type Unread } from '@multaqa/shared/threads/unread';
import { SvelteSet } from 'svelte/reactivity';
import { Watched } from '../../client/watched.svelte.ts';
import type { Posts } from '../../posts/posts.svelte.ts';
import { Attention } from './attention.ts';
import { readUpTo, type Look } from './read-up-to.ts';

/** Marks are kept in one go when several posts are read one after another. */
const PAUSE = 700;

type ReadingClient = Pick<Client, 'reading' | 'watch' | 'status' | 'backlog'>;

/** How far this person has read a thread, while it is open: what was before their eyes counts, and nothing else. */
export class ReadingProgress {
	readonly #client: ReadingClient;
	readonly #space: SpaceId;
	readonly #posts: Posts;
	readonly #kept: Watched<number>;
	readonly #seen = new SvelteSet<string>();
	readonly #passed = new Set<string>();
	readonly #attention = new Attention((id, look) => (look === 'read' ? this.#read(id) : this.#passed.add(id)));
	#reached = $state(0);
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #mark = $derived.by(() => Math.max(this.#reached, this.#kept.current));
	readonly #unread = $derived.by((): Unread =>
		this.#self ? unreadAfter(this.#posts.events, this.#mark, this.#self) : { count: 0, first: null },
	);
	/** What others posted since the thread was opened here, and has not been looked at. */
	readonly #arrived = $derived.by(() =>
		this.#posts.discussion.items.filter(
			(item): item is Post =>
				item.kind === 'post' &&
				item.position > this.#opened &&
				item.position > this.#mark &&
				item.author !== this.#self &&
				item.deleted === null &&
				!this.#seen.has(item.id),
		),
	);
	readonly #opened: number;

	constructor(client: ReadingClient, space: SpaceId, posts: Posts) {
		this.#client = client;
		this.#space = space;
		this.#posts = posts;
		this.#kept = new Watched(client as Client, 'reading', () =>
			client.status.phase === 'open' ? client.reading.markOf(space, posts.stream) : 0,
		);
		const here = posts.events.findLast(({ position }) => position !== Infinity)?.position ?? 0;
		// What was told of and is fetched now, after an absence, is what somebody came to read: not news on top of it.
		this.#opened = Math.max(here, client.backlog.missing(space, posts.stream).last);
	}

	/** Posts by others that have not been read. */
	get unread(): Unread {
		return this.#unread;
	}

	/** Posts by others that came while the thread is open and were not on the screen yet, in the server's order. */
	get arrived(): readonly Post[] {
		return this.#arrived;
	}

	/** Watches a post that is drawn, if it has not been read. */
	watch(element: Element, id: string): (() => void) | undefined {
		const post = this.#posts.find(id);
		const isNews = post !== null && post.position > this.#mark && post.author !== this.#self && !this.#seen.has(id);
		return isNews ? this.#attention.watch(element, id) : undefined;
	}

	/** The person says that they have read everything here. */
	async all(): Promise<void> {
		this.#reached = readUpTo(this.#posts.events, this.#mark, this.#self, () => 'read');
		await this.#keep();
	}

	/** Keeps what has been read, now: for a page that is left. */
	leave(): void {
		if (this.#timer !== undefined) void this.#keep();
	}

	stop(): void {
		this.leave();
		this.#attention.stop();
	}

	#look = (id: string): Look => {
		if (this.#seen.has(id) || !this.#posts.find(id)) return 'read';
		return this.#passed.has(id) ? 'passed' : 'none';
	};

	#read(id: string): void {
		this.#seen.add(id);
		this.#reached = readUpTo(this.#posts.events, this.#mark, this.#self, this.#look);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#keep(), PAUSE);
	}

	async #keep(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		try {
			await this.#client.reading.read(this.#space, this.#posts.stream, this.#reached);
		} catch {
			// Locked in this moment, or no room: kept the next time something is read.
		}
	}

	get #self(): AccountId | null {
		return this.#client.status.account;
	}
}

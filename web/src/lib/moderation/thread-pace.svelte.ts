import type { Client, HeldView } from '@multaqa/shared/client/types';
import { measuresOfThread } from '@multaqa/shared/moderation/moderation';
import { Watched } from '../client/watched.svelte.ts';
import { Now } from '../i18n/now.svelte.ts';
import type { Posts } from '../posts/posts.svelte.ts';
import type { Desk } from './desk.svelte.ts';
import { freeAt, paceIn } from './pace.ts';

/** How fast this person may post in a thread, and whether it is shown at once. Facilitators are neither slowed nor approved. */
export class ThreadPace {
	readonly #desk: Desk;
	readonly #posts: Posts;
	readonly #held: Watched<readonly HeldView[]>;
	readonly #second = new Now(1);
	readonly #pace = $derived.by(() => (this.#desk.leads ? 0 : paceIn(this.#desk.moderation.measures, this.#posts.stream)));
	readonly #free = $derived.by(() => this.#freeAt());

	constructor(client: Client, desk: Desk, posts: Posts) {
		this.#desk = desk;
		this.#posts = posts;
		this.#held = new Watched(client, 'held', () => client.held.list);
	}

	/** Seconds between two posts; 0 where nobody waits. */
	get pace(): number {
		return this.#pace;
	}

	/** When this person may post again, in seconds since 1970. */
	get free(): number {
		return this.#free;
	}

	/** Not yet. */
	get isEarly(): boolean {
		return this.pace > 0 && this.free > this.#second.seconds;
	}

	/** What is posted waits to be let in. */
	get approval(): boolean {
		return !this.#desk.leads && measuresOfThread(this.#desk.moderation, this.#posts.stream, 'approval') !== null;
	}

	#freeAt(): number {
		if (this.pace === 0) return 0;
		const { discussion, stream } = this.#posts;
		return freeAt(this.pace, discussion.items, this.#held.current, stream, this.#desk.self);
	}
}

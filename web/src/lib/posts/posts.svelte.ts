import type { Attachment } from '@multaqa/shared/attachments/manifest';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, StreamEvent, Voice } from '@multaqa/shared/client/types';
import { branchesOf, type Branch } from '@multaqa/shared/threads/branches';
import { MILESTONE_LIMIT, POST_LIMIT, type ContentOf, type Reaction, type ThreadEventType } from '@multaqa/shared/threads/events';
import { discussionOf, withWaiting, type Discussion, type Post } from '@multaqa/shared/threads/posts';
import { Watched } from '../client/watched.svelte.ts';
import { checked, checkedPost } from './checked.ts';

export type Order = 'time' | 'branch';

/** The posts of one thread, and what can be said about them. */
export class Posts {
	readonly #client: Client;
	readonly space: SpaceId;
	readonly stream: StreamId;
	readonly #sees: (post: Post) => boolean;
	readonly #watched: Watched<readonly StreamEvent[]>;
	#order = $state<Order>('time');
	/** Keeps its identity while something else of the space changes. */
	readonly #events = $derived.by(() => this.#watched.current);
	readonly #discussion = $derived.by(() => discussionOf(this.#events));
	readonly #shown = $derived.by((): readonly Branch[] => {
		const items = withWaiting(this.#discussion, this.#sees);
		return this.#order === 'branch' ? branchesOf(items) : items.map((item) => ({ item, depth: 0 }));
	});
	readonly #byId = $derived.by(() => new Map(this.#discussion.items.map((item) => [item.id as string, item])));

	/** @param sees whether this reader is shown a post that waits to be let in: its author, and who may let it in */
	constructor(client: Client, space: SpaceId, stream: StreamId, sees: (post: Post) => boolean = () => false) {
		this.#client = client;
		this.space = space;
		this.stream = stream;
		this.#sees = sees;
		this.#watched = new Watched(client, `space:${space}`, () => client.events(space, stream));
	}

	get order(): Order {
		return this.#order;
	}

	set order(order: Order) {
		this.#order = order;
	}

	get events(): readonly StreamEvent[] {
		return this.#events;
	}

	get discussion(): Discussion {
		return this.#discussion;
	}

	/** In the chosen order, each with its depth. */
	get shown(): readonly Branch[] {
		return this.#shown;
	}

	/** A post by its id; `null` when none of this thread has it. */
	find(id: string | null): Post | null {
		const item = id === null ? undefined : this.#byId.get(id);
		return item?.kind === 'post' ? item : null;
	}

	/**
	 * Can be taken back for some seconds: answers what holds it.
	 * @throws Problem `text-empty`, `text-too-long`, and what the engine refuses, as all that follow
	 */
	async reply(text: string, reply: Hash | null, attachments: readonly Attachment[] = [], voice: Voice = 'person'): Promise<string> {
		const written = checkedPost(text, POST_LIMIT, attachments.length);
		const content = { text: written, reply, ...hanging(attachments) };
		return await this.#client.held.hold(this.space, [{ stream: this.stream, type: 'post.add', content, voice }]);
	}

	async edit(post: Hash, text: string): Promise<void> {
		await this.#say('post.edit', { post, text: checked(text, POST_LIMIT) });
	}

	/** Takes a post back; what hung on it stays neither here nor on the server. */
	async remove(post: Hash): Promise<void> {
		const { aside } = this.#discussion;
		const hung = (this.find(post) ?? aside.find(({ id }) => id === post))?.attachments ?? [];
		await this.#say('post.delete', { post });
		for (const attachment of hung) await this.#client.attachments.withdraw(this.space, attachment);
	}

	async react(post: Hash, emoji: Reaction, on: boolean): Promise<void> {
		await this.#say('post.react', { post, emoji, on });
	}

	/** Asks everybody to confirm that they have seen a post, or no longer. */
	async notice(post: Hash, on: boolean): Promise<void> {
		await this.#say('post.notice', { post, on });
	}

	async acknowledge(post: Hash): Promise<void> {
		await this.#say('post.acknowledge', { post });
	}

	async mark(post: Hash, label: string | null): Promise<void> {
		await this.#say('milestone.set', { post, label: label === null ? null : checked(label, MILESTONE_LIMIT) });
	}

	/** Sums up what was said until now. */
	async sumUp(text: string): Promise<void> {
		const until = this.#discussion.items.findLast((item): item is Post => item.kind === 'post' && !item.waiting);
		if (until) await this.#say('summary.set', { text: checked(text, POST_LIMIT), until: until.id });
	}

	async #say<Type extends ThreadEventType>(type: Type, content: ContentOf<Type>): Promise<Hash> {
		return await this.#client.append(this.space, this.stream, type, content as Cbor);
	}
}

/** What hangs on a post, as it is said; a post without says nothing of it. */
export const hanging = (attachments: readonly Attachment[]): { readonly [key: string]: Cbor } =>
	attachments.length === 0 ? {} : { attachments: attachments as unknown as Cbor };

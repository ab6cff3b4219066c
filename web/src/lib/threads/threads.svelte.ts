import type { Attachment } from '@multaqa/shared/attachments/manifest';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent, Voice } from '@multaqa/shared/client/types';
import { POST_LIMIT, REASON_LIMIT, TAG_LIMIT, TITLE_LIMIT, type ContentOf, type ThreadEventType } from '@multaqa/shared/threads/events';
import type { Post } from '@multaqa/shared/threads/posts';
import { threadsOf, type Thread } from '@multaqa/shared/threads/threads';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';
import { checked, checkedPost } from '../posts/checked.ts';
import { hanging, Posts } from '../posts/posts.svelte.ts';

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

	/** Opens a thread with its tags and first post, all of which can be taken back for some seconds; answers the thread's stream. */
	async open(
		title: string,
		text: string,
		tags: readonly string[] = [],
		attachments: readonly Attachment[] = [],
		voice: Voice = 'person',
	): Promise<StreamId> {
		const named = checked(title, TITLE_LIMIT);
		const written = checkedPost(text, POST_LIMIT, attachments.length);
		const given = tags.map((tag) => checked(tag, TAG_LIMIT));
		const stream = this.#client.newStream();
		const index = this.#indexStream;
		await this.#client.held.hold(this.#space, [
			{ stream: index, type: 'thread.open', content: { stream, title: named }, voice },
			...(given.length > 0 ? [{ stream: index, type: 'thread.tag', content: { stream, tags: given } }] : []),
			{ stream, type: 'post.add', content: { text: written, reply: null, ...hanging(attachments) }, voice },
		]);
		return stream;
	}

	/** @throws Problem `text-empty`, `text-too-long`, and what the engine refuses, as all that follow */
	async rename(stream: StreamId, title: string): Promise<void> {
		await this.#say('thread.rename', { stream, title: checked(title, TITLE_LIMIT) });
	}

	/** All tags of a thread, in place of those before. */
	async tag(stream: StreamId, tags: readonly string[]): Promise<void> {
		await this.#say('thread.tag', { stream, tags: tags.map((tag) => checked(tag, TAG_LIMIT)) });
	}

	async pin(stream: StreamId, on: boolean): Promise<void> {
		await this.#say('thread.pin', { stream, on });
	}

	/** Nobody but facilitators posts there from now on. */
	async shut(stream: StreamId, reason: string): Promise<void> {
		const given = reason.trim() === '' ? null : checked(reason, REASON_LIMIT);
		await this.#say('thread.close', { stream, on: true, reason: given });
	}

	async reopen(stream: StreamId): Promise<void> {
		await this.#say('thread.close', { stream, on: false, reason: null });
	}

	/** @param sees see {@link Posts} */
	posts(stream: StreamId, sees?: (post: Post) => boolean): Posts {
		return new Posts(this.#client, this.#space, stream, sees);
	}

	refresh(): Promise<void> {
		return this.#client.refresh(this.#space);
	}

	async #say<Type extends ThreadEventType>(type: Type, content: ContentOf<Type>): Promise<void> {
		await this.#client.append(this.#space, this.#indexStream, type, content as Cbor);
	}
}

/** Made in the layout of a space. */
export const [useThreads, provideThreads] = createContext<Threads>();

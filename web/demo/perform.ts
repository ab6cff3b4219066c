import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import type { DemoPost, DemoThread } from './conversations.ts';
import { attach } from './files.ts';
import type { PersonKey } from './people.ts';

export type Cast = ReadonlyMap<PersonKey, Client>;

/** A thread as it was played: its posts in their order. */
export interface Performed {
	readonly stream: StreamId;
	readonly posts: readonly Hash[];
}

/** Plays one thread: each says their part on a device of their own, after having read what came before. */
export async function perform(cast: Cast, space: SpaceId, thread: DemoThread): Promise<Performed> {
	const [first] = thread.posts;
	if (!first) throw new Error('a thread has a first post');
	const opener = clientOf(cast, first.by);
	const stream = opener.newStream();
	const index = opener.spaces.find(({ id }) => id === space)?.index;
	if (!index) throw new Error(`${first.by} is not in ${thread.space}`);
	const say = (by: PersonKey, where: StreamId, type: string, content: Cbor) => speak(clientOf(cast, by), space, where, type, content);
	await say(first.by, index, 'thread.open', { stream, title: thread.title });
	const written: Hash[] = [];
	for (const post of thread.posts) written.push(await write(cast, space, stream, post, written));
	for (const [place, post] of thread.posts.entries()) await comment(say, stream, post, written[place] as Hash);
	if (thread.tags) await say(first.by, index, 'thread.tag', { stream, tags: [...thread.tags] });
	if (thread.pinned) await say(thread.pinned, index, 'thread.pin', { stream, on: true });
	if (thread.summary) {
		const { by, text, until } = thread.summary;
		await say(by, stream, 'summary.set', { text, until: written[until] as Hash });
	}
	if (thread.closed) await say(thread.closed.by, index, 'thread.close', { stream, on: true, reason: thread.closed.reason });
	return { stream, posts: written };
}

async function write(cast: Cast, space: SpaceId, stream: StreamId, post: DemoPost, written: readonly Hash[]): Promise<Hash> {
	const client = clientOf(cast, post.by);
	const reply = post.answers === undefined ? null : (written[post.answers] as Hash);
	const attachments: Cbor[] = [];
	for (const file of post.files ?? []) attachments.push((await attach(client, space, file)) as unknown as Cbor);
	const content = { text: post.text, reply, ...(attachments.length > 0 ? { attachments } : {}) };
	return post.forOrganisation ? speakFor(client, space, stream, content) : speak(client, space, stream, 'post.add', content);
}

type Say = (by: PersonKey, where: StreamId, type: string, content: Cbor) => Promise<Hash>;

/** What is said about a post once it stands. */
async function comment(say: Say, stream: StreamId, post: DemoPost, id: Hash): Promise<void> {
	if (post.edited) await say(post.by, stream, 'post.edit', { post: id, text: post.edited });
	if (post.deleted) await say(post.by, stream, 'post.delete', { post: id });
	for (const [emoji, everybody] of Object.entries(post.reactions ?? {})) {
		for (const by of everybody) await say(by, stream, 'post.react', { post: id, emoji, on: true });
	}
	if (post.milestone) await say(post.milestone.by, stream, 'milestone.set', { post: id, label: post.milestone.label });
	if (post.notice) {
		await say(post.notice.by, stream, 'post.notice', { post: id, on: true });
		for (const by of post.notice.seen) await say(by, stream, 'post.acknowledge', { post: id });
	}
}

async function speak(client: Client, space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash> {
	await client.refresh(space);
	const id = await client.append(space, stream, type, content);
	while (client.status.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	return id;
}

/** In the voice of the speaker's organisation. */
async function speakFor(client: Client, space: SpaceId, stream: StreamId, content: Cbor): Promise<Hash> {
	await client.refresh(space);
	const held = await client.held.hold(space, [{ stream, type: 'post.add', content, voice: 'organisation' }]);
	await client.held.sendNow(held);
	while (client.status.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	const id = client.held.became(held);
	if (!id) throw new Error('it could not be said for the organisation');
	return id;
}

/** The device of one of them. */
export function clientOf(cast: Cast, person: PersonKey): Client {
	const client = cast.get(person);
	if (!client) throw new Error(`${person} has not come`);
	return client;
}

import type { Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { HeldView } from '@multaqa/shared/client/types';
import type { ContentOf } from '@multaqa/shared/threads/events';

interface Held extends Pick<HeldView, 'id' | 'space' | 'due' | 'problem'> {
	readonly stream: StreamId;
	readonly content: ContentOf<'post.add'>;
}

/** A post that was sent a moment ago, into a thread that is there. */
export type HeldPost = Held;

/** A thread that was opened a moment ago, with its first post. */
export interface HeldThread extends Held {
	readonly title: string;
	readonly tags: readonly string[];
}

const said = <Content>({ said: all }: HeldView, type: string): Content | null =>
	(all.find((one) => one.type === type)?.content as Content | undefined) ?? null;

/** The post that is held; `null` when that is a whole thread. */
export function heldPost(held: HeldView): HeldPost | null {
	const content = said<ContentOf<'post.add'>>(held, 'post.add');
	const { id, space, due, problem } = held;
	const stream = held.said.at(-1)?.stream;
	if (!content || !stream || said(held, 'thread.open')) return null;
	return { id, space, due, problem, stream, content };
}

/** The thread that is held; `null` when that is a post in one. */
export function heldThread(held: HeldView): HeldThread | null {
	const opening = said<ContentOf<'thread.open'>>(held, 'thread.open');
	const content = said<ContentOf<'post.add'>>(held, 'post.add');
	if (!opening || !content) return null;
	const { id, space, due, problem } = held;
	const tags = said<ContentOf<'thread.tag'>>(held, 'thread.tag')?.tags ?? [];
	return { id, space, due, problem, content, stream: opening.stream, title: opening.title, tags };
}

/** It waits for nobody but its author: it was taken back, or refused for good. */
export const isBack = ({ problem }: Pick<HeldView, 'problem'>): boolean =>
	problem !== null && problem !== 'dirty' && problem !== 'wrong-key';

/** The post that it answers, as a draft names it. */
export const replyOf = ({ content }: Held): Hash | '' => content.reply ?? '';

/** Where it is written. */
export const addressOfHeld = ({ space, stream }: { readonly space: SpaceId; readonly stream: StreamId }): string =>
	`/s/${space}/t/${stream}`;

import * as v from 'valibot';
import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { threadEvents } from './events.ts';

export interface Thread {
	readonly id: Hash;
	readonly stream: StreamId;
	readonly title: string;
	readonly author: AccountId;
	readonly time: number;
	readonly waiting: boolean;
}

export interface Post {
	readonly kind: 'post';
	readonly id: Hash;
	readonly author: AccountId;
	readonly device: string;
	readonly time: number;
	readonly text: string;
	readonly reply: Hash | null;
	readonly waiting: boolean;
}

/** Stands where a post failed its checks. */
export interface Unverified {
	readonly kind: 'unverified';
	readonly id: string;
}

export type ThreadItem = Post | Unverified;

/** A post with the branch that answers it, for the view "by branch". */
export interface Branch {
	readonly item: ThreadItem;
	readonly depth: number;
}

/** Threads of an index stream, the newest first. A second opening of one stream is ignored. */
export function threadsOf(index: readonly StreamEvent[]): readonly Thread[] {
	const threads = new Map<StreamId, Thread>();
	for (const event of index) {
		if (!event.verified || event.type !== 'thread.open') continue;
		const content = v.safeParse(threadEvents['thread.open'], event.content);
		if (!content.success || threads.has(content.output.stream)) continue;
		const { id, author, time, waiting } = event;
		threads.set(content.output.stream, { id, author, time, waiting, ...content.output });
	}
	return [...threads.values()].reverse();
}

/** Posts of a thread's stream in the server's order, what failed in its place. */
export function postsOf(stream: readonly StreamEvent[]): readonly ThreadItem[] {
	return stream.flatMap<ThreadItem>((event) => (event.verified ? postOf(event) : { kind: 'unverified', id: event.id }));
}

function postOf(event: VerifiedEvent): readonly Post[] {
	if (event.type !== 'post.add') return [];
	const content = v.safeParse(threadEvents['post.add'], event.content);
	if (!content.success) return [];
	const { id, author, device, time, waiting } = event;
	return [{ kind: 'post', id, author, device, time, waiting, ...content.output }];
}

/** The same posts with each answer below what it answers, and how deep it stands. */
export function branchesOf(items: readonly ThreadItem[]): readonly Branch[] {
	const answers = new Map<string | null, ThreadItem[]>();
	const known = new Set(items.map((item) => item.id));
	for (const item of items) {
		const parent = item.kind === 'post' && item.reply !== null && known.has(item.reply) ? item.reply : null;
		const siblings = answers.get(parent);
		if (siblings) siblings.push(item);
		else answers.set(parent, [item]);
	}
	const ordered: Branch[] = [];
	const open = (answers.get(null) ?? []).map((item) => ({ item, depth: 0 })).reverse();
	for (let next = open.pop(); next; next = open.pop()) {
		ordered.push(next);
		const below = answers.get(next.item.id) ?? [];
		for (const item of below.toReversed()) open.push({ item, depth: next.depth + 1 });
	}
	return ordered;
}

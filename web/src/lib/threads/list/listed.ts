import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { StreamEvent } from '@multaqa/shared/client/types';
import type { Level } from '@multaqa/shared/notebook/content';
import type { Activity } from '@multaqa/shared/threads/activity';
import type { Unread } from '../../ui/unread.ts';
import type { Thread } from '@multaqa/shared/threads/threads';

/** A thread as a list shows it to one person. */
export interface Listed {
	readonly thread: Thread;
	readonly activity: Activity;
	readonly level: Level;
	/** What the list counts: nothing of a thread that was muted. */
	readonly unread: Unread;
	/** Up to where something happened in it, here or not yet. */
	readonly end: number;
	/** Opened or written in by this person. */
	readonly mine: boolean;
}

export type Show = 'all' | 'unread' | 'followed' | 'mine';
export const SHOWS: readonly Show[] = ['all', 'unread', 'followed', 'mine'];

/** What a list is narrowed to; `tag` is `null` for any. */
export interface Narrowing {
	readonly show: Show;
	readonly tag: string | null;
}

export const EVERYTHING: Narrowing = { show: 'all', tag: null };

/** Where the last thing happened in it, by the server's order. */
const placeOf = ({ thread, activity, unread, end }: Listed): number =>
	Math.max(thread.position, unread.coming > 0 ? end : activity.position);

/** The thread in which something happened last comes first. */
export function newestFirst(threads: readonly Listed[]): readonly Listed[] {
	return threads.toSorted((a, b) => {
		const [first, second] = [placeOf(a), placeOf(b)];
		return first === second ? 0 : second - first;
	});
}

/** Pinned threads first, then the one in which something happened last. Of those that wait, the newest as given. */
export function inOrder(threads: readonly Listed[]): readonly Listed[] {
	return newestFirst(threads).toSorted((a, b) => Number(b.thread.pinned) - Number(a.thread.pinned));
}

const shows: Record<Show, (listed: Listed) => boolean> = {
	all: () => true,
	unread: ({ unread }) => unread.count > 0,
	followed: ({ level }) => level === 'follow',
	mine: ({ mine }) => mine,
};

/** Those that are wanted; the one that is open stays, whatever reading it has changed. */
export function narrowed(threads: readonly Listed[], { show, tag }: Narrowing, open: string | undefined): readonly Listed[] {
	if (show === 'all' && tag === null) return threads;
	return threads.filter(
		(listed) => listed.thread.stream === open || (shows[show](listed) && (tag === null || listed.thread.tags.includes(tag))),
	);
}

/** Every tag in use, the most used first. */
export function tagsOf(threads: readonly Listed[]): readonly string[] {
	const uses = new Map<string, number>();
	for (const { thread } of threads) for (const tag of thread.tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
	return [...uses.keys()].toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0));
}

/** Whether somebody wrote in a stream. */
export const wroteIn = (events: readonly StreamEvent[], self: AccountId): boolean =>
	events.some((event) => event.verified && event.type === 'post.add' && event.author === self);

import type { AccountId } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { standingPosts } from './standing.ts';
import { unreadAfter, type Unread } from './unread.ts';

/** What the list of a space tells of one of its threads. */
export interface Activity {
	/** The last post that can be read; `null` when there is none. */
	readonly last: { readonly author: AccountId; readonly time: number; readonly waiting: boolean } | null;
	/** Where the last post stands in the space, `Infinity` while it waits; 0 when there is none. Orders threads: clocks of authors do not. */
	readonly position: number;
	/** Up to here the server has everything that is known of this thread. */
	readonly end: number;
	readonly unread: Unread;
	/** Own posts that the server does not have yet. */
	readonly waiting: number;
}

/** Looks at the end of a thread only, as far back as the first unread post. `mark`: how far this person has read. */
export function activityOf(stream: readonly StreamEvent[], mark: number, self: AccountId): Activity {
	const { value: last } = standingPosts(stream).next();
	return {
		last: last ? { author: last.author, time: last.time, waiting: last.waiting } : null,
		position: last?.position ?? 0,
		end: stream.findLast(({ position }) => position !== Infinity)?.position ?? 0,
		unread: unreadAfter(stream, mark, self),
		waiting: waitingIn(stream),
	};
}

function waitingIn(stream: readonly StreamEvent[]): number {
	let count = 0;
	for (const { waiting } of standingPosts(stream)) {
		if (!waiting) break;
		count++;
	}
	return count;
}

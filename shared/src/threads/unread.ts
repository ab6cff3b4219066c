import type { AccountId, Hash } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { standingPosts } from './standing.ts';

export interface Unread {
	readonly count: number;
	/** The first of them, to jump to; `null` when there is none. */
	readonly first: Hash | null;
}

const NONE: Unread = { count: 0, first: null };

/**
 * Posts by others after `mark`, which is a position of the space. What cannot be seen counts for nothing: what failed
 * its checks, what is no post after all, what was taken back or kept out.
 */
export function unreadAfter(stream: readonly StreamEvent[], mark: number, self: AccountId): Unread {
	let count = 0;
	let first: Hash | null = null;
	for (const { position, author, id } of standingPosts(stream)) {
		if (position <= mark) break;
		if (author === self) continue;
		count++;
		first = id;
	}
	return count === 0 ? NONE : { count, first };
}

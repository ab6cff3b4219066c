import type { AccountId, Hash } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';

export interface Unread {
	readonly count: number;
	/** The first of them, to jump to; `null` when there is none. */
	readonly first: Hash | null;
}

const NONE: Unread = { count: 0, first: null };

/** Posts by others after `mark`, which is a position of the space. What failed its checks counts for nothing. */
export function unreadAfter(stream: readonly StreamEvent[], mark: number, self: AccountId): Unread {
	let count = 0;
	let first: Hash | null = null;
	for (let place = stream.length - 1; place >= 0; place--) {
		const event = stream[place];
		if (!event || event.position <= mark) break;
		if (!event.verified || event.type !== 'post.add' || event.author === self) continue;
		count++;
		first = event.id;
	}
	return count === 0 ? NONE : { count, first };
}

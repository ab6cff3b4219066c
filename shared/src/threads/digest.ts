import type { AccountId, Hash } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { standingPosts } from './standing.ts';

/** What others wrote in a thread during a time. */
export interface Written {
	readonly posts: number;
	readonly people: number;
	/** From here on. */
	readonly first: Hash;
}

/** Posts by others from `from` until just before `to`, in seconds since 1970, as their authors' clocks have it; `null` when there are none. */
export function writtenBetween(
	stream: readonly StreamEvent[],
	{ from, to }: { readonly from: number; readonly to: number },
	self: AccountId,
): Written | null {
	const people = new Set<AccountId>();
	let posts = 0;
	let first: Hash | null = null;
	for (const { author, id } of standingPosts(stream, ({ author, time }) => author !== self && time >= from && time < to)) {
		people.add(author);
		posts++;
		first = id;
	}
	return first === null ? null : { posts, people: people.size, first };
}

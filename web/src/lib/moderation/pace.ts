import type { AccountId, StreamId } from '@multaqa/shared/bytes/ids';
import type { HeldView, Measure } from '@multaqa/shared/client/types';
import type { ThreadItem } from '@multaqa/shared/threads/posts';

/** How long each waits between two posts in a thread now, in seconds; 0 where it is not slowed. */
export const paceIn = (measures: ReadonlyMap<string, Measure>, stream: StreamId): number =>
	Math.max(
		0,
		...[...measures.values()].map((of) => (of.kind === 'slow' && of.stream === stream && of.lifted === null ? (of.seconds ?? 0) : 0)),
	);

/** When somebody may post next, in seconds since 1970: what is about to be sent counts as sent when it goes. */
export function freeAt(
	pace: number,
	items: readonly ThreadItem[],
	held: readonly HeldView[],
	stream: StreamId,
	self: AccountId | null,
): number {
	if (pace === 0) return 0;
	const own = items.flatMap((item) => (item.kind === 'post' && item.author === self ? [item.time] : []));
	const going = held.flatMap(({ said, problem, due }) =>
		problem === null && said.some((each) => each.stream === stream && each.type === 'post.add') ? [Math.ceil(due / 1000)] : [],
	);
	return Math.max(-pace, ...own, ...going) + pace;
}

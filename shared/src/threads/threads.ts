import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { EDIT_WINDOW, type ContentOf } from './events.ts';
import { isFacilitator } from './posts.ts';
import { saidIn } from './read.ts';

/** Nobody but facilitators writes in a thread after this. */
export interface Closing {
	readonly by: AccountId;
	readonly time: number;
	readonly position: number;
	readonly reason: string | null;
}

/** While a thread was closed: what members posted at a place of the space after `from`, up to `until`, was never said. */
export interface ClosedTime {
	readonly from: number;
	/** Where it was opened again; `Infinity` while it is closed. */
	readonly until: number;
}

export interface Thread {
	readonly id: Hash;
	readonly stream: StreamId;
	readonly title: string;
	readonly author: AccountId;
	readonly time: number;
	readonly waiting: boolean;
	/** Where its opening stands in the space; `Infinity` while it waits. */
	readonly position: number;
	/** Each once, in the order given. */
	readonly tags: readonly string[];
	readonly pinned: boolean;
	readonly closed: Closing | null;
	/** Each time it was closed, in order. */
	readonly closedTimes: readonly ClosedTime[];
}

/**
 * Threads of an index stream, those pinned first, then the newest. A second opening of one stream is ignored, and so is
 * what somebody had no right to say about a thread.
 */
export function threadsOf(index: readonly StreamEvent[]): readonly Thread[] {
	const threads = new Map<StreamId, Thread>();
	for (const event of index) {
		if (!event.verified) continue;
		const said = saidIn(event);
		if (!said || !('stream' in said.content)) continue;
		const { stream } = said.content;
		const before = threads.get(stream);
		if (said.type === 'thread.open') {
			if (!before) threads.set(stream, opened(event, said.content));
		} else if (before) {
			threads.set(stream, { ...before, ...changeOf(before, event, said) });
		}
	}
	const newest = [...threads.values()].reverse();
	return [...newest.filter(({ pinned }) => pinned), ...newest.filter(({ pinned }) => !pinned)];
}

function opened({ id, author, time, waiting, position }: VerifiedEvent, { stream, title }: { stream: StreamId; title: string }): Thread {
	return { id, stream, title, author, time, waiting, position, tags: [], pinned: false, closed: null, closedTimes: [] };
}

function changeOf(thread: Thread, event: VerifiedEvent, said: NonNullable<ReturnType<typeof saidIn>>): Partial<Thread> {
	const leads = isFacilitator(event.role);
	const isOwn = event.author === thread.author;
	switch (said.type) {
		case 'thread.rename':
			return leads || (isOwn && event.time <= thread.time + EDIT_WINDOW) ? { title: said.content.title } : {};
		case 'thread.tag':
			return leads || isOwn ? { tags: [...new Set(said.content.tags.map((tag) => tag.trim()))] } : {};
		case 'thread.pin':
			return leads ? { pinned: said.content.on } : {};
		case 'thread.close':
			return leads ? closingOf(thread, event, said.content) : {};
		default:
			return {};
	}
}

function closingOf(thread: Thread, event: VerifiedEvent, { on, reason }: ContentOf<'thread.close'>): Partial<Thread> {
	const times = thread.closedTimes;
	if (!on) return { closed: null, closedTimes: times.map((time) => (time.until === Infinity ? { ...time, until: event.position } : time)) };
	return { closed: closing(event, reason), closedTimes: thread.closed ? times : [...times, { from: event.position, until: Infinity }] };
}

const closing = ({ author, time, position }: VerifiedEvent, reason: string | null): Closing => ({ by: author, time, position, reason });

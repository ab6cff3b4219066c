import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { EDIT_WINDOW } from './events.ts';
import { isFacilitator } from './posts.ts';
import { saidIn } from './read.ts';

/** Nobody but facilitators writes in a thread after this. */
export interface Closing {
	readonly by: AccountId;
	readonly time: number;
	readonly position: number;
	readonly reason: string | null;
}

export interface Thread {
	readonly id: Hash;
	readonly stream: StreamId;
	readonly title: string;
	readonly author: AccountId;
	readonly time: number;
	readonly waiting: boolean;
	/** Each once, in the order given. */
	readonly tags: readonly string[];
	readonly pinned: boolean;
	readonly closed: Closing | null;
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

function opened({ id, author, time, waiting }: VerifiedEvent, { stream, title }: { stream: StreamId; title: string }): Thread {
	return { id, stream, title, author, time, waiting, tags: [], pinned: false, closed: null };
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
			return leads ? { closed: said.content.on ? closing(event, said.content.reason) : null } : {};
		default:
			return {};
	}
}

const closing = ({ author, time, position }: VerifiedEvent, reason: string | null): Closing => ({ by: author, time, position, reason });

import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import type { QueueView, VerifiedEvent } from '../client/types.ts';
import { saidIn } from './read.ts';

/** What waits to be sent in one thread, as people count it. */
export interface Queued {
	readonly space: SpaceId;
	readonly stream: StreamId;
	/** Posts. A thread that is opened is none besides its first post. */
	readonly posts: number;
	/** Posts that were changed or taken back, and what was said about the thread. */
	readonly changes: number;
	/** Reactions and confirmations. */
	readonly reactions: number;
	/** The first post that waits. */
	readonly first: Hash | null;
	/** How it begins. */
	readonly text: string | null;
}

type Kind = 'posts' | 'changes' | 'reactions';

const ofOthers: Readonly<Record<string, Kind>> = { 'post.react': 'reactions', 'post.acknowledge': 'reactions', 'post.add': 'posts' };

/** By thread, in the order in which it waits. What programs say among themselves is not counted. */
export function queuedIn(waiting: QueueView['waiting']): readonly Queued[] {
	const queued = new Map<string, Queued>();
	for (const { space, event } of waiting) {
		const said = saidIn(event);
		if (!said) continue;
		const stream = 'stream' in said.content ? said.content.stream : event.stream;
		const before = queued.get(`${space}/${stream}`) ?? { space, stream, posts: 0, changes: 0, reactions: 0, first: null, text: null };
		// Opening a thread is not one thing more than what it is opened with.
		if (said.type === 'thread.open') queued.set(`${space}/${stream}`, before);
		else queued.set(`${space}/${stream}`, added(before, event, ofOthers[said.type] ?? 'changes', textOf(said)));
	}
	return [...queued.values()];
}

const textOf = (said: NonNullable<ReturnType<typeof saidIn>>): string | null => (said.type === 'post.add' ? said.content.text : null);

function added(before: Queued, { id }: VerifiedEvent, kind: Kind, text: string | null): Queued {
	const after = { ...before, [kind]: before[kind] + 1 };
	return text !== null && before.first === null ? { ...after, first: id, text } : after;
}

/** All of it, as people count it. */
export function queuedCount(queued: readonly Queued[]): Readonly<Record<Kind, number>> {
	const sum = (kind: Kind) => queued.reduce((total, of) => total + of[kind], 0);
	return { posts: sum('posts'), changes: sum('changes'), reactions: sum('reactions') };
}

import type { AccountId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Missing } from '@multaqa/shared/client/pending';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import type { Level } from '@multaqa/shared/notebook/content';
import { activityOf } from '@multaqa/shared/threads/activity';
import { threadsOf, type Thread } from '@multaqa/shared/threads/threads';
import { createSubscriber } from 'svelte/reactivity';
import { NOTHING_UNREAD, together, type Unread } from '../../ui/unread.ts';
import { inOrder, wroteIn, type Listed } from './listed.ts';
import { Soon } from './soon.svelte.ts';

/** What a line of the list was made of: as long as this is the same, so is the line. */
interface Made {
	readonly thread: Thread;
	readonly events: readonly StreamEvent[];
	readonly mark: number;
	readonly level: Level;
	readonly missing: Missing;
	readonly listed: Listed;
}

/**
 * The threads of one space as this person's lists show them: in order, with what is unread. Of a thousand threads
 * only those in which something changed are looked at again.
 */
export class SpaceActivity {
	readonly id: SpaceId;
	readonly #client: Client;
	readonly #index: StreamId;
	readonly #subscribe: () => void;
	readonly #made = new Map<StreamId, Made>();
	/** Up to where everything was just declared read. */
	readonly #readSoon: Soon<number>;
	#opened: { readonly index: readonly StreamEvent[]; readonly threads: readonly Thread[] } = { index: [], threads: [] };
	#threads: readonly Listed[] = [];
	#readUpTo = 0;
	/** Up to where it can no longer be taken back, known here before the notebook says so. */
	#readBefore = 0;
	/** Nobody listens: what was read before may be old. */
	#stale = true;
	#watching = false;

	constructor(client: Client, { id, index }: Pick<SpaceView, 'id' | 'index'>) {
		this.id = id;
		this.#client = client;
		this.#index = index;
		this.#readSoon = new Soon((until) => void this.#readAll(until));
		this.#subscribe = createSubscriber((update) => {
			const changed = () => {
				this.#stale = true;
				update();
			};
			const stops = [client.watch(`space:${id}`, changed), client.watch('reading', changed)];
			this.#stale = this.#watching = true;
			return () => {
				this.#watching = false;
				for (const stop of stops) stop();
			};
		});
	}

	/** Pinned threads first, then the one in which something happened last; the same array until something changes. */
	get threads(): readonly Listed[] {
		this.#subscribe();
		const readUpTo = Math.max(this.#readSoon.subject ?? 0, this.#readBefore);
		if (this.#stale || !this.#watching || readUpTo !== this.#readUpTo) this.#look(readUpTo);
		return this.#threads;
	}

	/** Posts by others, not read yet, in threads that are not muted. */
	get unread(): Unread {
		return together(this.threads.map(({ unread }) => unread));
	}

	/** What was written in a thread. */
	events(stream: StreamId): readonly StreamEvent[] {
		return this.#client.events(this.id, stream);
	}

	/** Up to where a thread counts as read. */
	markOf(stream: StreamId): number {
		return Math.max(this.#client.reading.markOf(this.id, stream), this.#readUpTo);
	}

	setLevel(stream: StreamId, level: Level): Promise<void> {
		return this.#client.reading.setLevel(stream, level);
	}

	/** True while declaring everything read can be taken back. */
	get mayUndo(): boolean {
		return this.#readSoon.subject !== null;
	}

	/** Everything that is here now counts as read; what comes meanwhile does not. */
	readAll(): void {
		this.#readSoon.begin(Math.max(0, ...this.threads.map(({ end }) => end)));
	}

	undo(): void {
		this.#readSoon.undo();
	}

	/** For a page that is left: what could be taken back stands. */
	settle(): void {
		this.#readSoon.settle();
	}

	async #readAll(until: number): Promise<void> {
		this.#readBefore = until;
		try {
			await this.#client.reading.readAll(this.id, until);
		} catch {
			// Locked meanwhile, or nothing could be kept: it is not read, and says so again.
			this.#readBefore = 0;
		}
	}

	#look(readUpTo: number): void {
		const { account, phase } = this.#client.status;
		if (phase !== 'open' || account === null) return;
		const listed = inOrder(this.#openedThreads().map((thread) => this.#listed(thread, readUpTo, account)));
		this.#stale = false;
		this.#readUpTo = readUpTo;
		if (!isSame(listed, this.#threads)) this.#threads = listed;
	}

	#openedThreads(): readonly Thread[] {
		const index = this.events(this.#index);
		if (index === this.#opened.index) return this.#opened.threads;
		const threads = threadsOf(index).map((thread) => {
			const before = this.#made.get(thread.stream)?.thread;
			return before && isEqual(before, thread) ? before : thread;
		});
		this.#opened = { index, threads };
		return threads;
	}

	#listed(thread: Thread, readUpTo: number, self: AccountId): Listed {
		const { stream } = thread;
		const { reading } = this.#client;
		const events = this.events(stream);
		const mark = Math.max(reading.markOf(this.id, stream), readUpTo);
		const level = reading.levelOf(stream);
		const missing = this.#client.backlog.missing(this.id, stream, mark);
		const before = this.#made.get(stream);
		const isAsBefore = before?.events === events && before.thread === thread && before.mark === mark && before.level === level;
		if (isAsBefore && before.missing.count === missing.count && before.missing.last === missing.last) return before.listed;
		const activity = activityOf(events, mark, self);
		const unread = level === 'mute' ? NOTHING_UNREAD : { count: activity.unread.count + missing.count, coming: missing.count };
		const end = Math.max(activity.end, missing.last);
		const mine = thread.author === self || wroteIn(events, self);
		const listed: Listed = { thread, activity, level, unread, end, mine };
		this.#made.set(stream, { thread, events, mark, level, missing, listed });
		return listed;
	}
}

/** Reducers make every thread anew whenever somebody says something about one of them. */
const isEqual = (one: Thread, other: Thread): boolean => JSON.stringify(one) === JSON.stringify(other);

const isSame = (one: readonly Listed[], other: readonly Listed[]): boolean =>
	one.length === other.length && one.every((listed, place) => listed === other[place]);

import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { LEVELS, levelOf, markOf, withFloor, withLevel, withRead, type Level } from '../notebook/content.ts';
import { Problem } from '../problem.ts';
import type { ReadingActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';
import type { OwnNotebook } from './notebook.ts';
import type { Space } from './space.ts';
import type { StreamEvent } from './types.ts';

interface ReadingForum extends Pick<ForumCore, 'ports' | 'keys' | 'spaces'> {
	readonly notebook: OwnNotebook;
}

/** How far this person has read, and how loud threads are: for own eyes, the same on every own device. */
export class Reading implements ReadingActions {
	readonly #forum: ReadingForum;

	constructor(forum: ReadingForum) {
		this.#forum = forum;
	}

	markOf(space: SpaceId, stream: StreamId): number {
		return markOf(this.#forum.notebook.content, space, stream);
	}

	async read(space: SpaceId, stream: StreamId, position: number): Promise<void> {
		if (position <= this.markOf(space, stream)) return;
		const { notebook } = this.#forum;
		await notebook.change((content) => this.#settled(withRead(content, space, stream, position), space));
	}

	async readAll(space: SpaceId, until = Infinity): Promise<void> {
		const last = this.#forum.spaces.get(space)?.log.order.last ?? 0;
		await this.#forum.notebook.change((content) => withFloor(content, space, Math.min(last, until)));
	}

	levelOf(stream: StreamId): Level {
		return levelOf(this.#forum.notebook.content, stream);
	}

	async setLevel(stream: StreamId, level: Level): Promise<void> {
		if (!LEVELS.includes(level)) throw new Problem('malformed', { reason: 'level' });
		const time = this.#forum.ports.now();
		await this.#forum.notebook.change((content) => withLevel(content, stream, level, time));
	}

	/** Of a space that is new to this person, what was written before they came counts as read. */
	async begin(): Promise<void> {
		for (const space of this.#forum.spaces.values()) {
			if (!space.synchronised || space.id in this.#forum.notebook.content.read) continue;
			const floor = this.#lastBefore(space);
			await this.#forum.notebook.change((content) => withFloor(content, space.id, floor));
		}
	}

	#lastBefore({ roster, log }: Space): number {
		// When it was written is not known yet: it was there when this person first looked.
		if (log.pendingStreams.length > 0) return log.order.last;
		const came = roster?.terms.get(this.#forum.keys.account)?.find(({ role }) => role !== null)?.since ?? 0;
		const before = (events: readonly StreamEvent[]) => events.findLast((event) => event.verified && event.time <= came)?.position ?? 0;
		return Math.max(0, ...log.streams().map((stream) => before(log.events(stream))));
	}

	/** With the floor as high as it goes, so that the notebook stays short. */
	#settled(content: ReturnType<typeof withRead>, space: SpaceId): ReturnType<typeof withRead> {
		const { log, index } = this.#forum.spaces.get(space) ?? {};
		if (!log) return content;
		const firstUnread = (stream: StreamId) => {
			const mark = markOf(content, space, stream);
			return log.events(stream).find((event) => event.position > mark && this.#isOfOthers(event))?.position ?? Infinity;
		};
		const missing = log.pendingStreams.map((stream) => log.missing(stream, markOf(content, space, stream)).first);
		const first = Math.min(Infinity, ...missing, ...log.streams().flatMap((stream) => (stream === index ? [] : [firstUnread(stream)])));
		return withFloor(content, space, Math.min(first - 1, log.order.last));
	}

	#isOfOthers = (event: StreamEvent): boolean => !event.verified || event.author !== this.#forum.keys.account;
}

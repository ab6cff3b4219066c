import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { actIn, type Bilingual } from './events.ts';
import { inOrder } from './order.ts';
import { actorOf, leads } from './standing.ts';

/** A question on which organisations take stances; all else about it is in its own stream. */
export interface Issue {
	readonly id: Hash;
	readonly stream: StreamId;
	readonly title: Bilingual;
	readonly question: Bilingual | null;
	/** Who opened it, and may propose texts. */
	readonly opener: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	readonly waiting: boolean;
	/** Where its opening stands in the space; `Infinity` while it waits. */
	readonly position: number;
}

/** Issues of an index stream, the newest first. A second opening of one stream is ignored, and so is who changes another's title. */
export function issuesOf(index: readonly StreamEvent[]): readonly Issue[] {
	const issues = new Map<StreamId, Issue>();
	for (const event of inOrder(index)) {
		const act = event.verified ? actIn(event) : null;
		if (!event.verified || (act?.type !== 'issue.open' && act?.type !== 'issue.change')) continue;
		const { stream, title, question } = act.content;
		const before = issues.get(stream);
		if (act.type === 'issue.open' && !before) issues.set(stream, opened(event, act.content));
		else if (act.type === 'issue.change' && before && leads(actorOf(event), before.opener))
			issues.set(stream, { ...before, title, question });
	}
	return [...issues.values()].toReversed();
}

const opened = (
	{ id, author: opener, time, waiting, position }: VerifiedEvent,
	about: Pick<Issue, 'stream' | 'title' | 'question'>,
): Issue => ({
	id,
	opener,
	time,
	waiting,
	position,
	...about,
});

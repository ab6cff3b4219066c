import type { AccountId, StreamId } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import type { Bilingual } from '../documents/pair.ts';
import { actIn } from './events.ts';

/** A statement as the index of its space tells it. */
export interface StatementEntry {
	readonly stream: StreamId;
	readonly title: Bilingual;
	readonly by: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	readonly position: number;
}

/** Statements of an index stream, the newest first: of coordinators, each stream once. */
export function statementsOf(index: readonly StreamEvent[]): readonly StatementEntry[] {
	const statements = new Map<StreamId, StatementEntry>();
	for (const event of index) {
		const act = event.verified && event.type === 'statement.open' && event.role === 'coordinator' ? actIn(event) : null;
		if (act?.type !== 'statement.open' || !event.verified || statements.has(act.content.stream)) continue;
		const { author: by, time, position } = event;
		statements.set(act.content.stream, { ...act.content, by, time, position });
	}
	return [...statements.values()].reverse();
}

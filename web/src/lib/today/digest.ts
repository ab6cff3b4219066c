import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { SpaceView } from '@multaqa/shared/client/types';
import { writtenBetween, type Written } from '@multaqa/shared/threads/digest';
import type { Listed } from '../threads/list/listed.ts';
import { lastTime } from './hours.ts';
import type { InSpace } from '../threads/list/activities.svelte.ts';

const DAY = 86_400;
/** Whoever was away for longer reads the threads themselves. */
const LONGEST = 7 * DAY;

/** What a digest tells of, in seconds since 1970. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** The digest that is due: up to its hour, from the end of the one read before; `null` when that one was read. */
export function spanOf(hour: number, read: number, now: Date): Span | null {
	const to = lastTime(hour, now);
	if (read >= to) return null;
	return { from: read === 0 ? to - DAY : Math.max(read, to - LONGEST), to };
}

/** A thread in which others wrote. */
export interface Told {
	readonly space: SpaceView;
	readonly listed: Listed;
	readonly written: Written;
}

/** The threads in which others wrote during that time, the busiest first; nothing of those that were muted. */
export function digestOf(spaces: readonly InSpace[], span: Span, self: AccountId): readonly Told[] {
	const told = spaces.flatMap(({ space, threads, events }) =>
		threads.flatMap((listed): Told[] => {
			if (listed.level === 'mute') return [];
			const written = writtenBetween(events(listed.thread.stream), span, self);
			return written ? [{ space, listed, written }] : [];
		}),
	);
	return told.toSorted((a, b) => b.written.posts - a.written.posts);
}

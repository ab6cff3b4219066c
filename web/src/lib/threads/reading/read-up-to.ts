import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { StreamEvent } from '@multaqa/shared/client/types';

/** How a post was looked at: for a moment, in passing, or not at all. */
export type Look = 'read' | 'passed' | 'none';

/**
 * Up to which position a thread has been read: everything before the first post by others that has not been seen. What
 * was passed counts once something after it was read; a jump to the end leaves unread what was never on the screen.
 * @param mark up to where it was read before
 * @param look also of what cannot be seen, because it is not shown
 */
export function readUpTo(events: readonly StreamEvent[], mark: number, self: AccountId | null, look: (id: string) => Look): number {
	let reached = mark;
	let passing = false;
	for (const event of events) {
		if (event.position <= mark) continue;
		if (event.position === Infinity) break;
		const isNews = event.verified && event.type === 'post.add' && event.author !== self;
		const looked = isNews ? look(event.id) : null;
		if (looked === 'none') break;
		if (looked !== null) passing = looked === 'passed';
		if (!passing) reached = event.position;
	}
	return reached;
}

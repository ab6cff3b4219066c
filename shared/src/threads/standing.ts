import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { isLate } from './posts.ts';
import { saidIn } from './read.ts';
import type { ClosedTime } from './threads.ts';

const anything = (): boolean => true;

/**
 * Posts that can be read, the last one first; what was taken back is none of them, and what came while the thread was
 * closed. For lists, which look at the end of very many streams and at the whole of none.
 */
export function* standingPosts(
	stream: readonly StreamEvent[],
	closedTimes: readonly ClosedTime[] = [],
	isWanted: (event: VerifiedEvent) => boolean = anything,
): Generator<VerifiedEvent, void> {
	const takenBack = new Set<string>();
	for (let place = stream.length - 1; place >= 0; place--) {
		const event = stream[place];
		if (!event?.verified) continue;
		if (event.type === 'post.delete') {
			const said = saidIn(event);
			if (said?.type === 'post.delete') takenBack.add(said.content.post + event.author);
		} else if (event.type === 'post.add' && isWanted(event) && !takenBack.has(event.id + event.author)) {
			if (!isLate(event, closedTimes) && saidIn(event)) yield event;
		}
	}
}

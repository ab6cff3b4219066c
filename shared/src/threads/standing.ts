import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { saidIn } from './read.ts';

const anything = (): boolean => true;

/**
 * Posts that everybody can read, the last one first; what was taken back is none of them, nor what facilitators' decisions
 * keep out. For lists, which look at the end of very many streams and at the whole of none.
 */
export function* standingPosts(
	stream: readonly StreamEvent[],
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
			if (!event.moderated?.barred && saidIn(event)) yield event;
		}
	}
}

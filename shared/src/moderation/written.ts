import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import type { PostedBy } from './rules.ts';

/** What was written in a space, as far as acts refer to it. */
export interface Written {
	author(stream: StreamId, post: Hash): PostedBy | null;
	isThread(stream: StreamId): boolean;
	/** They have argued with each other in that thread: the post answers one of theirs, or they answered its author before it. */
	isParty(account: AccountId, stream: StreamId, post: Hash): boolean;
}

/**
 * @param events streams as they came
 * @param absent told of a stream in which something was looked for and is not, or not yet
 */
export function writtenIn(
	events: (stream: StreamId) => readonly StreamEvent[],
	absent: (stream: StreamId) => void = () => undefined,
): Written {
	const find = (stream: StreamId, post: Hash): VerifiedEvent | null => {
		const found = events(stream).find(({ id }) => id === post);
		if (!found) absent(stream);
		return found?.verified && found.type === 'post.add' ? found : null;
	};
	return {
		author(stream, post) {
			const found = find(stream, post);
			return found && { account: found.author, role: found.role, position: found.position };
		},
		isThread(stream) {
			const isThread = events(stream).some((event) => event.verified && event.type === 'post.add');
			if (!isThread) absent(stream);
			return isThread;
		},
		isParty(account, stream, post) {
			const found = find(stream, post);
			const authors = new Map(events(stream).flatMap((event) => (event.verified ? [[event.id, event.author] as const] : [])));
			const answers = (event: VerifiedEvent, whom: AccountId): boolean => {
				const reply = replyOf(event);
				return reply !== null && authors.get(reply) === whom;
			};
			if (!found || found.author === account) return found !== null;
			if (answers(found, account)) return true;
			return events(stream).some(
				(event) => event.verified && event.author === account && event.position < found.position && answers(event, found.author),
			);
		},
	};
}

/** Read here and not by what threads make of it: that depends on what is decided here. */
function replyOf({ type, content }: VerifiedEvent): Hash | null {
	const isPost = type === 'post.add' && typeof content === 'object' && content !== null && 'reply' in content;
	return isPost && typeof content.reply === 'string' ? (content.reply as Hash) : null;
}

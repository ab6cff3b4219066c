import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, Measure, SpaceView } from '@multaqa/shared/client/types';
import { refusalNow } from '@multaqa/shared/moderation/desk';
import type { Moderation } from '@multaqa/shared/moderation/moderation';
import { discussionOf, type Post } from '@multaqa/shared/threads/posts';

/** A post that its thread keeps back until a facilitator lets it in. */
export interface WaitingPost {
	readonly stream: StreamId;
	readonly post: Post;
}

/** Posts of a space that wait to be let in, in the order in which they came; those that were kept out are not among them. */
export function waitingPosts(
	client: Pick<Client, 'events'>,
	space: SpaceId,
	{ measures }: Pick<Moderation, 'measures'>,
): readonly WaitingPost[] {
	const streams = new Set([...measures.values()].flatMap(({ kind, stream }) => (kind === 'approval' ? [stream] : [])));
	return [...streams].flatMap((stream) =>
		discussionOf(client.events(space, stream))
			.aside.filter(({ aside, deleted, keptOut }) => aside === 'unapproved' && deleted === null && keptOut === null)
			.map((post) => ({ stream, post })),
	);
}

/** An appeal about it waits for another facilitator. */
export const isAppealed = ({ appeal }: Measure): boolean => appeal !== null && appeal.decision === null;

/** May this person decide an appeal? `now`: seconds since 1970. */
export const isDecidable = (client: Pick<Client, 'events' | 'status'>, space: SpaceView, { id }: Measure, now: number): boolean =>
	refusalNow(client, space, { type: 'moderation.decide', content: { measure: id, uphold: true, reason: '.' } }, now) === null;

import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Client, SpaceView } from '../client/types.ts';
import { moderationStreamOf } from '../log/derived-streams.ts';
import { Problem } from '../problem.ts';
import type { Act } from './events.ts';
import { moderationOf, standingOf, type Moderation } from './moderation.ts';
import { refusalOf, type ModerationRule } from './rules.ts';
import { writtenIn, type Written } from './written.ts';

export { moderationStreamOf } from '../log/derived-streams.ts';

const written = (client: Pick<Client, 'events'>, space: SpaceId): Written => writtenIn((stream: StreamId) => client.events(space, stream));

/** What facilitators of a space have decided, as this device sees it. */
export const moderationIn = (client: Pick<Client, 'events'>, space: SpaceId): Moderation =>
	moderationOf(client.events(space, moderationStreamOf(space)), written(client, space));

/** Why this account may not do this now, or `null`: what every reader would hold against it. */
export function refusalNow(
	client: Pick<Client, 'events' | 'status'>,
	{ id, role }: SpaceView,
	act: Act,
	now: number,
): ModerationRule | null {
	const { account } = client.status;
	if (!account) return 'facilitators-moderate';
	return refusalOf(act, { account, role, time: now }, standingOf(moderationIn(client, id), written(client, id)));
}

/**
 * Does what a facilitator decided, or answers it. `now`: seconds since 1970.
 * @throws Problem `not-allowed` with a {@link ModerationRule}, and what the engine refuses
 */
export async function act(client: Client, space: SpaceView, done: Act, now: number): Promise<Hash> {
	const rule = refusalNow(client, space, done, now);
	if (rule) throw new Problem('not-allowed', { rule });
	return await client.append(space.id, moderationStreamOf(space.id), done.type, done.content as unknown as Cbor);
}

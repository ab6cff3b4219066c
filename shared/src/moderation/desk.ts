import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Client, SpaceView } from '../client/types.ts';
import { moderationStreamOf } from '../log/derived-streams.ts';
import { Problem } from '../problem.ts';
import type { Act } from './events.ts';
import type { Flag } from './flags.ts';
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

/** One post with everything that was reported about it. */
export interface Case {
	readonly stream: StreamId;
	readonly post: Hash;
	/** Reports that prove what they say, the newest first. */
	readonly flags: readonly Flag[];
	/** Reports that prove nothing. */
	readonly mismatched: readonly Flag[];
	/** A facilitator has acted upon it, or dismissed it, since the last report. */
	readonly isDone: boolean;
}

/** The facilitators' queue: what was reported, the newest first, open cases before those that are done. */
export function casesOf(flags: readonly Flag[], { log }: Moderation): readonly Case[] {
	const cases = [...Map.groupBy(flags, ({ stream, post }) => `${stream}/${post}`).values()].map((about): Case => {
		const newest = about.toSorted((a, b) => b.time - a.time);
		const [{ stream, post, time }] = newest as [Flag, ...Flag[]];
		const isDone = log.some(({ act: { content }, time: done }) => 'post' in content && content.post === post && done >= time);
		return {
			stream,
			post,
			flags: newest.filter(({ original }) => original),
			mismatched: newest.filter(({ original }) => !original),
			isDone,
		};
	});
	const last = ({ flags: held, mismatched }: Case) => Math.max(...[...held, ...mismatched].map(({ time }) => time));
	return cases.toSorted((a, b) => Number(a.isDone) - Number(b.isDone) || last(b) - last(a));
}

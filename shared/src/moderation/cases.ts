import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { isFacilitator } from '../threads/posts.ts';
import { saidIn } from '../threads/read.ts';
import type { Flag } from './flags.ts';
import type { Moderation } from './moderation.ts';

/** How a case ended: what was decided about its post, for everybody to read. */
export interface Ending {
	/** A type of act, or `thread.close`. */
	readonly type: string;
	readonly by: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	readonly reason: string;
}

/** One post with everything that was reported about it. */
export interface Case {
	readonly stream: StreamId;
	readonly post: Hash;
	/** Reports that prove what they say, the newest first. */
	readonly flags: readonly Flag[];
	/** Reports that prove nothing. */
	readonly mismatched: readonly Flag[];
	/** What a facilitator decided since the last report; `null` while nobody has. */
	readonly ending: Ending | null;
}

/** The facilitators' queue: what was reported, the newest first, open cases before those that are done. */
export function casesOf(flags: readonly Flag[], { log }: Pick<Moderation, 'log'>, index: readonly StreamEvent[]): readonly Case[] {
	const endings = Map.groupBy(
		[...log.flatMap(endingIn), ...index.flatMap(closingIn)].toSorted((a, b) => a.time - b.time),
		({ post }) => post,
	);
	const cases = [...Map.groupBy(flags, ({ stream, post }) => `${stream}/${post}`).values()].map((about): Case => {
		const newest = about.toSorted((a, b) => b.time - a.time);
		const [{ stream, post }] = newest as [Flag, ...Flag[]];
		const proven = newest.filter(({ original }) => original);
		const mismatched = newest.filter(({ original }) => !original);
		return { stream, post, flags: proven, mismatched, ending: endingOf(proven, mismatched, endings.get(post) ?? []) };
	});
	const last = ({ flags: held, mismatched }: Case) => Math.max(...[...held, ...mismatched].map(({ time }) => time));
	return cases.toSorted((a, b) => Number(a.ending !== null) - Number(b.ending !== null) || last(b) - last(a));
}

interface About extends Ending {
	readonly post: Hash;
}

/** What proves nothing neither opens a case again nor ends one that has proof. */
function endingOf(proven: readonly Flag[], mismatched: readonly Flag[], endings: readonly About[]): Ending | null {
	const counted = proven.length > 0 ? proven : mismatched;
	const last = Math.max(...counted.map(({ time }) => time));
	return endings.findLast(({ type, time }) => time >= last && (proven.length === 0 || type !== 'moderation.discard')) ?? null;
}

function endingIn({ act: { type, content }, by, time }: Moderation['log'][number]): About[] {
	const post = 'post' in content ? content.post : 'because' in content ? content.because : undefined;
	return post && 'reason' in content ? [{ post, type, by, time, reason: content.reason }] : [];
}

function closingIn(event: StreamEvent): About[] {
	const said = event.verified && isFacilitator(event.role) ? saidIn(event) : null;
	if (!event.verified || said?.type !== 'thread.close' || !said.content.on || !said.content.because) return [];
	return [{ post: said.content.because, type: said.type, by: event.author, time: event.time, reason: said.content.reason ?? '' }];
}

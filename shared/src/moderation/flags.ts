import * as v from 'valibot';
import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { LettersSent } from '../client/types.ts';
import type { Client, LetterView, SpaceView, VerifiedEvent } from '../client/types.ts';
import { rankOf } from '../chain/roles.ts';
import { Problem } from '../problem.ts';
import { saidIn } from '../threads/read.ts';

/** What a letter is called that reports a post. */
export const FLAG = 'flag';
export const FLAG_REASONS = ['incitement', 'harassment', 'private-data', 'false', 'off-topic', 'other'] as const;
export type FlagReason = (typeof FLAG_REASONS)[number];
export const NOTE_LIMIT = 1_000;

const bytes = v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const flag = v.strictObject({
	stream: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
	post: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
	reason: v.picklist(FLAG_REASONS),
	note: v.pipe(v.string(), v.maxLength(NOTE_LIMIT)),
	signed: bytes,
	signature: bytes,
});

/** What somebody reports, and how. */
export interface NewFlag {
	readonly stream: StreamId;
	readonly post: Hash;
	/** The text that is reported: the post, or the edit that brought it (the last of `Post.revisions`). */
	readonly revision: Hash;
	readonly reason: FlagReason;
	/** May be empty. */
	readonly note: string;
}

/** A report, as it reaches a facilitator. */
export interface Flag {
	/** Of the letter. */
	readonly number: number;
	readonly from: AccountId;
	readonly time: number;
	readonly stream: StreamId;
	readonly post: Hash;
	readonly reason: FlagReason;
	readonly note: string;
	/** The reported text as its author signed it; `null` when the report proves nothing: «غير مطابق», and it counts against nobody. */
	readonly original: { readonly author: AccountId; readonly time: number; readonly text: string } | null;
}

/** Those who get a report of what somebody wrote: who facilitates, but for the author and whoever reports. */
export const readersOfFlags = ({ members }: SpaceView, author: AccountId, self: AccountId): readonly AccountId[] =>
	members
		.filter(({ account, role }) => rankOf(role) >= rankOf('facilitator') && account !== author && account !== self)
		.map(({ account }) => account);

/**
 * Reports a post to those who facilitate, with proof of what it said. Nobody else learns of it. Answers how many have it
 * already, and why the others do not.
 * @throws Problem `not-allowed` with `somebody-else-facilitates` when there is nobody to report to, `not-found` while the post waits
 */
export async function sendFlag(
	client: Client,
	space: SpaceView,
	author: AccountId,
	{ revision, ...content }: NewFlag,
): Promise<LettersSent> {
	const readers = readersOfFlags(space, author, client.status.account ?? ('' as AccountId));
	if (readers.length === 0) throw new Problem('not-allowed', { rule: 'somebody-else-facilitates' });
	const { signed, signature } = await client.evidence.of(space.id, revision);
	return client.letters.send(readers, { space: space.id, kind: FLAG, content: { ...content, signed, signature } });
}

/** Reads a letter as a report in this space; `null` when it is something else. Letters that fail their checks are counted apart. */
export async function flagIn(client: Pick<Client, 'evidence'>, space: SpaceView, letter: LetterView): Promise<Flag | null> {
	if (!letter.holds || letter.kind !== FLAG || letter.space !== space.id) return null;
	const read = v.safeParse(flag, letter.content);
	if (!read.success) return null;
	const { stream, post, reason, note, signed, signature } = read.output;
	const proven = await client.evidence.check(space.id, { signed, signature });
	const { number, from, time } = letter;
	const original = proven && proven.stream === stream ? originalOf(proven, post) : null;
	return { number, from, time, stream: stream as StreamId, post: post as Hash, reason, note, original };
}

/** The text of an event that is this post, or an edit of it by its author. */
function originalOf(event: VerifiedEvent, post: string): Flag['original'] {
	const said = saidIn(event);
	const isIt = said?.type === 'post.add' ? event.id === post : said?.type === 'post.edit' && said.content.post === post;
	return said && isIt && 'text' in said.content ? { author: event.author, time: event.time, text: said.content.text } : null;
}

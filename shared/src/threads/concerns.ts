import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { StreamEvent } from '../client/types.ts';
import { markupOf, type Block, type Line, type MentionTarget } from '../text/markup.ts';
import { discussionOf, type Post } from './posts.ts';
import { saidIn } from './read.ts';

/** Who reads: as whom one is mentioned in a space. */
export interface Reader {
	readonly account: AccountId;
	readonly organisation: OrganisationId | null;
	readonly role: Role;
}

/** A post in which the reader is named and which is not read yet. */
export interface Mention {
	readonly post: Hash;
	readonly author: AccountId;
	readonly time: number;
	/** As what: the nearest of them, when it is more than one. */
	readonly as: MentionTarget['kind'];
}

/** A post that everybody is asked to confirm, and the reader has not confirmed. */
export interface OpenNotice {
	readonly post: Hash;
	readonly author: AccountId;
	readonly time: number;
}

export interface Concerns {
	readonly notices: readonly OpenNotice[];
	readonly mentions: readonly Mention[];
}

const NOTHING: Concerns = { notices: [], mentions: [] };

/** What a thread asks of its reader. `mark`: how far it has been read; formal notices stay until they are confirmed. */
export function concernsOf(stream: readonly StreamEvent[], mark: number, reader: Reader): Concerns {
	if (!stream.some((event) => mayConcern(event, mark, reader))) return NOTHING;
	const posts = discussionOf(stream).items.filter(
		(item) => item.kind === 'post' && item.deleted === null && item.hidden === null && item.author !== reader.account,
	) as Post[];
	return {
		notices: posts.filter(({ notice, acknowledged }) => notice && !acknowledged.includes(reader.account)).map(nameOf),
		mentions: posts.filter(({ position }) => position > mark).flatMap((post) => mentionIn(post, reader)),
	};
}

const nameOf = ({ id: post, author, time }: Post): OpenNotice => ({ post, author, time });

/** Most threads ask nothing of anybody: only the others are read through. */
function mayConcern(event: StreamEvent, mark: number, reader: Reader): boolean {
	if (!event.verified) return false;
	if (event.type === 'post.notice') return true;
	if (event.position <= mark || (event.type !== 'post.add' && event.type !== 'post.edit')) return false;
	const said = saidIn(event);
	return said !== null && 'text' in said.content && idsOf(reader).some((id) => textOf(said.content).includes(id));
}

const textOf = (content: object): string => ('text' in content && typeof content.text === 'string' ? content.text : '');
const idsOf = ({ account, organisation, role }: Reader): string[] => [
	`(account:${account})`,
	`(organisation:${organisation})`,
	`(role:${role})`,
];

const NEAREST = ['account', 'organisation', 'role'] as const;

function mentionIn(post: Post, reader: Reader): Mention[] {
	const own = { account: reader.account, organisation: reader.organisation, role: reader.role };
	const kinds = new Set(
		mentionedIn(post.text)
			.filter(({ kind, id }) => own[kind] === id)
			.map(({ kind }) => kind),
	);
	const as = NEAREST.find((kind) => kinds.has(kind));
	return as ? [{ ...nameOf(post), as }] : [];
}

/** Whom a text mentions, in its own words: who is named in what it quotes was named before. */
export function mentionedIn(text: string): readonly MentionTarget[] {
	return text.includes('@[') ? markupOf(text).flatMap(inBlock) : [];
}

function inBlock(block: Block): readonly MentionTarget[] {
	switch (block.kind) {
		case 'paragraph':
			return block.lines.flatMap(inLine);
		case 'heading':
			return inLine(block.line);
		case 'list':
			return block.items.flatMap(({ lines, lists }) => [...lines.flatMap(inLine), ...lists.flatMap(inBlock)]);
		default:
			return [];
	}
}

function inLine(line: Line): readonly MentionTarget[] {
	return line.flatMap((inline) => {
		if (inline.kind === 'mention') return [inline.target];
		return inline.kind === 'strong' || inline.kind === 'emphasis' ? inLine(inline.content) : [];
	});
}

import type { Attachment } from '../attachments/manifest.ts';
import type { AccountId, Hash } from '../bytes/ids.ts';
import { rankOf, type Role } from '../chain/roles.ts';
import type { Barred, Measure, StreamEvent, VerifiedEvent } from '../client/types.ts';
import type { Voice } from '../log/event.ts';
import { EDIT_WINDOW, REACTIONS, type ContentOf, type Reaction } from './events.ts';
import { saidIn } from './read.ts';

/** A text that stood in a post before it was changed. */
export interface Revision {
	/** The event that brought this text: what a quote of it is bound to. */
	readonly id: Hash;
	readonly text: string;
	/** Seconds since 1970. */
	readonly time: number;
}

export interface Post {
	readonly kind: 'post';
	readonly id: Hash;
	readonly author: AccountId;
	readonly device: string;
	/** `organisation`: the author represents it, and speaks for it. */
	readonly voice: Voice;
	/** What the author was in the space when writing. */
	readonly role: Role;
	readonly time: number;
	/** Empty once it was taken back. */
	readonly text: string;
	/** Every text it has had, the oldest first; the last is the one that stands. */
	readonly revisions: readonly Revision[];
	/** When its author took it back. */
	readonly deleted: number | null;
	readonly reply: Hash | null;
	/** None once it was taken back. */
	readonly attachments: readonly Attachment[];
	readonly waiting: boolean;
	readonly position: number;
	/** In the order of {@link REACTIONS}; those of nobody are left out. */
	readonly reactions: readonly { readonly emoji: Reaction; readonly by: readonly AccountId[] }[];
	/** Everybody is asked to confirm it. */
	readonly notice: boolean;
	/** Who has confirmed, in the order they did. */
	readonly acknowledged: readonly AccountId[];
	/** What it stands for on the way of the discussion. */
	readonly milestone: string | null;
	/** The measure that took it out of sight; its author and facilitators still read it. */
	readonly hidden: Measure | null;
	/** The author is asked to put it differently, and has not yet. */
	readonly rewording: Measure | null;
	/** The measure that left it outside when it asked to be let in. */
	readonly keptOut: Measure | null;
	/** Why it is not among the others; `null` when it is. */
	readonly aside: Exclude<Barred, 'silenced' | 'hidden'> | null;
}

/** Stands where a post failed its checks. */
export interface Unverified {
	readonly kind: 'unverified';
	readonly id: string;
	readonly position: number;
}

export type ThreadItem = Post | Unverified;

/** What a facilitator wrote about the discussion so far. */
export interface Summary {
	readonly id: Hash;
	readonly author: AccountId;
	readonly time: number;
	readonly text: string;
	/** The last post it tells of. */
	readonly until: Hash;
	/** How many posts came after that one. */
	readonly behind: number;
	readonly waiting: boolean;
}

/** A thread as its own stream tells it. */
export interface Discussion {
	/** In the server's order; own waiting posts last. */
	readonly items: readonly ThreadItem[];
	readonly summary: Summary | null;
	/** Posts that mark the way, in their order. */
	readonly milestones: readonly Post[];
	/** Posts that were kept out or wait to be let in: shown to their authors, and those that wait to facilitators. */
	readonly aside: readonly Post[];
}

/** After so many further posts a summary may leave out what matters. */
export const SUMMARY_IS_OLD = 30;

export const isFacilitator = (role: Role): boolean => rankOf(role) >= rankOf('facilitator');

/** May its author still change a post? Whoever is asked to reword has the time they need. `now`: seconds since 1970. */
export const isEditable = ({ deleted, time, rewording }: Pick<Post, 'deleted' | 'time' | 'rewording'>, now: number): boolean =>
	deleted === null && (now <= time + EDIT_WINDOW || rewording !== null);

interface Draft extends Omit<Post, 'revisions' | 'reactions' | 'acknowledged'> {
	readonly revisions: Revision[];
	/** Most posts have none: ten thousand empty maps would be felt on a phone. */
	readonly reactions: Map<Reaction, Set<AccountId>> | null;
	readonly acknowledged: Set<AccountId> | null;
}
type Change<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] };
type Working = Change<Draft>;

/** Reads a thread's stream, as it was judged. What somebody had no right to say was never said. */
export function discussionOf(stream: readonly StreamEvent[]): Discussion {
	const posts = new Map<Hash, Working>();
	const items: (Working | Unverified)[] = [];
	const aside: Working[] = [];
	let summary: Omit<Summary, 'behind'> | null = null;
	for (const event of stream) {
		if (!event.verified) {
			items.push({ kind: 'unverified', id: event.id, position: event.position });
			continue;
		}
		const said = saidIn(event);
		if (said?.type === 'post.add') {
			const post = begun(event, said.content);
			posts.set(post.id, post);
			(post.aside === null ? items : aside).push(post);
		} else if (said?.type === 'summary.set') {
			if (isFacilitator(event.role) && posts.has(said.content.until)) summary = summaryOf(event, said.content);
		} else if (said) {
			const post = 'post' in said.content ? posts.get(said.content.post) : undefined;
			if (post) apply(post, event, said);
		}
	}
	const finished = items.map((item) => (item.kind === 'post' ? finish(item) : item));
	return {
		items: finished,
		summary: summary && { ...summary, behind: postsAfter(finished, summary.until) },
		milestones: finished.filter((item) => item.kind === 'post' && item.milestone !== null && item.deleted === null) as Post[],
		aside: aside.map(finish),
	};
}

/** Posts with those among them, each in its place, that wait to be let in, or were not, as far as this reader sees them. */
export function withWaiting({ items, aside }: Discussion, sees: (post: Post) => boolean): readonly ThreadItem[] {
	const waiting = aside.filter((post) => post.aside === 'unapproved' && post.deleted === null && sees(post));
	if (waiting.length === 0) return items;
	return [...items, ...waiting].toSorted((a, b) => (a.position === b.position ? 0 : a.position - b.position));
}

/** Posts of a thread's stream, what failed in its place. */
export const postsOf = (stream: readonly StreamEvent[]): readonly ThreadItem[] => discussionOf(stream).items;

function begun(
	{ id, author, voice, device, role, time, waiting, position, moderated }: VerifiedEvent,
	{ text, reply, attachments }: ContentOf<'post.add'>,
): Working {
	return {
		kind: 'post',
		id,
		author,
		voice,
		device,
		role,
		time,
		text,
		reply,
		attachments,
		waiting,
		position,
		revisions: [{ id, text, time }],
		deleted: null,
		reactions: null,
		notice: false,
		acknowledged: null,
		milestone: null,
		hidden: moderated?.measures.findLast(({ kind, lifted }) => kind === 'hide' && lifted === null) ?? null,
		rewording: moderated?.measures.findLast(({ kind, lifted }) => kind === 'reword' && lifted === null) ?? null,
		keptOut: moderated?.measures.findLast(({ kind, lifted }) => kind === 'keep-out' && lifted === null) ?? null,
		aside: asideOf(moderated?.barred ?? null),
	};
}

const asideOf = (barred: Barred | null): Post['aside'] => (barred === 'silenced' || barred === 'hidden' ? null : barred);

function apply(post: Working, event: VerifiedEvent, said: NonNullable<ReturnType<typeof saidIn>>): void {
	const isOwn = event.author === post.author;
	switch (said.type) {
		case 'post.edit':
			if (!isOwn || said.content.text === post.text || !mayEdit(post, event)) return;
			post.text = said.content.text;
			post.revisions.push({ id: event.id, text: post.text, time: event.time });
			if (wasAsked(post, event)) post.rewording = null;
			return;
		case 'post.delete':
			if (!isOwn || post.deleted !== null) return;
			post.deleted = event.time;
			return;
		case 'post.react':
			if (post.deleted === null) react(post, event.author, said.content);
			return;
		case 'post.notice':
			if (isFacilitator(event.role) && post.deleted === null) post.notice = said.content.on;
			return;
		case 'post.acknowledge':
			if (post.notice) (post.acknowledged ??= new Set()).add(event.author);
			return;
		case 'milestone.set':
			if (isFacilitator(event.role) && post.deleted === null) post.milestone = said.content.label;
			return;
		default:
	}
}

const mayEdit = (post: Working, event: VerifiedEvent): boolean =>
	isEditable({ ...post, rewording: wasAsked(post, event) ? post.rewording : null }, event.time);

/** Asked before this was written, as the server's order has it. */
const wasAsked = ({ rewording }: Working, { position }: VerifiedEvent): boolean => rewording !== null && rewording.position < position;

function react(post: Working, author: AccountId, { emoji, on }: ContentOf<'post.react'>): void {
	const reactions = (post.reactions ??= new Map<Reaction, Set<AccountId>>());
	const by = reactions.get(emoji) ?? new Set();
	if (on) by.add(author);
	else by.delete(author);
	reactions.set(emoji, by);
}

/** Of what was taken back nothing stays but that it was there. */
function finish(post: Working): Post {
	const acknowledged = post.acknowledged ? [...post.acknowledged] : NOBODY;
	if (post.deleted !== null)
		return { ...post, text: '', attachments: [], revisions: [], reactions: NO_REACTIONS, notice: false, acknowledged, milestone: null };
	return { ...post, reactions: post.reactions ? shownReactions(post.reactions) : NO_REACTIONS, acknowledged };
}

const NOBODY: Post['acknowledged'] = [];
const NO_REACTIONS: Post['reactions'] = [];

const shownReactions = (reactions: ReadonlyMap<Reaction, ReadonlySet<AccountId>>): Post['reactions'] =>
	REACTIONS.map((emoji) => ({ emoji, by: [...(reactions.get(emoji) ?? [])] })).filter(({ by }) => by.length > 0);

const summaryOf = ({ id, author, time, waiting }: VerifiedEvent, { text, until }: ContentOf<'summary.set'>) => ({
	id,
	author,
	time,
	waiting,
	text,
	until,
});

function postsAfter(items: readonly ThreadItem[], until: Hash): number {
	const place = items.findIndex(({ id }) => id === until);
	return items.slice(place + 1).filter(({ kind }) => kind === 'post').length;
}

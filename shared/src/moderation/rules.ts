import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import { mayModerate, rankOf, type Role } from '../chain/roles.ts';
import type { Measure } from '../client/types.ts';
import type { Act } from './events.ts';

/** Who acts, as what, and when (seconds since 1970). */
export interface Actor {
	readonly account: AccountId;
	readonly role: Role;
	readonly time: number;
}

/** What is known of a post that somebody wants to act upon. */
export interface PostedBy {
	readonly account: AccountId;
	readonly role: Role;
	/** Where it stands in the space. */
	readonly position: number;
}

/** What acts are held against: what was decided before, and what was written. */
export interface Standing {
	readonly measures: ReadonlyMap<Hash, Measure>;
	/** Posts that were let in. */
	readonly admitted: ReadonlySet<Hash>;
	isSilenced(account: AccountId, time: number): boolean;
	author(stream: StreamId, post: Hash): PostedBy | null;
	isThread(stream: StreamId): boolean;
	/** They have argued with each other in that thread, up to that post. */
	isParty(account: AccountId, stream: StreamId, post: Hash): boolean;
}

export type ModerationRule =
	| 'author-is-not-silenced'
	| 'facilitators-moderate'
	| 'measure-is-about-something'
	| 'nobody-acts-upward'
	| 'nobody-judges-an-own-case'
	| 'measure-is-in-force'
	| 'post-waits'
	| 'post-is-not-kept-out'
	| 'appeal-is-of-whom-it-concerns'
	| 'appeal-comes-once'
	| 'appeal-is-decided-by-another'
	| 'appeal-is-open';

const isFacilitator = (role: Role): boolean => rankOf(role) >= rankOf('facilitator');

/** Has it not ended, and was it not lifted? `time`: seconds since 1970. */
export const isInForce = ({ lifted, until }: Measure, time: number): boolean => lifted === null && (until === null || time < until);

/** Was it in force at a place of the space, as everybody will see it? What has no place yet comes after all that has one. */
export const isDuring = ({ position: from, lifted }: Measure, position: number): boolean =>
	position > from && (lifted === null || position <= lifted.position) && (position !== Infinity || lifted === null);

/** Why an act is none, or `null`. The same for whoever wants to act and for everybody who reads it. */
export function refusalOf(act: Act, actor: Actor, standing: Standing): ModerationRule | null {
	if (act.type === 'moderation.appeal') return refusalOfAppeal(act.content.measure, actor, standing);
	if (standing.isSilenced(actor.account, actor.time)) return 'author-is-not-silenced';
	if (!isFacilitator(actor.role)) return 'facilitators-moderate';
	switch (act.type) {
		case 'moderation.reword':
		case 'moderation.hide':
		case 'moderation.silence':
			return refusalAboutPost(act, actor, standing);
		case 'moderation.keep-out':
			return refusalAboutPost(act, actor, standing) ?? (waits(act.content, standing) ? null : 'post-waits');
		case 'moderation.slow':
		case 'moderation.approval':
			return standing.isThread(act.content.stream) ? null : 'measure-is-about-something';
		case 'moderation.admit':
			return refusalOfLeave(act.content, actor, standing) ?? (isKeptOut(act.content.post, standing) ? 'post-is-not-kept-out' : null);
		case 'moderation.dismiss':
			return refusalOfLeave(act.content, actor, standing);
		case 'moderation.discard':
			return standing.author(act.content.stream, act.content.post)?.account === actor.account ? 'nobody-judges-an-own-case' : null;
		case 'moderation.lift':
			return refusalOfLifting(act.content.measure, actor, standing);
		case 'moderation.decide':
			return refusalOfDecision(act.content.measure, actor, standing);
		default:
			return null;
	}
}

type AboutPost = Extract<Act, { type: 'moderation.reword' | 'moderation.hide' | 'moderation.keep-out' | 'moderation.silence' }>;

function refusalAboutPost({ type, content: { stream, post } }: AboutPost, actor: Actor, standing: Standing): ModerationRule | null {
	const author = standing.author(stream, post);
	if (!author) return 'measure-is-about-something';
	if (author.account === actor.account) return 'nobody-judges-an-own-case';
	if (!mayModerate(actor.role, author.role)) return 'nobody-acts-upward';
	// To ask is open to everybody who facilitates; to act upon one's own critic is not.
	const isParty = type !== 'moderation.reword' && standing.isParty(actor.account, stream, post);
	return isParty ? 'nobody-judges-an-own-case' : null;
}

function refusalOfLeave({ stream, post }: { stream: StreamId; post: Hash }, actor: Actor, standing: Standing): ModerationRule | null {
	const author = standing.author(stream, post);
	if (!author) return 'measure-is-about-something';
	return author.account === actor.account ? 'nobody-judges-an-own-case' : null;
}

const isKeptOut = (post: Hash, { measures }: Pick<Standing, 'measures'>): boolean =>
	[...measures.values()].some((measure) => measure.kind === 'keep-out' && measure.post === post && measure.lifted === null);

/** It is held back until a facilitator lets it in, and none has answered yet. */
function waits({ stream, post }: { stream: StreamId; post: Hash }, { measures, admitted, author }: Standing): boolean {
	const posted = author(stream, post);
	if (!posted || isFacilitator(posted.role) || admitted.has(post) || isKeptOut(post, { measures })) return false;
	return [...measures.values()].some(
		(measure) => measure.kind === 'approval' && measure.stream === stream && isDuring(measure, posted.position),
	);
}

function refusalOfLifting(id: Hash, actor: Actor, { measures }: Standing): ModerationRule | null {
	const measure = measures.get(id);
	if (!measure) return 'measure-is-about-something';
	if (!isInForce(measure, actor.time)) return 'measure-is-in-force';
	if (measure.concerns?.account === actor.account) return 'nobody-judges-an-own-case';
	return actor.account !== measure.by && rankOf(actor.role) < rankOf(measure.role) ? 'nobody-acts-upward' : null;
}

function refusalOfAppeal(id: Hash, actor: Actor, { measures }: Standing): ModerationRule | null {
	const measure = measures.get(id);
	if (!measure) return 'measure-is-about-something';
	if (measure.concerns?.account !== actor.account) return 'appeal-is-of-whom-it-concerns';
	if (measure.appeal) return 'appeal-comes-once';
	return isInForce(measure, actor.time) ? null : 'measure-is-in-force';
}

function refusalOfDecision(id: Hash, actor: Actor, standing: Standing): ModerationRule | null {
	const measure = standing.measures.get(id);
	if (!measure?.appeal || measure.appeal.decision) return 'appeal-is-open';
	const isConcerned = actor.account === measure.by || actor.account === measure.concerns?.account;
	const isParty = measure.post !== null && standing.isParty(actor.account, measure.stream, measure.post);
	return isConcerned || isParty ? 'appeal-is-decided-by-another' : null;
}

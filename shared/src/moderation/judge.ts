import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import { rankOf } from '../chain/roles.ts';
import type { Judge, JudgedSpace } from '../client/judging.ts';
import type { Barred, Measure, Moderated, StreamEvent, VerifiedEvent } from '../client/types.ts';
import { ATTEST } from '../log/attest.ts';
import { threadsOf, type ClosedTime } from '../threads/threads.ts';
import { moderationOf, silencedUntil, type Moderation } from './moderation.ts';
import { isDuring, isInForce } from './rules.ts';
import { writtenIn } from './written.ts';

/** What of a space's decisions concerns one thread. */
interface ThreadRules {
	readonly closed: readonly ClosedTime[];
	readonly slow: readonly Measure[];
	readonly approval: readonly Measure[];
	readonly byPost: ReadonlyMap<Hash, readonly Measure[]>;
}

interface Verdicts {
	readonly moderation: Moderation;
	/** Somebody was silenced at some time: everything of theirs is looked at. */
	readonly silenced: ReadonlySet<AccountId>;
	readonly closed: ReadonlyMap<StreamId, readonly ClosedTime[]>;
}

interface Judged {
	readonly raw: readonly StreamEvent[];
	readonly verdicts: Verdicts;
	readonly events: readonly StreamEvent[];
}

/** Applies what facilitators decided to what was written, in the server's order, alike on every device. */
export function judge(space: JudgedSpace): Judge {
	/** Where something was looked for and is not: looked at again when that stream has changed. A stream only grows at its end. */
	const absent = new Map<StreamId, readonly StreamEvent[]>();
	const written = writtenIn(
		(stream) => space.events(stream),
		(stream) => absent.set(stream, space.events(stream)),
	);
	const judged = new Map<StreamId, Judged>();
	let moderation = moderationOf([], written);
	let verdicts: Verdicts = { moderation, silenced: new Set(), closed: new Map() };
	let seen: { index: readonly StreamEvent[]; acts: readonly StreamEvent[] } = { index: [], acts: [] };

	const look = (): Verdicts => {
		const acts = space.events(space.moderation);
		const index = space.events(space.index);
		const isMore = [...absent].some(([stream, events]) => space.events(stream) !== events);
		if (acts === seen.acts && index === seen.index && !isMore) return verdicts;
		if (acts !== seen.acts || isMore) {
			absent.clear();
			moderation = moderationOf(acts, written);
		}
		seen = { index, acts };
		const silenced = new Set(
			[...moderation.measures.values()].flatMap(({ kind, concerns }) => (kind === 'silence' && concerns ? [concerns.account] : [])),
		);
		const closed = new Map(
			threadsOf(silenced.size === 0 ? index : withVerdicts(index, NO_RULES, moderation, silenced)).flatMap(({ stream, closedTimes }) =>
				closedTimes.length > 0 ? [[stream, closedTimes] as const] : [],
			),
		);
		if (!isSame(verdicts, { moderation, silenced, closed })) verdicts = { moderation, silenced, closed };
		return verdicts;
	};

	return {
		events(stream) {
			const raw = space.events(stream);
			const now = look();
			const before = judged.get(stream);
			if (before?.raw === raw && before.verdicts === now) return before.events;
			const events = withVerdicts(raw, rulesOf(now, stream), now.moderation, now.silenced);
			judged.set(stream, { raw, verdicts: now, events });
			return events;
		},
		get unknown() {
			look();
			return [...absent.keys()];
		},
		silencedUntil: (account, now) => silencedUntil(look().moderation.measures, account, now),
	};
}

/** The index changes with every name and title; closings hardly ever do. */
const isSame = (before: Verdicts, after: Verdicts): boolean =>
	before.moderation === after.moderation && JSON.stringify([...before.closed]) === JSON.stringify([...after.closed]);

function rulesOf({ moderation, closed }: Verdicts, stream: StreamId): ThreadRules {
	const own = [...moderation.measures.values()].filter((measure) => measure.stream === stream);
	if (own.length === 0 && !closed.has(stream)) return NO_RULES;
	const aboutPosts = own.flatMap((measure) => (measure.post ? [{ ...measure, post: measure.post }] : []));
	return {
		closed: closed.get(stream) ?? [],
		slow: own.filter(({ kind }) => kind === 'slow'),
		approval: own.filter(({ kind }) => kind === 'approval'),
		byPost: Map.groupBy(aboutPosts, ({ post }) => post),
	};
}

const NO_RULES: ThreadRules = { closed: [], slow: [], approval: [], byPost: new Map() };

/** The same array where nothing was decided. */
function withVerdicts(
	raw: readonly StreamEvent[],
	rules: ThreadRules,
	{ measures, admitted }: Moderation,
	silenced: ReadonlySet<AccountId>,
): readonly StreamEvent[] {
	if (rules === NO_RULES && !raw.some((event) => event.verified && silenced.has(event.author))) return raw;
	const lastPosts = new Map<AccountId, number>();
	return raw.map((event) => {
		if (!event.verified) return event;
		const own = rules.byPost.get(event.id) ?? NO_MEASURES;
		const isSilent = silenced.has(event.author) && silencedUntil(measures, event.author, event.time, event.position) !== null;
		const barred = isSilent && !isOwnAffair(event) ? 'silenced' : barredAs(event, rules, own, admitted, lastPosts);
		if (barred === null && event.type === 'post.add') lastPosts.set(event.author, event.time);
		if (barred === null && own.length === 0) return event;
		return { ...event, moderated: { barred, measures: own } satisfies Moderated };
	});
}

const NO_MEASURES: readonly Measure[] = [];

/** Who may only read may still say who they are, what they see, and that they disagree. */
const isOwnAffair = ({ type }: VerifiedEvent): boolean => type.startsWith('profile.') || type === ATTEST || type === 'moderation.appeal';

function barredAs(
	event: VerifiedEvent,
	rules: ThreadRules,
	own: readonly Measure[],
	admitted: ReadonlySet<Hash>,
	lastPosts: ReadonlyMap<AccountId, number>,
): Barred | null {
	if (event.type !== 'post.add') return null;
	if (own.some((measure) => measure.kind === 'hide' && isInForce(measure, 0))) return 'hidden';
	if (rankOf(event.role) >= rankOf('facilitator')) return null;
	const { position, waiting } = event;
	// What still waits may yet arrive after the thread is opened again.
	if (!waiting && rules.closed.some(({ from, until }) => position > from && position <= until)) return 'closed';
	if (!admitted.has(event.id) && rules.approval.some((measure) => isDuring(measure, position))) return 'unapproved';
	const pause = Math.max(0, ...rules.slow.filter((measure) => isDuring(measure, position)).map(({ seconds }) => seconds ?? 0));
	return pause > 0 && event.time - (lastPosts.get(event.author) ?? -Infinity) < pause ? 'too-soon' : null;
}

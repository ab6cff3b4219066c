import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { Appeal, Lifting, Measure, MeasureKind, StreamEvent, VerifiedEvent } from '../client/types.ts';
import { actIn, type Act, type ContentOf } from './events.ts';
import { isInForce, refusalOf, type Actor, type Standing } from './rules.ts';
import type { Written } from './written.ts';

const DAY = 24 * 60 * 60;

/** One line of the log: what somebody did, and the measure it made, ended or is about. */
export interface LogEntry {
	readonly id: Hash;
	readonly act: Act;
	readonly by: AccountId;
	readonly time: number;
	readonly position: number;
	readonly waiting: boolean;
	readonly measure: Hash | null;
}

/** What facilitators of a space have decided. */
export interface Moderation {
	/** Everything that was done, in the server's order. */
	readonly log: readonly LogEntry[];
	/** By the event that brought each, in order. */
	readonly measures: ReadonlyMap<Hash, Measure>;
	/** Posts that were let in. */
	readonly admitted: ReadonlySet<Hash>;
	/** Said on an author's device before a post goes out that has one of these in it. */
	readonly words: readonly string[];
	/** Events of this stream that failed their checks: a line is missing, was altered or moved. */
	readonly broken: number;
}

interface Working {
	readonly log: LogEntry[];
	readonly measures: Map<Hash, Measure>;
	readonly admitted: Set<Hash>;
	words: readonly string[];
	broken: number;
}

/** Reads the moderation stream. What somebody had no right to do never happened. */
export function moderationOf(stream: readonly StreamEvent[], written: Written): Moderation {
	const state: Working = {
		log: [],
		measures: new Map(),
		admitted: new Set(),
		words: [],
		broken: 0,
	};
	const standing = standingOf(state, written);
	for (const event of stream) {
		if (!event.verified) state.broken++;
		const act = event.verified ? actIn(event) : null;
		if (event.verified && act && refusalOf(act, actorOf(event), standing) === null) take(state, event, act, written);
	}
	return state;
}

/** What a further act would be held against. */
export function standingOf({ measures, admitted }: Pick<Moderation, 'measures' | 'admitted'>, written: Written): Standing {
	return {
		...written,
		measures,
		admitted,
		isSilenced: (account, time) => silencedUntil(measures, account, time) !== null,
	};
}

/** Until when somebody may only read at a moment, as of a place in the space; `null` when that is not so. */
export function silencedUntil(measures: ReadonlyMap<Hash, Measure>, account: AccountId, time: number, position = Infinity): number | null {
	let until: number | null = null;
	for (const measure of measures.values()) {
		if (measure.kind !== 'silence' || measure.concerns?.account !== account || measure.until === null) continue;
		const isOn = measure.position < position && time < measure.until && (measure.lifted === null || position <= measure.lifted.position);
		const isLifted = position === Infinity && measure.lifted !== null;
		if (isOn && !isLifted) until = Math.max(until ?? 0, measure.until);
	}
	return until;
}

const actorOf = ({ author: account, role, time }: VerifiedEvent): Actor => ({ account, role, time });

function take(state: Working, event: VerifiedEvent, act: Act, written: Written): void {
	const { id, author: by, time, position, waiting } = event;
	state.log.push({ id, act, by, time, position, waiting, measure: 'measure' in act.content ? act.content.measure : madeBy(act, id) });
	const kind = kindOf(act);
	if (kind) state.measures.set(id, measureOf(kind, event, act, written));
	switch (act.type) {
		case 'moderation.admit':
			state.admitted.add(act.content.post);
			return;
		case 'moderation.words':
			state.words = act.content.words;
			return;
		case 'moderation.lift':
			change(state, act.content.measure, () => ({ lifted: liftingOf(event, act.content.reason, false) }));
			return letIn(state, act.content.measure);
		case 'moderation.appeal':
			return change(state, act.content.measure, () => ({ appeal: { id, text: act.content.text, time, decision: null } }));
		case 'moderation.decide':
			change(state, act.content.measure, (measure) => decided(measure, event, act.content));
			return letIn(state, act.content.measure);
		default:
	}
}

const madeBy = (act: Act, id: Hash): Hash | null => (kindOf(act) ? id : null);

const KINDS: Partial<Record<Act['type'], MeasureKind>> = {
	'moderation.reword': 'reword',
	'moderation.hide': 'hide',
	'moderation.keep-out': 'keep-out',
	'moderation.silence': 'silence',
	'moderation.slow': 'slow',
	'moderation.approval': 'approval',
};
const kindOf = ({ type }: Act): MeasureKind | null => KINDS[type] ?? null;

function measureOf(kind: MeasureKind, event: VerifiedEvent, { content }: Act, { author }: Written): Measure {
	const { id, author: by, role, time, position } = event;
	const stream = 'stream' in content ? content.stream : event.stream;
	const post = 'post' in content ? content.post : null;
	const posted = post && author(stream, post);
	return {
		id,
		kind,
		by,
		role,
		time,
		position,
		reason: 'reason' in content ? content.reason : '',
		stream,
		post,
		concerns: posted && { account: posted.account, role: posted.role },
		until: 'days' in content ? time + content.days * DAY : null,
		seconds: 'seconds' in content ? content.seconds : null,
		lifted: null,
		appeal: null,
	};
}

function change({ measures }: Working, id: Hash, changed: (measure: Measure) => Partial<Measure>): void {
	const measure = measures.get(id);
	if (measure) measures.set(id, { ...measure, ...changed(measure) });
}

/** What should not have been kept out is among the others from then on. */
function letIn({ measures, admitted }: Working, id: Hash): void {
	const measure = measures.get(id);
	if (measure?.kind === 'keep-out' && measure.lifted && measure.post) admitted.add(measure.post);
}

const liftingOf = ({ author: by, time, position }: VerifiedEvent, reason: string, onAppeal: boolean): Lifting => ({
	by,
	time,
	position,
	reason,
	onAppeal,
});

function decided(measure: Measure, event: VerifiedEvent, { uphold, reason }: ContentOf<'moderation.decide'>): Partial<Measure> {
	const appeal = measure.appeal as Appeal;
	const decision = { by: event.author, time: event.time, upheld: uphold, reason };
	const isLifted = !uphold && isInForce(measure, event.time);
	return { appeal: { ...appeal, decision }, ...(isLifted ? { lifted: liftingOf(event, reason, true) } : {}) };
}

/** Threads in which something is in force now, for the head of a page. */
export function measuresOfThread({ measures }: Pick<Moderation, 'measures'>, stream: StreamId, kind: MeasureKind): Measure | null {
	return (
		[...measures.values()].findLast((measure) => measure.kind === kind && measure.stream === stream && measure.lifted === null) ?? null
	);
}

import type { Hash } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { listText, signatureText, withdrawalText } from '../publication/signed-text.ts';
import { actIn, type Act, type ContentOf } from './events.ts';
import { readText } from './round-text.ts';
import { readOrNull, refusalOf, type Held } from './rules.ts';
import { actorOf, signsFor, type SigningStanding } from './standing.ts';
import type { Done, Edition, Mark, Refused, Round, Signature, SignatureState, Statement } from './statement-types.ts';

/** How a stream is read. */
export interface Reading {
	readonly standing: SigningStanding;
	/** Names the stream: it stands in what is signed. */
	readonly stream: string;
	/** Whether the organisation's signature in an event holds; `undefined`: it is still being looked at (`checks.ts`). */
	holds(event: Hash): boolean | undefined;
	/** Own events that wait to be sent count, too: for showing. */
	readonly withWaiting?: boolean;
}

type Working = { -readonly [Field in keyof Statement]: Statement[Field] extends readonly (infer Item)[] ? Item[] : Statement[Field] };
type OwnAct = Exclude<Act, { type: 'statement.open' }>;

/**
 * Reads a statement's stream, in the server's order. What somebody had no right to do, or did too late, never happened;
 * `refused` tells of it.
 */
export function statementOf(stream: readonly StreamEvent[], reading: Reading): Statement {
	const state: Working = { round: null, signatures: [], marks: [], editions: [], refused: [] };
	const ordered = stream.filter((event): event is VerifiedEvent => event.verified).toSorted((one, other) => one.position - other.position);
	for (const event of ordered) {
		const act = actIn(event);
		const isCounted = reading.withWaiting || event.position !== Infinity;
		if (act && act.type !== 'statement.open' && isCounted) read(state, event, act, reading);
	}
	return state;
}

const doneBy = ({ id, author: by, time, position }: VerifiedEvent): Done => ({ id, by, time, position });

function read(state: Working, event: VerifiedEvent, act: OwnAct, reading: Reading): void {
	const held: Held = { statement: state, standing: reading.standing, stream: reading.stream };
	const rule = refusalOf(act, actorOf(event), held);
	if (rule === null) take(state, event, act, reading);
	else state.refused.push({ ...doneBy(event), type: act.type, rule } satisfies Refused);
}

function take(state: Working, event: VerifiedEvent, act: OwnAct, reading: Reading): void {
	const done = doneBy(event);
	switch (act.type) {
		case 'round.open':
			state.round = opened(done, act.content);
			return;
		case 'signature.give':
			return giveSignature(state, event, act.content, reading);
		case 'signature.second':
			return change(state.signatures, act.content.said, (one) => seconded(one, done));
		case 'signature.withdraw':
			return withdraw(state, event, act.content, reading);
		case 'withheld.keep':
		case 'withheld.drop':
			return mark(state, act.type, act.content.mark, done);
		case 'publication.propose':
			return propose(state, done, act.content);
		case 'publication.confirm':
			return change(state.editions, act.content.said, (edition) => ({ ...edition, confirmed: done }));
		default:
			if (state.round) state.round = changed(state.round, done, act);
	}
}

function opened(done: Done, { text: bytes, document, order, sealed, closes }: ContentOf<'round.open'>): Round | null {
	const read = readText(bytes);
	const seeds = sealed === null ? [] : [{ by: done.by, sealed, seed: null }];
	return read && { ...done, ...read, bytes, document, order, closes, extensions: [], seeds, ended: null };
}

function changed(round: Round, done: Done, act: Extract<OwnAct, { type: `round.${string}` | `order.${string}` }>): Round {
	switch (act.type) {
		case 'order.seal':
			return { ...round, seeds: [...round.seeds, { by: done.by, sealed: act.content.sealed, seed: null }] };
		case 'order.open':
			return { ...round, seeds: round.seeds.map((one) => (one.by === done.by ? { ...one, seed: act.content.seed } : one)) };
		case 'round.extend':
			return { ...round, closes: act.content.closes, extensions: [...round.extensions, { ...done, ...act.content }] };
		case 'round.end':
			return { ...round, ended: done };
		case 'round.open':
			return round;
	}
}

function giveSignature(state: Working, event: VerifiedEvent, content: ContentOf<'signature.give'>, { standing, holds }: Reading): void {
	const organisation = signsFor(actorOf(event), standing);
	const said = readOrNull(signatureText, content.file);
	if (!organisation || !said) return;
	const complete: SignatureState = standing.asksForTwo(organisation, event) ? 'waits-for-second' : 'standing';
	const isHeld = holds(event.id);
	const stands: SignatureState = isHeld ? complete : isHeld === undefined ? 'checking' : 'false';
	state.signatures.push({ ...doneBy(event), ...content, organisation, said, state: stands, second: null, withdrawal: null });
}

const seconded = (one: Signature, done: Done): Signature => ({
	...one,
	second: done,
	state: one.state === 'waits-for-second' ? 'standing' : one.state,
});

function withdraw(state: Working, event: VerifiedEvent, content: ContentOf<'signature.withdraw'>, { holds }: Reading): void {
	const { said: id, ...signed } = content;
	const said = readOrNull(withdrawalText, signed.file);
	// The representative's own signature on the event is enough to take a name away: nobody is kept on a list by a doubt.
	if (said && holds(event.id) !== false)
		change(state.signatures, id, (one): Signature => ({ ...one, state: 'withdrawn', withdrawal: { ...doneBy(event), ...signed, said } }));
}

function mark(state: Working, type: 'withheld.keep' | 'withheld.drop', name: Hash, { by, time }: Done): void {
	const known = state.marks.find((one) => one.mark === name);
	const others = (known?.keepers ?? []).filter((keeper) => keeper !== by);
	const rest = state.marks.filter((one) => one.mark !== name);
	const isKept = type === 'withheld.keep';
	const now: Mark = { mark: name, keepers: isKept ? [...others, by] : others, dropped: isKept ? (known?.dropped ?? null) : time };
	state.marks = [...rest, now];
}

/** One that nobody has confirmed makes room for the next. */
function propose(state: Working, done: Done, { address, list: file, signature, digest }: ContentOf<'publication.propose'>): void {
	const list = readOrNull(listText, file);
	if (!list) return;
	const edition: Edition = { ...done, address, list, file, signature, digest, confirmed: null };
	state.editions = [...state.editions.filter(({ confirmed }) => confirmed), edition];
}

function change<Item extends { readonly id: Hash }>(list: Item[], id: Hash, to: (item: Item) => Item): void {
	const place = list.findIndex((item) => item.id === id);
	const item = list[place];
	if (item) list[place] = to(item);
}

import type { AccountId, EnvelopeId, Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { eraAt, termAt } from '../chain/roster.ts';
import type { World } from '../chain/world.ts';
import { openEvent, readEnvelope } from '../log/envelope.ts';
import { checkSignatures } from '../crypto/verify.ts';
import { checkOfEvent, decodeEvent, withoutText, type SignedEvent } from '../log/event.ts';
import { StreamHistory } from '../log/history.ts';
import { checkAuthorship } from '../log/rules.ts';
import { isProblem, Problem } from '../problem.ts';
import { serialQueue } from './queue.ts';
import type { StreamEvent, VerifiedEvent } from './types.ts';

/** So many are opened, and their signatures sent away, at a time. */
const AT_ONCE = 100;

/** An envelope as it lies in the store or comes from the server. `position: null`: not acknowledged yet. */
export interface Arrival {
	readonly id: EnvelopeId;
	readonly envelope: Uint8Array;
	readonly position: number | null;
	/** What this device kept when the text had had its time; the signature was checked before. */
	readonly erased?: SignedEvent;
	/** Why its place alone forbids it. */
	readonly problem?: Problem;
}

/** An arrival whose signature and authorship hold, or why they do not. */
type Opened =
	| { readonly arrival: Arrival; readonly event: SignedEvent }
	| { readonly arrival: Arrival; readonly problem: Problem }
	| { readonly arrival: Arrival; readonly closed: true };

/** The last thing somebody wrote: when, and on which place of the roster. */
export interface Witness {
	readonly time: number;
	readonly roster: number;
}

/** What a stream needs of its surroundings to open events. */
export interface Reader {
	readonly world: World;
	/** This generation was never for us: this person came later, where history is closed. */
	isClosed(generation: number): boolean;
	/** @throws Problem `wrong-key` */
	streamKey(stream: StreamId, generation: number): Promise<CryptoKey>;
	/** Signatures that were checked on this device before. */
	wasVerified(id: Hash): boolean;
}

export interface Refusal {
	readonly arrival: Arrival;
	readonly problem: Problem;
}

/** One stream on this device: its history, and what a view shows of it. */
export class Stream {
	readonly history = new StreamHistory();
	/** Opened by one after another, whoever asks. */
	readonly inTurn = serialQueue();
	readonly #space: SpaceId;
	readonly #id: StreamId;
	/** Events of other people here: who wrote lately on which state. */
	readonly witnesses = new Map<AccountId, Witness>();
	readonly #shown = new Map<EnvelopeId, StreamEvent>();
	#view: readonly StreamEvent[] | null = null;

	constructor(space: SpaceId, id: StreamId) {
		this.#space = space;
		this.#id = id;
	}

	/** In the server's order, own waiting events last. The same array until something changes. */
	get view(): readonly StreamEvent[] {
		this.#view ??= [...this.#shown.values()].sort((a, b) => a.position - b.position);
		return this.#view;
	}

	/** An own event came back with its place. */
	acknowledge(id: EnvelopeId, position: number): void {
		const event = this.#shown.get(id);
		if (!event || event.position === position) return;
		this.#show(id, event.verified ? { ...event, waiting: false, position } : { ...event, position });
	}

	/** An own waiting event was sealed anew: it goes by another name now. */
	rename(before: EnvelopeId, after: EnvelopeId): void {
		const event = this.#shown.get(before);
		if (!event) return;
		this.#shown.delete(before);
		this.#show(after, event.verified ? event : { ...event, id: after });
	}

	/** Opens, checks and takes what arrived, in order; what fails is shown as such and answered. */
	async take(arrivals: readonly Arrival[], reader: Reader): Promise<{ verified: readonly Hash[]; refused: readonly Refusal[] }> {
		const opened = await this.#openAll(arrivals, reader);
		const verified: Hash[] = [];
		const refused: Refusal[] = [];
		for (const entry of opened) {
			const problem = this.#admit(entry, reader.world);
			if (problem) refused.push({ arrival: entry.arrival, problem });
			else if ('event' in entry) verified.push(entry.event.id);
		}
		return { verified, refused };
	}

	/** False when judging the arrival needs chains or keys that are not here yet. */
	async reaches(arrival: Arrival, reader: Reader): Promise<boolean> {
		const [opened] = await this.#openAll([arrival], reader);
		return opened === undefined || !('problem' in opened) || !isProblem(opened.problem, 'unknown-sender', 'wrong-key');
	}

	/** False for an own event from before, when this device has lost what it stands on: taken now, it would stay refused. */
	async isGroundOf(arrival: Arrival, reader: Reader): Promise<boolean> {
		const [opened] = await this.#openAll([arrival], reader);
		return opened !== undefined && 'event' in opened && this.history.isGroundOf(opened.event);
	}

	/** Shows an own event that was just signed. */
	addOwn(id: EnvelopeId, event: SignedEvent, world: World): void {
		const { era, role } = standingOf(event, world);
		this.history.admit(event, era);
		this.#show(id, shownOf(event, role, null));
	}

	/** Of events whose text has had its time nothing is shown but that they were there. */
	forget(ids: ReadonlySet<Hash>): void {
		for (const [id, event] of this.#shown) {
			if (event.verified && ids.has(event.id)) this.#show(id, { ...event, content: withoutText(event.content) });
		}
	}

	/** The signatures of some are checked, elsewhere if possible, while the next are opened. */
	async #openAll(arrivals: readonly Arrival[], reader: Reader): Promise<readonly Opened[]> {
		const judged: Promise<readonly Opened[]>[] = [];
		for (let start = 0; start < arrivals.length; start += AT_ONCE) {
			const some = arrivals.slice(start, start + AT_ONCE);
			const opened = await Promise.all(some.map((arrival) => this.#open(arrival, reader)));
			judged.push(withoutForged(opened, reader));
		}
		return (await Promise.all(judged)).flat();
	}

	/** Everything but the signature. */
	async #open(arrival: Arrival, reader: Reader): Promise<Opened> {
		try {
			if (arrival.problem) throw arrival.problem;
			const { erased } = arrival;
			if (erased) {
				checkAuthorship(erased, { space: this.#space, stream: this.#id, generation: erased.generation }, reader.world);
				return { arrival, event: erased };
			}
			const envelope = readEnvelope(arrival.envelope);
			if (reader.isClosed(envelope.generation)) return { arrival, closed: true };
			const key = await reader.streamKey(this.#id, envelope.generation);
			const event = await decodeEvent(await openEvent(key, envelope, this.#space, this.#id));
			checkAuthorship(event, { space: this.#space, stream: this.#id, generation: envelope.generation }, reader.world);
			return { arrival, event };
		} catch (error) {
			return { arrival, problem: isProblem(error) ? error : new Problem('malformed') };
		}
	}

	#admit(opened: Opened, world: World): Problem | null {
		const { arrival } = opened;
		try {
			if ('closed' in opened) {
				this.history.beginLater();
				return null;
			}
			if ('problem' in opened) throw opened.problem;
			const { era, role } = standingOf(opened.event, world);
			this.history.admit(opened.event, era);
			this.#witness(opened.event);
			this.#show(arrival.id, shownOf(opened.event, role, arrival.position));
			return null;
		} catch (error) {
			const problem = isProblem(error) ? error : new Problem('malformed');
			const { id, position } = arrival;
			this.#show(id, { verified: false, id, stream: this.#id, reason: problem.code, position: position ?? Infinity });
			return problem;
		}
	}

	#witness({ author, time, chain }: SignedEvent): void {
		const before = this.witnesses.get(author);
		if (!before || time >= before.time) this.witnesses.set(author, { time, roster: chain.seq });
	}

	#show(id: EnvelopeId, event: StreamEvent): void {
		this.#shown.set(id, event);
		this.#view = null;
	}
}

/** The last word of each person in any of them. */
export function lastWitnesses(streams: readonly Stream[]): ReadonlyMap<AccountId, Witness> {
	const last = new Map<AccountId, Witness>();
	for (const { witnesses } of streams) {
		for (const [account, witness] of witnesses) if (witness.time >= (last.get(account)?.time ?? 0)) last.set(account, witness);
	}
	return last;
}

/** What nobody signed is no event. */
async function withoutForged(opened: readonly Opened[], reader: Reader): Promise<readonly Opened[]> {
	const fresh = opened.flatMap((entry) =>
		'event' in entry && !entry.arrival.erased && !reader.wasVerified(entry.event.id) ? [entry.event] : [],
	);
	const holds = await checkSignatures(fresh.map(checkOfEvent));
	const forged = new Set(fresh.filter((_, place) => !holds[place]));
	return opened.map((entry) =>
		'event' in entry && forged.has(entry.event) ? { arrival: entry.arrival, problem: new Problem('tampered') } : entry,
	);
}

/** From where frontiers count, and what the author was, at the place of the roster that an event cites. */
function standingOf({ space, chain, author, time }: SignedEvent, { rosters }: World): { era: number; role: Role } {
	const roster = rosters.get(space);
	return { era: roster ? eraAt(roster, chain.seq) : 1, role: (roster && termAt(roster, author, chain.seq, time)?.role) ?? 'observer' };
}

function shownOf(event: SignedEvent, role: Role, position: number | null): VerifiedEvent {
	const { id, stream, generation, type, author, voice, device, time, content } = event;
	return {
		verified: true,
		id,
		stream,
		generation,
		type,
		author,
		voice,
		role,
		directory: event.directory.seq,
		parents: event.parents,
		device,
		time,
		content,
		waiting: position === null,
		position: position ?? Infinity,
	};
}

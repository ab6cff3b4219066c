import { concatBytes, uint64 } from '../bytes/bytes.ts';
import { idBytes, idOf, type DeviceId, type Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';
import { MOST_PARENTS, type Frontier, type SignedEvent } from './event.ts';

/** What later events are held against. Nothing else of an event is kept: not what it said, nor its bytes. */
interface Entry extends Pick<SignedEvent, 'id' | 'parents' | 'device' | 'devSeq' | 'devPrev' | 'generation'> {
	/** Places of the chains that it cites. */
	readonly roster: number;
	readonly directory: number;
	readonly log: number;
	/** Heads of the stream once this event was in. */
	readonly heads: readonly Hash[];
}

/** Events from one generation on: how many, and the last of each device. */
interface Era {
	count: number;
	readonly tips: Map<DeviceId, DeviceTip>;
}

interface DeviceTip {
	readonly seq: number;
	readonly id: Hash;
}

/**
 * What one stream holds: a graph of events that cite their parents. Refuses gaps, repetitions and events
 * whose author saw something else than we did, so that nothing disappears silently.
 */
export class StreamHistory {
	readonly #entries: Entry[] = [];
	readonly #places = new Map<Hash, number>();
	readonly #tips = new Map<DeviceId, DeviceTip>();
	#heads: readonly Hash[] = [];
	/** What was here before was never for us: events may stand on some that we cannot know. */
	#beginsLater = false;
	/** What was written since history was closed, for each generation that closed it, as far as it was asked for. */
	readonly #eras = new Map<number, Era>();

	get size(): number {
		return this.#entries.length;
	}

	/** Says that events of this stream are closed to this person: it came later, where history is closed. */
	beginLater(): void {
		this.#beginsLater = true;
	}

	has(id: Hash): boolean {
		return this.#places.has(id);
	}

	/** Whether what an event stands on is here. */
	isGroundOf({ parents, device, devSeq }: SignedEvent): boolean {
		return parents.every((parent) => this.has(parent)) && devSeq === (this.#tips.get(device)?.seq ?? 0) + 1;
	}

	/**
	 * What the next event of `device` must cite.
	 * @param era generation since which the frontier counts: the last one that closed history
	 */
	next(device: DeviceId, era = 1): { parents: readonly Hash[]; devSeq: number; devPrev: Hash | null; frontier: Frontier } {
		const tip = this.#tips.get(device);
		const parents = this.#parentsAfter(tip);
		return {
			parents,
			devSeq: (tip?.seq ?? 0) + 1,
			devPrev: tip?.id ?? null,
			frontier: this.#frontierWithout(this.#unseenFrom(parents), era),
		};
	}

	/**
	 * Takes an event whose authorship and signature have been checked.
	 * @param era as its author had to count: the last generation that closed history at the roster it cites
	 * @throws Problem `stale` (already here), `not-allowed` with the rule that refused
	 */
	admit(event: SignedEvent, era = 1): void {
		if (this.has(event.id)) throw new Problem('stale');
		this.#checkSequence(event);
		refuseUnless('parents-are-known', this.#beginsLater || event.parents.every((parent) => this.has(parent)));
		const unseen = this.#unseenFrom(event.parents);
		// Otherwise one device could grow heads without end, and every event after would cost more.
		refuseUnless('device-continues-its-own-line', event.devPrev === null || !unseen.has(event.devPrev));
		this.#checkCites(event);
		const { count, digest } = this.#frontierWithout(unseen, era);
		refuseUnless('frontier-is-ours', count === event.frontier.count && digest === event.frontier.digest);
		this.#add(event);
	}

	/** The newest heads; with more of them than an event can cite, at least the device's own line. */
	#parentsAfter(tip: DeviceTip | undefined): readonly Hash[] {
		const newest = this.#heads.slice(-MOST_PARENTS);
		if (!tip || this.#heads.length <= MOST_PARENTS || !this.#unseenFrom(newest).has(tip.id)) return newest;
		return [tip.id, ...newest.slice(1)];
	}

	/** Who has seen an event knows the chains it stands on: a lost role does not come back by an older cite. */
	#checkCites(event: SignedEvent): void {
		const roster = event.parents.every((parent) => citesNoMore(this.#entryOf(parent), event));
		const log = event.devPrev === null || (this.#entryOf(event.devPrev)?.log ?? 0) <= event.log.seq;
		refuseUnless('cites-never-go-back', roster && log);
	}

	#checkSequence(event: SignedEvent): void {
		const tip = this.#tips.get(event.device);
		if (this.#beginsLater && !tip) return;
		const expected = (tip?.seq ?? 0) + 1;
		refuseUnless('device-sequence-has-no-repetition', event.devSeq >= expected);
		refuseUnless('device-sequence-has-no-gap', event.devSeq === expected && event.devPrev === (tip?.id ?? null));
	}

	#add(event: SignedEvent): void {
		const parents = new Set(event.parents);
		this.#heads = [...this.#heads.filter((head) => !parents.has(head)), event.id];
		this.#places.set(event.id, this.#entries.length);
		this.#entries.push(this.#entry(event));
		const tip = { seq: event.devSeq, id: event.id };
		this.#tips.set(event.device, tip);
		for (const [since, era] of this.#eras) if (event.generation >= since) addTo(era, event.device, tip);
	}

	#entry({ id, parents, device, devSeq, devPrev, generation, chain, directory, log }: SignedEvent): Entry {
		const cites = { roster: chain.seq, directory: directory.seq, log: log.seq };
		return { id, parents, device, devSeq, devPrev, generation, ...cites, heads: this.#heads };
	}

	#entryOf(id: Hash): Entry | undefined {
		return this.#entries[this.#places.get(id) ?? -1];
	}

	/** What is here but `unseen`, of what was written since history was last closed: what newcomers can count too. */
	#frontierWithout(unseen: ReadonlySet<Hash>, since: number): Frontier {
		const era = since === 1 ? { count: this.size, tips: this.#tips } : this.#era(since);
		if (unseen.size === 0) return { count: era.count, digest: digestOf(era.tips) };
		const missing = since === 1 ? unseen.size : [...unseen].filter((id) => this.#isOf(id, since)).length;
		return { count: era.count - missing, digest: digestOf(this.#tipsWithout(unseen, era.tips, since)) };
	}

	#era(since: number): Era {
		const known = this.#eras.get(since);
		if (known) return known;
		const era: Era = { count: 0, tips: new Map() };
		for (const { generation, device, devSeq, id } of this.#entries) if (generation >= since) addTo(era, device, { seq: devSeq, id });
		this.#eras.set(since, era);
		return era;
	}

	#isOf = (id: Hash, since: number): boolean => (this.#entryOf(id)?.generation ?? 0) >= since;

	/**
	 * Events that are not ancestors of `parents` nor one of them. Walks back from the newest and stops where
	 * everything older is covered, so that the usual case (parents are the heads) costs nothing.
	 */
	#unseenFrom(parents: readonly Hash[]): ReadonlySet<Hash> {
		const seen = new Set(parents);
		const unseen = new Set<Hash>();
		for (let place = this.#entries.length - 1; place >= 0; place--) {
			const entry = this.#entries[place];
			if (!entry || entry.heads.every((head) => seen.has(head))) break;
			if (seen.has(entry.id)) for (const parent of entry.parents) seen.add(parent);
			else unseen.add(entry.id);
		}
		return unseen;
	}

	#tipsWithout(unseen: ReadonlySet<Hash>, all: ReadonlyMap<DeviceId, DeviceTip>, since: number): ReadonlyMap<DeviceId, DeviceTip> {
		const tips = new Map<DeviceId, DeviceTip>();
		for (const [device, tip] of all) {
			let last: DeviceTip | null = tip;
			while (last && unseen.has(last.id)) last = this.#before(last);
			if (last && (since === 1 || this.#isOf(last.id, since))) tips.set(device, last);
		}
		return tips;
	}

	#before(tip: DeviceTip): DeviceTip | null {
		const { devPrev = null } = this.#entryOf(tip.id) ?? {};
		return devPrev === null ? null : { seq: tip.seq - 1, id: devPrev };
	}
}

function citesNoMore(parent: Entry | undefined, event: SignedEvent): boolean {
	return !parent || (parent.roster <= event.chain.seq && parent.directory <= event.directory.seq);
}

function addTo(era: Era, device: DeviceId, tip: DeviceTip): void {
	era.count++;
	era.tips.set(device, tip);
}

/** SHA-256 over every device's last sequence and event, in the order of device ids. */
function digestOf(tips: ReadonlyMap<DeviceId, DeviceTip>): Hash {
	const devices = [...tips.keys()].sort();
	const parts = devices.map((device) => {
		const tip = tips.get(device);
		return tip ? concatBytes(idBytes(device), uint64(tip.seq), idBytes(tip.id)) : new Uint8Array();
	});
	return idOf<Hash>(hash('frontier', ...parts));
}

function refuseUnless(rule: string, holds: boolean): asserts holds {
	if (!holds) throw new Problem('not-allowed', { rule });
}

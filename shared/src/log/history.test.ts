import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { idBytes, idOf, type DeviceId, type Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { refusalOf } from '../testing/refusal.ts';
import { MOST_PARENTS, type SignedEvent } from './event.ts';
import { StreamHistory } from './history.ts';

type Placed = Pick<SignedEvent, 'id' | 'parents' | 'device' | 'devSeq' | 'devPrev' | 'frontier' | 'chain' | 'directory' | 'log'>;

const named = <T extends string>(name: string): T => idOf<T>(hash('event', utf8(name)));
const NOWHERE = { seq: 0, head: named<Hash>('head') };
const admit = (history: StreamHistory, event: Placed) => history.admit(event as SignedEvent);
const refusal = (history: StreamHistory, event: Placed) => refusalOf(() => admit(history, event));

/** A device with what it has seen, in the order it saw it. */
class Device {
	readonly id: DeviceId;
	readonly history = new StreamHistory();
	readonly seen: Placed[] = [];

	constructor(name: string) {
		this.id = named<DeviceId>(name);
	}

	next(changes: Partial<Placed> = {}): Placed {
		const next = this.history.next(this.id);
		const event = { device: this.id, chain: NOWHERE, directory: NOWHERE, log: NOWHERE, ...next, ...changes };
		const id = idOf<Hash>(hash('event', encodeCbor([event.device, event.devSeq, [...event.parents], event.chain.seq])));
		return { id, ...event };
	}

	write(changes: Partial<Placed> = {}): Placed {
		return this.take(this.next(changes));
	}

	take(event: Placed): Placed {
		admit(this.history, event);
		this.seen.push(event);
		return event;
	}

	/** Takes the first `most` events of another device that are new here. */
	pull(other: Device, most = Infinity): void {
		for (const event of other.seen.filter(({ id }) => !this.history.has(id)).slice(0, most)) {
			const ready = [...event.parents, ...(event.devPrev ? [event.devPrev] : [])].every((id) => this.history.has(id));
			if (ready) this.take(event);
		}
	}
}

/** The frontier as the protocol says it: every ancestor counted, the last place of each device hashed. */
function frontierByBruteForce(all: ReadonlyMap<Hash, Placed>, parents: readonly Hash[]): { count: number; digest: Hash } {
	const ancestors = new Set<Hash>();
	const open = [...parents];
	for (let id = open.pop(); id; id = open.pop()) {
		if (ancestors.has(id)) continue;
		ancestors.add(id);
		open.push(...(all.get(id)?.parents ?? []));
	}
	const last = new Map<DeviceId, Placed>();
	for (const event of all.values()) {
		if (ancestors.has(event.id) && event.devSeq > (last.get(event.device)?.devSeq ?? 0)) last.set(event.device, event);
	}
	const parts = [...last.keys()].sort().map((device) => {
		const { devSeq, id } = last.get(device) as Placed;
		return concatBytes(idBytes(device), eightBytes(devSeq), idBytes(id));
	});
	return { count: ancestors.size, digest: idOf<Hash>(hash('frontier', ...parts)) };
}

function eightBytes(number: number): Uint8Array {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
	return bytes;
}

type Step =
	| { readonly kind: 'write'; readonly by: number }
	| { readonly kind: 'pull'; readonly by: number; readonly from: number; readonly most: number };

const steps = (devices: number): fc.Arbitrary<readonly Step[]> => {
	const device = fc.nat({ max: devices - 1 });
	const write = fc.record({ kind: fc.constant('write' as const), by: device });
	const pull = fc.record({ kind: fc.constant('pull' as const), by: device, from: device, most: fc.integer({ min: 1, max: 12 }) });
	return fc.array(fc.oneof({ arbitrary: write, weight: 3 }, { arbitrary: pull, weight: 2 }), { minLength: 1, maxLength: 70 });
};

function play(devices: readonly Device[], story: readonly Step[]): Map<Hash, Placed> {
	const all = new Map<Hash, Placed>();
	for (const step of story) {
		const device = devices[step.by] as Device;
		if (step.kind === 'pull') device.pull(devices[step.from] as Device, step.most);
		else {
			const event = device.write();
			all.set(event.id, event);
		}
	}
	return all;
}

/** One of the orders in which everything comes after what it cites, chosen by `choices`. */
function parentsFirst(all: ReadonlyMap<Hash, Placed>, choices: readonly number[]): readonly Placed[] {
	const rest = [...all.values()];
	const done = new Set<Hash>();
	const ordered: Placed[] = [];
	while (rest.length > 0) {
		const ready = rest.filter(({ parents, devPrev }) => parents.every((id) => done.has(id)) && (devPrev === null || done.has(devPrev)));
		const event = ready[(choices[ordered.length % choices.length] ?? 0) % ready.length] as Placed;
		rest.splice(rest.indexOf(event), 1);
		done.add(event.id);
		ordered.push(event);
	}
	return ordered;
}

describe('the frontier of an event', () => {
	const devicesOf = (count: number) => Array.from({ length: count }, (_, place) => new Device(`device ${place}`));

	test.each([2, 5, 12])('is what its author had seen, however %i devices write and read', (count) => {
		const property = fc.property(steps(count), (story) => {
			const all = play(devicesOf(count), story);
			for (const event of all.values()) expect(event.frontier).toEqual(frontierByBruteForce(all, event.parents));
		});
		fc.assert(property, { numRuns: 100 });
	});

	test.each([2, 5, 12])('is the same for a reader who gets the events of %i devices in any order, parents first', (count) => {
		const choices = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });
		const property = fc.property(steps(count), choices, (story, order) => {
			const all = play(devicesOf(count), story);
			const reader = new StreamHistory();
			for (const event of parentsFirst(all, order)) admit(reader, event);
			expect(reader.size).toBe(all.size);
		});
		fc.assert(property, { numRuns: 100 });
	});
});

describe('a stream with more heads than an event can cite', () => {
	const crowd = 20;
	const apart = () => {
		const devices = Array.from({ length: crowd }, (_, place) => new Device(`device ${place}`));
		for (const device of devices) device.write();
		return devices;
	};

	test('is brought together again by whoever writes next', () => {
		const devices = apart();
		const [reader] = devices as [Device];
		for (const device of devices) reader.pull(device);
		for (let written = 0; written < 3; written++) {
			const event = reader.write();
			expect(event.parents.length).toBeLessThanOrEqual(MOST_PARENTS);
		}
		expect(reader.next().parents).toHaveLength(1);
		expect(reader.next().frontier.count).toBe(crowd + 3);
	});

	test('never makes a device leave its own line', () => {
		const devices = apart();
		const [first] = devices as [Device];
		for (const device of devices.slice(1)) first.pull(device);
		const event = first.write();
		expect(event.parents).toContain(event.devPrev);
	});
});

describe('a history refuses', () => {
	const pair = () => {
		const [alice, bob] = [new Device('Alice'), new Device('Bob')];
		bob.take(alice.write());
		alice.take(bob.write());
		return { alice, bob };
	};

	test('an event that is already there', async () => {
		const { alice, bob } = pair();
		expect(await refusal(alice.history, bob.seen[1] as Placed)).toBe('stale');
	});

	test('a gap in what a device wrote', async () => {
		const { alice, bob } = pair();
		alice.write();
		const second = alice.write();
		expect(await refusal(bob.history, second)).toBe('device-sequence-has-no-gap');
	});

	test('a device that says two things in one place', async () => {
		const { alice, bob } = pair();
		const twin = bob.next({ id: named('twin') });
		alice.take(bob.write());
		expect(await refusal(alice.history, twin)).toBe('device-sequence-has-no-repetition');
	});

	test('a device that begins anew, or denies its event before', async () => {
		const { alice, bob } = pair();
		expect(await refusal(alice.history, bob.next({ devSeq: 1, devPrev: null }))).toBe('device-sequence-has-no-repetition');
		expect(await refusal(alice.history, bob.next({ devPrev: named('other') }))).toBe('device-sequence-has-no-gap');
		expect(await refusal(alice.history, bob.next({ devPrev: null }))).toBe('device-sequence-has-no-gap');
	});

	test('a parent that the server dropped', async () => {
		const { alice, bob } = pair();
		const carol = new Device('Carol');
		carol.pull(alice);
		const dropped = alice.write();
		bob.take(dropped);
		expect(await refusal(carol.history, bob.write())).toBe('parents-are-known');
	});

	test('a frontier that is not what its parents say, larger or smaller', async () => {
		const { alice, bob } = pair();
		const { frontier } = bob.next();
		expect(await refusal(alice.history, bob.next({ frontier: { ...frontier, count: frontier.count + 1 } }))).toBe('frontier-is-ours');
		expect(await refusal(alice.history, bob.next({ frontier: { ...frontier, count: 0 } }))).toBe('frontier-is-ours');
		expect(await refusal(alice.history, bob.next({ frontier: { ...frontier, digest: named('other') } }))).toBe('frontier-is-ours');
	});

	test('a view in which another event of the same device stands', async () => {
		const { alice, bob } = pair();
		const carol = new Device('Carol');
		carol.pull(bob);
		// Two servers, two truths: Alice's device was made to write twice from the same place.
		const shown = alice.next();
		const hidden = alice.next({ id: named('hidden') });
		bob.take(hidden);
		carol.take(shown);
		expect(hidden.devSeq).toBe(shown.devSeq);
		expect(await refusal(carol.history, bob.write())).toBe('parents-are-known');
	});

	test('a device that leaves its own line, so that heads cannot grow without end', async () => {
		const { alice, bob } = pair();
		const [root] = alice.seen as [Placed];
		const rootless = { parents: [], frontier: frontierByBruteForce(new Map(), []) };
		expect(await refusal(alice.history, bob.next(rootless))).toBe('device-continues-its-own-line');
		const sideways = { parents: [root.id], frontier: frontierByBruteForce(new Map([[root.id, root]]), [root.id]) };
		expect(await refusal(alice.history, bob.next(sideways))).toBe('device-continues-its-own-line');
	});

	test('cites of the chains that go back behind what the author has seen', async () => {
		const { alice, bob } = pair();
		bob.take(alice.write({ chain: { ...NOWHERE, seq: 5 } }));
		expect(await refusal(alice.history, bob.next({ chain: { ...NOWHERE, seq: 4 } }))).toBe('cites-never-go-back');
		alice.take(bob.write({ chain: { ...NOWHERE, seq: 5 }, log: { ...NOWHERE, seq: 3 } }));
		const later = { chain: { ...NOWHERE, seq: 5 } };
		expect(await refusal(alice.history, bob.next({ ...later, log: { ...NOWHERE, seq: 2 } }))).toBe('cites-never-go-back');
		expect(await refusal(alice.history, bob.next({ ...later, log: { ...NOWHERE, seq: 3 } }))).toBe('accepted');
	});
});

import type { DeviceId, Hash } from '../../bytes/ids.ts';
import type { VerifiedEvent } from '../../client/types.ts';

interface Place {
	readonly device: number;
	/** Which one of this device, from 1. */
	readonly seq: number;
	/** How many of each other device it stands on. */
	readonly seen: Uint32Array;
}

const NOTHING = new Uint32Array(0);

/**
 * Who knew of what: whether one event of a stream stands on another. It follows from what events cite alone, so that it
 * is the same for every reader, whatever arrived first.
 */
export class Lineage {
	readonly #places = new Map<Hash, Place>();
	readonly #devices = new Map<DeviceId, number>();
	/** How many of each device are here. */
	readonly #counts: number[] = [];
	#heads: readonly Hash[] = [];

	/** The last events, which none of the others stands on. */
	get heads(): readonly Hash[] {
		return this.#heads;
	}

	has(id: Hash): boolean {
		return this.#places.has(id);
	}

	/** Events in an order in which none comes before what it stands on: that of a stream. */
	add({ id, device: name, parents }: Pick<VerifiedEvent, 'id' | 'device' | 'parents'>): void {
		const device = this.#devices.get(name) ?? this.#devices.size;
		this.#devices.set(name, device);
		const seq = (this.#counts[device] ?? 0) + 1;
		this.#counts[device] = seq;
		this.#places.set(id, { device, seq, seen: this.#seenBy(device, parents) });
		this.#heads = [...this.#heads.filter((head) => !parents.includes(head)), id];
	}

	/** Whether `later` is `earlier`, or stands on it. */
	standsOn(later: Hash, earlier: Hash): boolean {
		const [above, below] = [this.#places.get(later), this.#places.get(earlier)];
		if (!above || !below) return false;
		return above.device === below.device ? below.seq <= above.seq : (above.seen[below.device] ?? 0) >= below.seq;
	}

	/** Whether it stands on everything that is here. */
	standsOnAll(id: Hash): boolean {
		return this.#heads.every((head) => this.standsOn(id, head));
	}

	/** Whether one of them is it, or stands on it. */
	isWithin(heads: readonly Hash[], id: Hash): boolean {
		return heads.some((head) => this.standsOn(head, id));
	}

	#seenBy(device: number, parents: readonly Hash[]): Uint32Array {
		const known = parents.flatMap((parent) => this.#places.get(parent) ?? []);
		const [only] = known;
		if (!only) return NOTHING;
		// Who goes on typing has seen what it had seen before.
		if (known.length === 1 && only.device === device) return only.seen;
		const seen = new Uint32Array(this.#devices.size);
		for (const parent of known) {
			for (const [other, count] of parent.seen.entries()) seen[other] = Math.max(seen[other] ?? 0, count);
			seen[parent.device] = Math.max(seen[parent.device] ?? 0, parent.seq);
		}
		return seen;
	}
}

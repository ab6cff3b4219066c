import { idBytes, type Hash, type SpaceId, type StreamId } from '../bytes/ids.ts';
import type { Cbor } from '../bytes/cbor.ts';
import { roleOf } from '../chain/roster.ts';
import { ATTEST } from '../log/attest.ts';
import { isProblem } from '../problem.ts';
import type { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import type { Space } from './space.ts';
import type { Confirmation } from './types.ts';

const DAY = 24 * 60 * 60;
const WEEK = 7 * DAY;
/** So many people saying daily what they see are enough for all: more would only cost everybody bytes. */
const ENOUGH = 3;
/** Nothing newer than a week from fewer others than this: the server may be showing an old state. */
const LEAST = 2;
const SPREAD_MS = 60_000;

interface AttestingForum {
	readonly ports: Ports;
	readonly keys: Keys;
	readonly spaces: ReadonlyMap<SpaceId, Space>;
	append(space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash>;
}

/** Who else wrote or attested within a week on the state that is here. */
export function confirmationOf(space: Space, self: string, now: number, others: number): Confirmation {
	const recent = [...space.log.witnesses()].filter(([account, { time }]) => account !== self && time > now - WEEK);
	const isYoung = (space.roster?.terms.get(self as never)?.at(-1)?.since ?? now) > now - WEEK;
	// What is not opened yet may be as new as anything.
	const isRead = space.log.sleeping.length === 0;
	return { by: recent.length, stale: isRead && !isYoung && recent.length < Math.min(LEAST, others) };
}

/**
 * Once a day somebody says in each space how far the server has shown it, and as what: whoever is shown something else,
 * or nothing new at all, finds out.
 */
export class Attestations {
	readonly #forum: AttestingForum;
	readonly #timers = new Map<SpaceId, ReturnType<typeof setTimeout>>();

	constructor(forum: AttestingForum) {
		this.#forum = forum;
	}

	consider(): void {
		for (const space of this.#forum.spaces.values()) {
			if (!this.#timers.has(space.id) && this.#isDue(space)) this.#plan(space);
		}
	}

	stop(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#isDue(space: Space): boolean {
		const { keys, ports } = this.#forum;
		const now = Math.floor(ports.now() / 1000);
		const { roster } = space;
		if (!space.synchronised || !roster || roleOf(roster, keys.account, now) === null || space.writer.refusal(true) !== null) return false;
		const today = [...space.log.witnesses()].filter(([, { time }]) => time > now - DAY);
		return today.length < ENOUGH && !today.some(([account]) => account === keys.account);
	}

	#plan(space: Space): void {
		const run = () => {
			this.#timers.delete(space.id);
			if (this.#isDue(space)) void this.#attest(space);
		};
		this.#timers.set(space.id, setTimeout(run, Math.random() * SPREAD_MS));
	}

	async #attest(space: Space): Promise<void> {
		const { position, digest } = space.log.order.shown;
		const content = { position, digest: idBytes(digest) };
		await this.#forum.append(space.id, space.index, ATTEST, content).catch((error: unknown) => {
			if (!isProblem(error)) throw error;
		});
	}
}

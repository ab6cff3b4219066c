import type { SpaceId } from '../bytes/ids.ts';
import { generationAt, roleOf, type Roster } from '../chain/roster.ts';
import type { World } from '../chain/world.ts';
import { isProblem } from '../problem.ts';
import { rememberRotations, signerOf, type Membership } from './membership.ts';
import { addRotation, needsRenewal, type Rotation } from './rotation.ts';
import type { Space } from './space.ts';
import type { OnProgress } from './types.ts';

/** A space that is written in gets a new key this often even when nobody leaves. */
const SCHEDULED = 7 * 24 * 60 * 60;
/** Everybody's program would do it at once; who is first saves the others the work. */
const FIRST_MS = 500;
const SPREAD_MS = 400;
const LONGEST_SPREAD_MS = 20_000;
/** How far ahead the ends of guests' stays are waited for; further ones are seen at the next catch-up. */
const HORIZON = 24 * 60 * 60;

export interface RenewedForum extends Membership {
	readonly spaces: ReadonlyMap<SpaceId, Space>;
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	changed(): Promise<void>;
}

/**
 * Sees to it that whoever has left opens nothing that is written from then on: any member's program makes a
 * space's next key when it is needed, and once a week where something is written.
 */
export class Renewals {
	readonly #forum: RenewedForum;
	readonly #timers = new Map<SpaceId, ReturnType<typeof setTimeout>>();
	#stopped = false;

	constructor(forum: RenewedForum) {
		this.#forum = forum;
	}

	isNeeded(world: World, space: SpaceId): boolean {
		const roster = world.rosters.get(space);
		return roster !== undefined && needsRenewal(world, roster, this.#seconds());
	}

	/** Looks at every space: plans what has to be done, soon but not at the same moment as everybody else. */
	consider(): void {
		if (this.#stopped) return;
		for (const space of this.#forum.spaces.values()) this.#plan(space);
	}

	/** @throws Problem `offline`, `wrong-key` when this device has no key to hand on */
	async renew(space: SpaceId, onProgress?: OnProgress): Promise<void> {
		if (!this.#forum.spaces.get(space) || !this.#isDue(space)) return;
		let rotations: Rotation[] = [];
		await this.#forum.chains.commit(signerOf(this.#forum), async (stage) => {
			rotations = [await addRotation(stage, space, { ...this.#forum, onProgress })];
			return { wraps: rotations.flatMap(({ wraps }) => [...wraps]), publicKeys: [] };
		});
		await rememberRotations(this.#forum, rotations);
	}

	/** Every space that waits, one after another; what fails is left to the next time or to others. */
	async renewAll(onProgress?: OnProgress): Promise<void> {
		for (const space of this.#forum.spaces.keys()) {
			if (this.isNeeded(this.#forum.chains.world, space)) await this.renew(space, onProgress).catch(left);
		}
	}

	stop(): void {
		this.#stopped = true;
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#plan(space: Space): void {
		const { roster } = space;
		if (!roster || this.#timers.has(space.id)) return;
		if (this.#isDue(space.id)) this.#wait(space.id, FIRST_MS + Math.random() * Math.min(LONGEST_SPREAD_MS, SPREAD_MS * roster.terms.size));
		else this.#waitForGuests(roster);
	}

	#waitForGuests({ id, ends }: Roster): void {
		const now = this.#seconds();
		const next = Math.min(...ends.filter(({ until }) => until > now && until - now < HORIZON).map(({ until }) => until));
		if (Number.isFinite(next)) this.#wait(id, (next - now + 1) * 1000);
	}

	#wait(space: SpaceId, delay: number): void {
		const run = () => {
			this.#timers.delete(space);
			if (this.#stopped) return;
			void this.#forum
				.inTurn(() => this.renew(space))
				.then(() => this.#forum.changed())
				.catch(left);
		};
		this.#timers.set(space, setTimeout(run, delay));
	}

	#isDue(id: SpaceId): boolean {
		const { chains, keys, spaces } = this.#forum;
		const space = spaces.get(id);
		const roster = space?.roster;
		const role = roster && roleOf(roster, keys.account, Math.max(this.#seconds(), roster.time));
		if (!space?.synchronised || !roster || !role) return false;
		const last = generationAt(roster, roster.seq);
		const isOld = last !== null && this.#seconds() - last.time > SCHEDULED && space.log.order.hasWritingUnder(last.generation);
		return isOld || needsRenewal(chains.world, roster, this.#seconds());
	}

	#seconds(): number {
		return Math.floor(this.#forum.ports.now() / 1000);
	}
}

/** Somebody else was faster, or there is no line: the next look at the space decides. */
function left(error: unknown): void {
	if (!isProblem(error)) throw error;
}

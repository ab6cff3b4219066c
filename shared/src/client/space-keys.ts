import { equalBytes, type Bytes } from '../bytes/bytes.ts';
import type { SpaceId, StreamId } from '../bytes/ids.ts';
import { recipientKeyOf, type Roster, type Term } from '../chain/roster.ts';
import { streamKey } from '../log/envelope.ts';
import { Problem } from '../problem.ts';
import type { Chains } from './chains.ts';
import { commitmentOf, openBack, unwrapGeneration } from './generations.ts';
import type { Keys } from './keys.ts';
import { needsRenewal } from './rotation.ts';

/** What this needs of its space. */
export interface SpaceKeysParts {
	readonly chains: Pick<Chains, 'world'>;
	readonly keys: Keys;
	/** Notes what was found about a generation. */
	readonly report: (kind: 'wrap-refused' | 'key-missing', generation: number, error: unknown) => Promise<void>;
}

/** The keys of one space: which ones this person was ever meant to have, and whether those at hand are the true ones. */
export class SpaceKeys {
	readonly #id: SpaceId;
	readonly #parts: SpaceKeysParts;
	readonly #keys: Keys;
	readonly #streamKeys = new Map<string, Promise<CryptoKey>>();

	constructor(id: SpaceId, parts: SpaceKeysParts) {
		this.#id = id;
		this.#parts = parts;
		this.#keys = parts.keys;
	}

	/** This generation was never for us: this person came later, where history is closed. */
	isClosed(generation: number): boolean {
		return generation < this.#firstGeneration() && !this.#keys.generation(this.#id, generation);
	}

	/** @throws Problem `wrong-key` */
	streamKey(stream: StreamId, generation: number): Promise<CryptoKey> {
		const name = `${stream}/${generation}`;
		const known = this.#streamKeys.get(name);
		if (known) return known;
		const key = this.#keys.generation(this.#id, generation);
		if (!key) return Promise.reject(new Problem('wrong-key'));
		const derived = streamKey(key, this.#id, stream);
		this.#streamKeys.set(name, derived);
		return derived;
	}

	/** From which generation on the server has to be asked for wraps. */
	firstMissing(): number {
		const generations = this.#roster?.generations ?? [];
		const first = this.#firstGeneration();
		const missing = generations.find(({ generation }) => generation >= first && !this.#keys.generation(this.#id, generation));
		return missing?.generation ?? generations.length + 1;
	}

	/** Opens own wraps, holds each against its commitment, then walks the back links to older keys. */
	async takeWraps(wraps: readonly { generation: number; bytes: Uint8Array }[]): Promise<void> {
		const keys = this.#keys;
		const roster = this.#roster;
		if (!roster) return;
		for (const { generation, bytes } of wraps) {
			if (keys.generation(this.#id, generation)) continue;
			try {
				keys.learnGeneration(this.#id, generation, await this.#unwrap(bytes, roster, generation));
			} catch (error) {
				await this.#parts.report('wrap-refused', generation, error);
			}
		}
		await this.#walkBack(roster);
	}

	/** With the one key that the wrap must be for: another one of this person's may be in the hands of whoever has a lost device. */
	async #unwrap(bytes: Uint8Array, roster: Roster, generation: number): Promise<Bytes> {
		const log = this.#parts.chains.world.users.get(this.#keys.account);
		const entry = roster.generations.find((candidate) => candidate.generation === generation);
		const seed = log && entry && (await this.#keys.userKey(recipientKeyOf(roster, log, entry)));
		if (!seed) throw new Problem('wrong-key');
		return unwrapGeneration(seed, bytes, roster, generation);
	}

	/** Older keys from newer ones, as far as the space's history is open. */
	async #walkBack(roster: Roster): Promise<void> {
		const keys = this.#keys;
		for (const entry of roster.generations.toReversed()) {
			const key = keys.generation(this.#id, entry.generation);
			if (!key || entry.back === null || keys.generation(this.#id, entry.generation - 1)) continue;
			try {
				keys.learnGeneration(this.#id, entry.generation - 1, await openBack(roster, entry, key));
			} catch (error) {
				await this.#parts.report('wrap-refused', entry.generation - 1, error);
			}
		}
	}

	/** Holds every key of the vault against its commitment, and looks whether the one in force is there. */
	async audit(now: number): Promise<void> {
		const keys = this.#keys;
		const roster = this.#roster;
		if (!roster) return;
		for (const { generation, commitment } of roster.generations) {
			const key = keys.generation(this.#id, generation);
			if (key && !equalBytes(commitmentOf(this.#id, generation, key), commitment))
				await this.#parts.report('wrap-refused', generation, new Problem('tampered', { rule: 'wrap-opens-to-the-commitment' }));
		}
		const last = roster.generations.at(-1)?.generation;
		const isMissing = last !== undefined && !keys.generation(this.#id, last);
		if (isMissing && !needsRenewal(this.#parts.chains.world, roster, now))
			await this.#parts.report('key-missing', last, new Problem('wrong-key', { rule: 'wraps-reach-every-member' }));
	}

	/** The first generation this person was ever meant to open. */
	#firstGeneration(): number {
		const roster = this.#roster;
		const isArrival = ({ role }: Term, place: number, terms: readonly Term[]) => role !== null && !terms[place - 1]?.role;
		const came = roster?.terms.get(this.#keys.account)?.findLast(isArrival);
		if (!roster || !came) return 1;
		const next = roster.generations.find(({ seq }) => seq > came.from);
		if (next?.back === null) return next.generation;
		if (!next && roster.closed !== null && roster.closed >= came.from) return roster.generations.length + 1;
		return roster.generations.findLast(({ back, seq }) => back === null && seq <= came.from)?.generation ?? 1;
	}

	get #roster(): Roster | null {
		return this.#parts.chains.world.rosters.get(this.#id) ?? null;
	}
}

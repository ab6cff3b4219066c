import * as v from 'valibot';
import { idOf, type EnvelopeId, type Hash, type StreamId } from '../bytes/ids.ts';
import { ATTEST, attestation, LogDigest } from '../log/attest.ts';
import { Problem } from '../problem.ts';
import type { StreamEvent } from './types.ts';

/** Where an envelope lies. `position: null`: here only, the server has not acknowledged it. */
export interface Place {
	readonly stream: StreamId;
	readonly position: number | null;
}

/** The order in which the server has shown one space: what the place of an envelope alone tells, before it is opened. */
export class ServerOrder {
	/** Position of the last event received. */
	last = 0;
	/** Generation of the last event received: the server's order never goes back to an older key. */
	#generation = 0;
	readonly #digest = new LogDigest();
	/** Where each envelope was first seen: one that comes again elsewhere is a replay. */
	readonly #seen = new Map<EnvelopeId, Place>();

	/** True for the position after the last one. */
	isNext(position: number): boolean {
		return position === this.last + 1;
	}

	append(position: number, id: EnvelopeId): void {
		this.last = position;
		this.#digest.append(id);
	}

	placeOf(id: EnvelopeId): Place | undefined {
		return this.#seen.get(id);
	}

	see(id: EnvelopeId, place: Place): void {
		this.#seen.set(id, place);
	}

	/** What the server has shown so far, to be attested. */
	get shown(): { position: number; digest: Hash } {
		const { position } = this.#digest;
		return { position, digest: this.#digest.at(position) ?? idOf<Hash>(new Uint8Array(32)) };
	}

	/** True when somebody attests that the server has shown them something else. */
	isDeniedBy(event: StreamEvent): boolean {
		if (!event.verified || event.type !== ATTEST) return false;
		const said = v.safeParse(attestation, event.content);
		return said.success && this.#digest.at(said.output.position) !== said.output.digest;
	}

	/** True when something was written under this generation. */
	hasWritingUnder(generation: number): boolean {
		return this.#generation >= generation;
	}

	/**
	 * What is sealed under an older key than what the server has shown before it comes from somebody who has left.
	 * @param generation under which it is sealed; `null` when it is no envelope
	 * @param known the newest generation that the roster here knows
	 */
	refusalOf(generation: number | null, known: number): Problem | null {
		if (generation === null) return null;
		if (generation < this.#generation) return new Problem('not-allowed', { rule: 'generation-never-goes-back' });
		this.#generation = Math.min(generation, known);
		return null;
	}
}

import * as v from 'valibot';
import { idOf, ID_LENGTH, type EnvelopeId, type Hash, idBytes } from '../bytes/ids.ts';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { hash } from '../crypto/hash.ts';

/** Type of the event by which somebody says what the server has shown: all positions of a space up to one. */
export const ATTEST = 'attest';

/** `digest`: {@link LogDigest} of the space up to `position`. */
export const attestation = v.strictObject({
	position: v.pipe(v.number(), v.integer(), v.minValue(0)),
	digest: v.pipe(
		v.instance(Uint8Array),
		v.check((bytes) => bytes.length === ID_LENGTH, 'length'),
		v.transform((bytes) => idOf<Hash>(bytes)),
	),
});

const START = new Uint8Array(ID_LENGTH);

/**
 * What the server has shown of a space, in order, as one hash for each position: `H(before ‖ envelope)`. Two members
 * who were shown something else, or the same in another order, differ from there on.
 */
export class LogDigest {
	#digests = new Uint8Array(ID_LENGTH * 64);
	#position = 0;

	get position(): number {
		return this.#position;
	}

	append(envelope: EnvelopeId): void {
		const next = hash('log', this.#bytesAt(this.#position), idBytes(envelope));
		this.#position++;
		if (this.#position * ID_LENGTH > this.#digests.length) this.#grow();
		this.#digests.set(next, (this.#position - 1) * ID_LENGTH);
	}

	/** The digest up to a position; `null` beyond what was shown. */
	at(position: number): Hash | null {
		return position > this.#position ? null : idOf<Hash>(this.#bytesAt(position));
	}

	#bytesAt(position: number): Bytes {
		return position === 0 ? START : this.#digests.slice((position - 1) * ID_LENGTH, position * ID_LENGTH);
	}

	#grow(): void {
		this.#digests = concatBytes(this.#digests, new Uint8Array(this.#digests.length));
	}
}

import { concatBytes, uint64, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type EnvelopeId, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { pad, unpad } from '../bytes/padding.ts';
import { asArray, asBytes, asCount } from '../chain/link.ts';
import { derive } from '../crypto/derive.ts';
import { hash } from '../crypto/hash.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { Problem } from '../problem.ts';

const VERSION = 1;
/** Largest envelope in bytes: a post of 20,000 characters in any script, and room. */
export const MAX_ENVELOPE_BYTES = 192 * 1024;
const LIMITS = { bytes: MAX_ENVELOPE_BYTES, items: 8, depth: 2 };

/** What the server sees of an event: its generation and how long it is. */
export interface Envelope {
	readonly generation: number;
	/** IV ‖ AES-256-GCM of the padded event ‖ tag. */
	readonly sealed: Bytes;
}

/** @throws Problem `malformed`, `too-large`, `unknown-version` */
export function readEnvelope(bytes: Uint8Array): Envelope {
	const fields = decodeCbor(bytes, LIMITS);
	if (Array.isArray(fields) && fields[0] !== VERSION) throw new Problem('unknown-version');
	const [, generation, sealed] = asArray(fields, 3);
	return { generation: asCount(generation), sealed: asBytes(sealed) };
}

/** Under which generation it is sealed; `null` when it is no envelope at all, which is found when it is opened. */
export function generationOf(envelope: Uint8Array): number | null {
	try {
		return readEnvelope(envelope).generation;
	} catch {
		return null;
	}
}

/** How the server names an event, and what makes resending harmless. */
export const envelopeId = (bytes: Uint8Array): EnvelopeId => idOf<EnvelopeId>(hash('envelope', bytes));

/** The key of one stream under one generation (HKDF-SHA256 of the generation key). */
export async function streamKey(generationKey: Uint8Array, space: SpaceId, stream: StreamId): Promise<CryptoKey> {
	return importSealingKey(await derive(generationKey, 'stream', [idBytes(space), idBytes(stream, SHORT_ID_LENGTH)]));
}

/** Binds a ciphertext to its place: it opens nowhere else. */
function placeOf(space: SpaceId, stream: StreamId, generation: number): Bytes {
	return concatBytes(idBytes(space), idBytes(stream, SHORT_ID_LENGTH), uint64(generation));
}

export interface Place {
	readonly space: SpaceId;
	readonly stream: StreamId;
	readonly generation: number;
}

/** Pads and seals a signed event for its place. */
export async function sealEvent(key: CryptoKey, event: Uint8Array, place: Place, random: (length: number) => Bytes): Promise<Bytes> {
	const context = placeOf(place.space, place.stream, place.generation);
	return encodeCbor([VERSION, place.generation, await seal(key, 'event', pad(event), context, random)]);
}

/** @throws Problem `tampered`, `malformed` */
export async function openEvent(key: CryptoKey, envelope: Envelope, space: SpaceId, stream: StreamId): Promise<Bytes> {
	return unpad(await open(key, 'event', envelope.sealed, placeOf(space, stream, envelope.generation)));
}

import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type AccountId, type DeviceId, type Hash, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { asArray, asBytes, asCount, asId, decodeCite, encodeCite, type Cite } from '../chain/link.ts';
import { digest } from '../crypto/hash.ts';
import { sign, signatureCheck, type SigningKey } from '../crypto/sign.ts';
import { checkSignature, type SignatureCheck } from '../crypto/verify.ts';
import { Problem } from '../problem.ts';

const VERSION = 1;
export const MOST_PARENTS = 8;
const LIMITS = { bytes: 192 * 1024, items: 4_000, depth: 12 };
const VOICES = ['person', 'organisation'] as const;
export type Voice = (typeof VOICES)[number];

/** How much of a stream its author had seen: events counted, and a hash of each device's last place. */
export interface Frontier {
	readonly count: number;
	readonly digest: Hash;
}

/** What an event says, all of it signed: nothing can be moved elsewhere. */
export interface EventContent {
	readonly space: SpaceId;
	readonly generation: number;
	readonly stream: StreamId;
	readonly type: string;
	/** Heads of the stream as the author saw it, at most eight. */
	readonly parents: readonly Hash[];
	readonly author: AccountId;
	readonly voice: Voice;
	readonly device: DeviceId;
	/** Counts from 1 for each device in each stream; `devPrev` is that device's event before. */
	readonly devSeq: number;
	readonly devPrev: Hash | null;
	/** The roster, the directory and the author's user log as the author saw them. */
	readonly chain: Cite;
	readonly directory: Cite;
	readonly log: Cite;
	readonly frontier: Frontier;
	/** Seconds since 1970. */
	readonly time: number;
	readonly content: Cbor;
}

/** An event as read from bytes: nothing in it is checked yet but its form. */
export interface SignedEvent extends EventContent {
	/** Hash of the signed bytes: how events cite each other. */
	readonly id: Hash;
	readonly signed: Bytes;
	readonly signature: Bytes;
}

function encodeEventContent(event: EventContent): Bytes {
	return encodeCbor([
		VERSION,
		idBytes(event.space),
		event.generation,
		idBytes(event.stream, SHORT_ID_LENGTH),
		event.type,
		event.parents.map((parent) => idBytes(parent)),
		idBytes(event.author),
		VOICES.indexOf(event.voice),
		idBytes(event.device),
		event.devSeq,
		event.devPrev === null ? null : idBytes(event.devPrev),
		encodeCite(event.chain),
		encodeCite(event.directory),
		encodeCite(event.log),
		[event.frontier.count, idBytes(event.frontier.digest)],
		event.time,
		event.content,
		[],
	]);
}

const eventId = async (signed: Uint8Array): Promise<Hash> => idOf<Hash>(await digest('event', signed));

/**
 * What stays of an event whose text has had its time: everything but that. It keeps what it answered, since others are
 * judged by it, and its place among the others, which nobody could check without.
 */
export function encodeErased(event: SignedEvent): Bytes {
	return encodeCbor([idBytes(event.id), encodeEventContent({ ...event, content: withoutText(event.content) })]);
}

/** Reads what {@link encodeErased} wrote on this device. Nobody can check its signature any more. @throws Problem `malformed` */
export async function decodeErased(bytes: Uint8Array): Promise<SignedEvent> {
	const [id, signed] = asArray(decodeCbor(bytes, LIMITS), 2);
	const event = await decodeEvent(encodeCbor([asBytes(signed), new Uint8Array(64)]));
	return { ...event, id: asId<Hash>(id) };
}

/** What an event answered, and nothing of what it said. */
export const withoutText = (content: Cbor): Cbor =>
	typeof content === 'object' && content !== null && 'reply' in content ? { reply: content.reply ?? null } : null;

/** Whether there is anything in it that could have its time. */
export const hasText = (content: Cbor): boolean =>
	content !== null && !(typeof content === 'object' && Object.keys(content).every((name) => name === 'reply'));

/** Signs an event with the device's key: the bytes that are padded and sealed. */
export async function signEvent(content: EventContent, device: SigningKey): Promise<{ event: SignedEvent; bytes: Bytes }> {
	const signed = encodeEventContent(content);
	const signature = await sign(device, 'event', signed);
	return { event: { ...content, id: await eventId(signed), signed, signature }, bytes: encodeCbor([signed, signature]) };
}

/** @throws Problem `malformed`, `too-large`, `unknown-version` */
export async function decodeEvent(bytes: Uint8Array): Promise<SignedEvent> {
	const outer = asArray(decodeCbor(bytes, LIMITS), 2);
	const signed = asBytes(outer[0]);
	const fields = decodeCbor(signed, LIMITS);
	if (Array.isArray(fields) && fields[0] !== VERSION) throw new Problem('unknown-version');
	const [
		,
		space,
		generation,
		stream,
		type,
		parents,
		author,
		voice,
		device,
		devSeq,
		devPrev,
		chain,
		directory,
		log,
		frontier,
		time,
		content,
		attachments,
	] = asArray(fields, 18);
	asArray(attachments, 0);
	const [count, digest] = asArray(frontier, 2);
	return {
		space: asId<SpaceId>(space),
		generation: asCount(generation),
		stream: asId<StreamId>(stream, SHORT_ID_LENGTH),
		type: typeof type === 'string' ? type : fail('type'),
		parents: asParents(parents),
		author: asId<AccountId>(author),
		voice: VOICES[asCount(voice)] ?? fail('voice'),
		device: asId<DeviceId>(device),
		devSeq: asCount(devSeq),
		devPrev: devPrev === null ? null : asId<Hash>(devPrev),
		chain: decodeCite(chain) ?? fail('chain'),
		directory: decodeCite(directory) ?? fail('directory'),
		log: decodeCite(log) ?? fail('log'),
		frontier: { count: asCount(count), digest: asId<Hash>(digest) },
		time: asCount(time),
		content: content ?? null,
		id: await eventId(signed),
		signed,
		signature: asBytes(outer[1], 64),
	};
}

/** Whether the event's device signed it. The device must have been admitted. */
export const checkOfEvent = ({ device, signed, signature }: SignedEvent): SignatureCheck =>
	signatureCheck(idBytes(device), 'event', signed, signature);

export const verifyEvent = (event: SignedEvent): Promise<boolean> => checkSignature(checkOfEvent(event));

function asParents(value: Cbor | undefined): readonly Hash[] {
	if (!Array.isArray(value) || value.length > MOST_PARENTS) return fail('parents');
	return value.map((parent) => asId<Hash>(parent));
}

function fail(reason: string): never {
	throw new Problem('malformed', { reason });
}

import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { ID_LENGTH, idBytes, idOf, type AccountId, type ChainId, type DeviceId, type Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';

/** `user`: one person's devices and keys. `directory`: who belongs to the forum. `roster`: who belongs to a space. */
export type ChainKind = 'user' | 'directory' | 'roster';
const KINDS: readonly ChainKind[] = ['user', 'directory', 'roster'];
export const LINK_VERSION = 1;
const MAX_LINK_BYTES = 16 * 1024;
export const LINK_LIMITS = { bytes: MAX_LINK_BYTES, items: 2_000, depth: 6 };

/** A place in a chain: how many links follow its first, and the hash of the link there. */
export interface Cite {
	readonly seq: number;
	readonly head: Hash;
}

export interface LinkContent {
	readonly kind: ChainKind;
	/** `null` in the first link of a directory or roster: the chain is named by that link's hash. */
	readonly chain: ChainId | null;
	readonly seq: number;
	readonly prev: Hash | null;
	readonly type: string;
	/** Ids and keys as bytes, never a name. */
	readonly body: { readonly [key: string]: Cbor };
	readonly by: AccountId;
	/** `null`: signed by the identity key itself. */
	readonly device: DeviceId | null;
	/** Seconds since 1970; never earlier than the link before. */
	readonly time: number;
	/** The author's user log as the author knew it; `null` when the identity key signs. */
	readonly log: Cite | null;
	/** The directory as the author knew it; `null` in user logs and in the directory itself. */
	readonly directory: Cite | null;
}

/** One signed entry of a hash chain, as read from bytes. Nothing in it is checked yet but its form. */
export interface Link extends LinkContent {
	readonly chain: ChainId;
	readonly hash: Hash;
	/** What the signature covers. */
	readonly signed: Bytes;
	readonly signature: Bytes;
	readonly bytes: Bytes;
}

export const kindNumber = (kind: ChainKind): number => KINDS.indexOf(kind);

/** What is signed, hashes as bytes. */
export type LinkFields = Pick<LinkContent, 'kind' | 'seq' | 'type' | 'body' | 'time'> & {
	readonly [Id in 'chain' | 'prev' | 'device']: Uint8Array | null;
} & { readonly by: Uint8Array; readonly log: Cbor; readonly directory: Cbor };

/** The bytes a link's signature covers (label `link`). */
export function encodeLinkFields(link: LinkFields): Bytes {
	return encodeCbor([
		LINK_VERSION,
		kindNumber(link.kind),
		link.chain,
		link.seq,
		link.prev,
		link.type,
		link.body,
		link.by,
		link.device,
		link.time,
		link.log,
		link.directory,
	]);
}

export function encodeLinkContent(link: LinkContent): Bytes {
	const { kind, seq, type, body, time } = link;
	const bytesOf = (id: string | null) => (id === null ? null : idBytes(id));
	return encodeLinkFields({
		kind,
		seq,
		type,
		body,
		time,
		chain: bytesOf(link.chain),
		prev: bytesOf(link.prev),
		by: idBytes(link.by),
		device: bytesOf(link.device),
		log: encodeCite(link.log),
		directory: encodeCite(link.directory),
	});
}

export const encodeLink = (signed: Uint8Array, signature: Uint8Array): Bytes => encodeCbor([signed, signature]);

/** @throws Problem `malformed`, `too-large`, `unknown-version` */
export function decodeLink(bytes: Uint8Array): Link {
	const outer = asArray(decodeCbor(bytes, LINK_LIMITS), 2);
	const signed = asBytes(outer[0]);
	const signature = asBytes(outer[1], 64);
	const fields = decodeCbor(signed, LINK_LIMITS);
	if (!Array.isArray(fields)) throw malformed('link');
	checkVersion(fields);
	const [, kind, chain, seq, prev, type, body, by, device, time, log, directory] = asArray(fields, 12);
	const content: LinkContent = {
		kind: asKind(kind),
		chain: chain === null ? null : asId<ChainId>(chain),
		seq: asCount(seq),
		prev: prev === null ? null : asId<Hash>(prev),
		type: asText(type),
		body: asMap(body),
		by: asId<AccountId>(by),
		device: device === null ? null : asId<DeviceId>(device),
		time: asCount(time),
		log: decodeCite(log),
		directory: decodeCite(directory),
	};
	return linkOf(content, signed, signature, concatBytes(bytes));
}

/** Signed bytes and what they say, as one link. The chain that a first link begins is named by it. */
export function linkOf(content: LinkContent, signed: Bytes, signature: Bytes, bytes: Bytes): Link {
	const hashOfLink = idOf<Hash>(hash('link', bytes));
	return { ...content, chain: content.chain ?? (hashOfLink as string as ChainId), hash: hashOfLink, signed, signature, bytes };
}

export const encodeCite = (cite: Cite | null): Cbor => (cite === null ? null : [cite.seq, idBytes(cite.head)]);

export function decodeCite(value: Cbor | undefined): Cite | null {
	if (value === null) return null;
	const [seq, head] = asArray(value, 2);
	return { seq: asCount(seq), head: asId<Hash>(head) };
}

/** @throws Problem `unknown-version` */
export function checkVersion(fields: readonly Cbor[]): void {
	if (fields[0] !== LINK_VERSION) throw new Problem('unknown-version');
}

const malformed = (reason: string) => new Problem('malformed', { reason });
function fail(reason: string): never {
	throw malformed(reason);
}

/** Readers of decoded CBOR; each throws Problem `malformed`. */
export function asArray(value: Cbor | undefined, length: number): readonly Cbor[] {
	return Array.isArray(value) && value.length === length ? value : fail('array');
}

export function asBytes(value: Cbor | undefined, length?: number): Bytes {
	if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) return fail('bytes');
	return value as Bytes;
}

export function asCount(value: Cbor | undefined): number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fail('count');
}

export function asText(value: Cbor | undefined): string {
	return typeof value === 'string' ? value : fail('text');
}

export function asKind(value: Cbor | undefined): ChainKind {
	return KINDS[asCount(value)] ?? fail('chain kind');
}

export function asId<T extends string>(value: Cbor | undefined, length: number = ID_LENGTH): T {
	return idOf<T>(asBytes(value, length));
}

export function asMap(value: Cbor | undefined): { readonly [key: string]: Cbor } {
	const isMap = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
	return isMap ? (value as { readonly [key: string]: Cbor }) : fail('map');
}

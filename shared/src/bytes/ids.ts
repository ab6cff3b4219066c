import { fromBase64url, toBase64url, type Bytes } from './bytes.ts';
import { Problem } from '../problem.ts';

/**
 * Ids are text (base64url) in memory, in the database and on the wire, and bytes only inside what is
 * signed. Brands keep one kind from standing where another belongs.
 */
declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** A person: SHA-256 of the identity key, 32 bytes. */
export type AccountId = Id<'account'>;
/** A browser of a person: its Ed25519 public key, 32 bytes. */
export type DeviceId = Id<'device'>;
/** A hash chain: the hash of its first link (for a user log: the account id), 32 bytes. */
export type ChainId = Id<'chain'>;
/** A space is named by its roster chain. */
export type SpaceId = ChainId;
/** Hash of a link or of an event's signed bytes, 32 bytes. */
export type Hash = Id<'hash'>;
/** An organisation: 16 random bytes. */
export type OrganisationId = Id<'organisation'>;
/** A stream of a space: 16 random bytes. */
export type StreamId = Id<'stream'>;
/** An invitation: its Ed25519 public key, 32 bytes. */
export type InvitationId = Id<'invitation'>;
/** A sealed piece of an attachment: the hash of its bytes, 32 bytes. */
export type BlobId = Id<'blob'>;
/** A sealed event as the server knows it: SHA-256 of the envelope, 32 bytes. */
export type EnvelopeId = Id<'envelope'>;

export const ID_LENGTH = 32;
export const SHORT_ID_LENGTH = 16;

/** Names `bytes` as an id of the wanted kind. */
export const idOf = <T extends string>(bytes: Uint8Array): T => toBase64url(bytes) as T;

/** @throws Problem `malformed` when `id` does not hold exactly `length` bytes */
export function idBytes(id: string, length: number = ID_LENGTH): Bytes {
	const bytes = fromBase64url(id);
	if (bytes.length !== length) throw new Problem('malformed', { reason: 'id length' });
	return bytes;
}

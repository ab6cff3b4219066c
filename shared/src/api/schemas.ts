import * as v from 'valibot';
import type { AccountId, BlobId, ChainId, DeviceId, EnvelopeId, Hash, InvitationId, SpaceId, StreamId } from '../bytes/ids.ts';

/** Building blocks of the wire schemas. Ids are base64url text of 32 or 16 bytes. */
const id32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const id16 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));
const as = <T>(schema: v.GenericSchema<string, string>) => schema as unknown as v.GenericSchema<T, T>;

export const accountId = as<AccountId>(id32);
export const deviceId = as<DeviceId>(id32);
export const chainId = as<ChainId>(id32);
export const spaceId = as<SpaceId>(id32);
export const hash = as<Hash>(id32);
export const invitationId = as<InvitationId>(id32);
export const blobId = as<BlobId>(id32);
export const envelopeId = as<EnvelopeId>(id32);
export const streamId = as<StreamId>(id16);

export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** Bytes from `least` to `most` long. */
export const bytes = (most: number, least = 1) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((value) => value.length >= least && value.length <= most, 'length'),
	);

export const exactly = (length: number) => bytes(length, length);
export const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

export const MAX_LINK = 16 * 1024;
export const MAX_ENVELOPE = 192 * 1024;
export const MAX_WRAP = 2 * 1024;
export const MAX_VAULT = 1024 * 1024;
export const MAX_BLOB = 288 * 1024;
export const MAX_NOTEBOOK = 256 * 1024;
export const MAX_SEALED = 16 * 1024;
/** A letter may hold a whole event, as proof. */
export const MAX_LETTER = 224 * 1024;

export const link = bytes(MAX_LINK);
export const envelope = bytes(MAX_ENVELOPE);
export const signature = exactly(64);
/** An X-Wing public key. */
export const kemKey = exactly(1216);

/** A generation key wrapped for one recipient: an account or an open invitation. Served only to it. */
export const wrap = v.strictObject({ space: spaceId, generation: count, recipient: id32, bytes: bytes(MAX_WRAP) });
export type Wrap = v.InferOutput<typeof wrap>;

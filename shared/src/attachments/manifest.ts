import * as v from 'valibot';
import type { Bytes } from '../bytes/bytes.ts';
import type { BlobId } from '../bytes/ids.ts';
import { NAME_LIMIT } from './file-name.ts';

/** Largest file that may be attached, before it is sealed. */
export const ATTACHMENT_LIMIT = 25 * 1024 * 1024;
export const MOST_ATTACHMENTS = 10;
/** Longest description of a picture, for those who do not see it. */
export const DESCRIPTION_LIMIT = 500;
/** What may be attached: its metadata can be taken out. The name's ending is made from it, never believed. */
export const ATTACHMENT_TYPES = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
	'application/pdf': 'pdf',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'text/plain': 'txt',
} as const;
export type AttachmentType = keyof typeof ATTACHMENT_TYPES;

const count = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const blob = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)) as unknown as v.GenericSchema<BlobId>;
const key = v.pipe(
	v.instance(Uint8Array),
	v.check((bytes) => bytes.length === 32, 'length'),
	v.transform((bytes): Bytes => new Uint8Array(bytes)),
);

/** What a post says of a file that hangs on it: where its pieces are, and the key that opens them. */
export const manifest = v.strictObject({
	/** Without its ending. */
	name: v.pipe(v.string(), v.minLength(1), v.maxLength(NAME_LIMIT)),
	type: v.picklist(Object.keys(ATTACHMENT_TYPES) as [AttachmentType, ...AttachmentType[]]),
	/** Bytes of the whole file. */
	size: count(ATTACHMENT_LIMIT),
	/** Of an image, so that its place is kept free while it is fetched. */
	pixels: v.nullable(v.strictTuple([count(20_000), count(20_000)])),
	/** What is to be seen on it, in its sender's words. */
	description: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(DESCRIPTION_LIMIT))), null),
	key,
	/** In their order. */
	pieces: v.pipe(v.array(blob), v.minLength(1), v.maxLength(120)),
});

/** The description of one attachment, as it travels inside a signed and sealed event. */
export type Attachment = v.InferOutput<typeof manifest>;
export const attachmentList = v.pipe(v.array(manifest), v.maxLength(MOST_ATTACHMENTS));

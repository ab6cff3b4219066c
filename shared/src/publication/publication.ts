import * as v from 'valibot';
import type { Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { decodeText } from '../documents/canonical.ts';
import type { Bilingual } from '../documents/pair.ts';
import { Problem } from '../problem.ts';
import { fileName, MOST_FILES, MOST_SIGNATORIES } from './signed-text.ts';

/** Bytes of a whole publication, its files among them. */
export const MAX_PUBLICATION = 3 * 1024 * 1024;
const LIMITS = { bytes: MAX_PUBLICATION, items: 20 * MOST_SIGNATORIES, depth: 8 };

/** A text, the key that signed it, and the signature: Ed25519 over the text as it is (RFC 8032). */
export interface SignedFile {
	readonly file: Bytes;
	readonly signature: Bytes;
}

/** What one organisation signed. */
export interface SignatoryFiles extends SignedFile {
	/** 32 bytes. */
	readonly key: Bytes;
	/** By the key of the same organisation that was in force then. */
	readonly withdrawal: (SignedFile & { readonly key: Bytes }) | null;
}

/**
 * What proves a statement. It holds no name of a person, no account, and nothing of the forum but the round's random id.
 */
export interface Proof {
	/** The canonical bytes of the text (`documents/canonical.ts`). */
	readonly text: Bytes;
	/** Who signed (`signed-text.ts`), signed by the publishing organisation. */
	readonly list: SignedFile;
	/** In the order of the list. */
	readonly signatories: readonly SignatoryFiles[];
}

/** A published statement as it is kept and served. */
export interface Publication extends Proof {
	/** The same statement for word processors and printers. */
	readonly files: readonly { readonly name: string; readonly bytes: Bytes }[];
}

const VERSION = 1;
const some = (most: number) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((bytes) => bytes.length > 0 && bytes.length <= most),
	);
const exactly = (length: number) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((bytes) => bytes.length === length),
	);
const signed = v.strictTuple([some(1024 * 1024), exactly(64)]);
const signedByKey = v.strictTuple([some(64 * 1024), exactly(64), exactly(32)]);
const form = v.strictTuple([
	v.literal(VERSION),
	some(MAX_PUBLICATION),
	signed,
	v.pipe(v.array(v.strictTuple([...signedByKey.items, v.nullable(signedByKey)])), v.maxLength(MOST_SIGNATORIES)),
	v.pipe(v.array(v.strictTuple([fileName, some(MAX_PUBLICATION)])), v.maxLength(MOST_FILES)),
]);

/** Deterministic CBOR: `[1, text, [list, signature], [[file, signature, key, withdrawal], …], [[name, bytes], …]]`. */
export function encodePublication({ text, list, signatories, files }: Publication): Bytes {
	const bytes = encodeCbor([
		VERSION,
		text,
		[list.file, list.signature],
		signatories.map(({ file, signature, key, withdrawal }) => [
			file,
			signature,
			key,
			withdrawal && [withdrawal.file, withdrawal.signature, withdrawal.key],
		]),
		files.map(({ name, bytes }) => [name, bytes]),
	]);
	if (bytes.length > MAX_PUBLICATION) throw new Problem('too-large', { limit: MAX_PUBLICATION, actual: bytes.length });
	return bytes;
}

const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

/** Reads the form alone: whether it proves anything is for `examine`. @throws Problem `malformed`, `too-large` */
export function decodePublication(bytes: Uint8Array): Publication {
	const result = v.safeParse(form, decodeCbor(bytes, LIMITS));
	if (!result.success) throw new Problem('malformed', { reason: 'publication' });
	const [, text, [file, signature], signatories, files] = result.output;
	return {
		text: own(text),
		list: { file: own(file), signature: own(signature) },
		signatories: signatories.map(([said, by, key, back]) => ({
			file: own(said),
			signature: own(by),
			key: own(key),
			withdrawal: back && { file: own(back[0]), signature: own(back[1]), key: own(back[2]) },
		})),
		files: files.map(([name, content]) => ({ name, bytes: own(content) })),
	};
}

/** What the statement is called, in both languages. */
export function titleOf({ text }: Pick<Proof, 'text'>): Bilingual {
	const [title] = decodeText(text).pairs;
	return { ar: title?.ar ?? '', en: title?.en ?? '' };
}

import * as v from 'valibot';
import { toBase64url, type Bytes } from '../bytes/bytes.ts';
import type { Hash } from '../bytes/ids.ts';
import type { Cbor } from '../bytes/cbor.ts';
import { hash } from '../crypto/hash.ts';
import { streamId } from '../log/content.ts';
import { isoOf, withheldText, withheldWithdrawalText } from '../publication/signed-text.ts';

/** What the letter is called that brings a signature to a coordinator. */
export const WITHHELD = 'withheld-signature';
/** What the letter is called that takes it back. */
export const WITHHELD_WITHDRAWAL = 'withheld-withdrawal';

const bytes = (most: number, least = 1) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((value) => value.length >= least && value.length <= most),
	);
/** What an organisation signed, and in which statement's stream. */
const signed = { stream: streamId, file: bytes(16 * 1024), signature: bytes(64, 64), key: bytes(32, 32) };
/** `file` as in an open signature; `mark`: the key's signature over {@link markFile}. */
const withheldLetter = v.strictObject({ ...signed, mark: bytes(64, 64) });
const withdrawalLetter = v.strictObject(signed);
export type WithheldLetter = v.InferOutput<typeof withheldLetter>;
export type WithdrawalLetter = v.InferOutput<typeof withdrawalLetter>;

/** `null` for what is no such letter. */
export const withheldLetterIn = (content: Cbor): WithheldLetter | null => outputOf(v.safeParse(withheldLetter, content));
export const withdrawalLetterIn = (content: Cbor): WithdrawalLetter | null => outputOf(v.safeParse(withdrawalLetter, content));

const outputOf = <Output>(result: { readonly success: boolean; readonly output: unknown }): Output | null =>
	result.success ? (result.output as Output) : null;

/** What an organisation signs so that its withheld signature counts once, whoever is told of it. @param stream of the statement */
export const markFile = (stream: string): Bytes => withheldText.write({ multaqa: 'statement-withheld/1', round: stream });

/** What it signs to take it back. @param time seconds since 1970: what it signed later stands */
export const withheldWithdrawalFile = (stream: string, time: number): Bytes =>
	withheldWithdrawalText.write({ multaqa: 'statement-withheld-withdrawal/1', round: stream, withdrawn: isoOf(time) });

/** What coordinators call a withheld signature before everybody: it tells nothing of whose it is. Ed25519 signs alike each time (RFC 8032 §5.1.6). */
export const markOf = (signature: Uint8Array): Hash => toBase64url(hash('withheld', signature)) as Hash;

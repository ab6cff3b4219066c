import * as v from 'valibot';
import { fromBase64url, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import type { Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';
import { normalText } from './normal-text.ts';
import { AUTHORITIES, LEVELS, MOST_PAIRS, PAIR_KINDS, PAIR_LIMIT, TEXT_LIMIT, type BilingualText, type Pair } from './pair.ts';
import { structureRefusals } from './structure.ts';

/** Version of the form, first in the bytes. */
const FORM = 1;
/** Arabic takes two bytes a letter, some of the rest three. */
const LIMITS = { bytes: TEXT_LIMIT * 3 + MOST_PAIRS * 20, items: MOST_PAIRS * 5 + 8, depth: 4 };

const written = v.pipe(v.string(), v.maxLength(PAIR_LIMIT));
const form = v.strictTuple([
	v.literal(FORM),
	v.picklist(AUTHORITIES),
	v.pipe(v.array(v.strictTuple([v.picklist(PAIR_KINDS), v.picklist(LEVELS), written, written])), v.minLength(1), v.maxLength(MOST_PAIRS)),
]);

/** The text as it is frozen: every pair normal, nothing of the draft but kind, level and words. */
export const normalised = ({ authority, pairs }: BilingualText): BilingualText => ({
	authority,
	pairs: pairs.map(({ kind, level, ar, en }) => ({ kind, level, ar: normalText(ar), en: normalText(en) })),
});

/**
 * The one byte string of a text: deterministic CBOR of `[1, authority, [[kind, level, ar, en], …]]`, texts normal.
 * No ids, names or times: the same words give the same bytes, whoever wrote them.
 * @throws Problem `not-allowed` with the rule of structure (`structure.ts`) that refuses it first
 */
export function canonicalBytes(text: BilingualText): Bytes {
	const { authority, pairs } = normalised(text);
	const [refusal] = structureRefusals({ authority, pairs });
	if (refusal) throw new Problem('not-allowed', { rule: refusal.rule });
	return encodeCbor([FORM, authority, pairs.map(rowOf)]);
}

const rowOf = ({ kind, level, ar, en }: Pair) => [kind, level, ar, en] as const;

/** What signatures and decisions name a text by: base64url of SHA-256 under the label `document`. Both languages are in it. */
export const textHash = (bytes: Uint8Array): Hash => toBase64url(hash('document', bytes)) as Hash;

/** The hash of {@link canonicalBytes}. @throws Problem `not-allowed` as there */
export const hashOfText = (text: BilingualText): Hash => textHash(canonicalBytes(text));

/**
 * Reads a frozen text, from a stream, a proof file or a public page, and refuses any but its one byte string, so that
 * what is shown is what was hashed. A text with letters of a Unicode newer than this program's may be refused too.
 * @throws Problem `malformed`, `too-large`
 */
export function decodeText(bytes: Uint8Array): BilingualText {
	const result = v.safeParse(form, decodeCbor(bytes, LIMITS));
	if (!result.success) throw new Problem('malformed', { reason: 'document' });
	const [, authority, rows] = result.output;
	const text = { authority, pairs: rows.map(([kind, level, ar, en]) => ({ kind, level, ar, en })) };
	const [refusal] = structureRefusals(text);
	if (refusal) throw new Problem('malformed', { reason: refusal.rule });
	if (!text.pairs.every(({ ar, en }) => normalText(ar) === ar && normalText(en) === en)) {
		throw new Problem('malformed', { reason: 'text is not normal' });
	}
	return text;
}

/** A hash short enough to be compared at a glance, «3f9a 07c2»: 32 bits, a label and no proof. `''`: it is no hash. */
export function shortHash(name: string): string {
	if (!/^[A-Za-z0-9_-]{43}$/.test(name)) return '';
	const digits = Array.from(fromBase64url(name.slice(0, 8)).slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

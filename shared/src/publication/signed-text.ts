import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { equalBytes, fromUtf8, utf8, type Bytes } from '../bytes/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { ORDERS } from '../documents/neutral-order.ts';
import { normalText } from '../documents/normal-text.ts';
import { MOST_PAIRS } from '../documents/pair.ts';
import { isProblem, Problem } from '../problem.ts';

/** Longest name of an organisation, in UTF-16 units. */
export const NAME_LIMIT = 200;
/** Longest reason of a withdrawal, or text of a correction, in one language. */
export const NOTE_LIMIT = 1_000;
export const MOST_SIGNATORIES = 500;
export const MOST_CORRECTIONS = 60;
export const MOST_FILES = 12;
export const MOST_RESERVATIONS = 200;
/** Longest reservation: 150 words, whatever they are like. */
export const RESERVATION_LIMIT = 3_000;
/** Bytes of the longest list: five hundred signatories with long names in both languages. */
const LIST_LIMIT = 1024 * 1024;

/** Spelled in one way only (`normalText`), so that a name that turns its neighbours around is none. */
const words = (most: number) =>
	v.pipe(
		v.string(),
		v.maxLength(most),
		v.check((text) => normalText(text) === text),
	);
const inBoth = (most: number) =>
	v.pipe(
		v.strictObject({ ar: words(most), en: words(most) }),
		v.check(({ ar, en }) => ar + en !== ''),
	);
/** SHA-256 (FIPS 180-4) of a file, as `sha256sum` and `openssl dgst -sha256` print it. */
export const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const publicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const documentHash = publicKey;
const round = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));
/** «2026-12-10T08:00:00Z». */
const instant = v.pipe(
	v.string(),
	v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
	v.check((text) => isoOf(Math.floor(Date.parse(text) / 1000)) === text),
);
/** Where a statement stands: the last part of its address. */
export const address = v.pipe(v.string(), v.regex(/^[a-z2-7]{10}$/));
const ADDRESS_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
/** Random bytes that an address is made of: 50 bits of them, so that nobody finds a statement before its hour. */
export const ADDRESS_BYTES = 10;
/** @param random {@link ADDRESS_BYTES} bytes */
export const addressFrom = (random: Uint8Array): string => Array.from(random, (byte) => ADDRESS_LETTERS[byte & 31]).join('');
/** A file beside the statement: a name that needs no quoting anywhere. */
export const fileName = v.pipe(v.string(), v.regex(/^statement-(ar|en|both)\.(pdf|docx)$/));

const signature = v.strictObject({
	multaqa: v.literal('statement-signature/1'),
	/** Of `statement.txt`: both languages. */
	statement: digest,
	/** What the text is called in the forum (`documents/canonical.ts`). */
	document: documentHash,
	/** The sign-on round, so that a signature counts in no other. */
	round,
	organisation: inBoth(NAME_LIMIT),
	/** When, as the signer's clock said. */
	signed: instant,
});

const withdrawal = v.strictObject({
	multaqa: v.literal('statement-withdrawal/1'),
	/** Of the signed text that is taken back. */
	signature: digest,
	organisation: inBoth(NAME_LIMIT),
	withdrawn: instant,
	reason: v.nullable(inBoth(NOTE_LIMIT)),
});

/** Two signatures under it by one key are one: it names an organisation in a round without naming it. */
const withheld = v.strictObject({ multaqa: v.literal('statement-withheld/1'), round });

/** Takes back every signature with its name withheld that the key gave in the round until then. */
const withheldWithdrawal = v.strictObject({ multaqa: v.literal('statement-withheld-withdrawal/1'), round, withdrawn: instant });

const list = v.strictObject({
	multaqa: v.literal('statement-list/1'),
	statement: digest,
	document: documentHash,
	round,
	address,
	/** 1, 2, …: one more with each withdrawal and correction. */
	edition: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
	/** Of the list of the edition before; `null` for the first. */
	previous: v.nullable(digest),
	/** Nothing is shown before. */
	published: instant,
	/** When this edition was made. */
	edited: instant,
	order: v.picklist(ORDERS),
	/** The organisation that answers for the list. */
	publisher: v.strictObject({ name: inBoth(NAME_LIMIT), key: publicKey }),
	signatories: v.pipe(
		v.array(
			v.strictObject({
				name: inBoth(NAME_LIMIT),
				key: publicKey,
				/** Of the signed text. */
				signature: digest,
				/** Of the signed text that takes it back. */
				withdrawal: v.nullable(digest),
			}),
		),
		v.maxLength(MOST_SIGNATORIES),
	),
	/** What signatories hold against a paragraph, or the whole text, and want told with it. */
	reservations: v.pipe(
		v.array(
			v.strictObject({
				organisation: inBoth(NAME_LIMIT),
				/** Its place in the text, from 0; `null`: the whole text. */
				paragraph: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_PAIRS - 1))),
				type: v.picklist(['wording', 'scope', 'timing', 'security', 'mandate', 'language-version', 'attribution']),
				/** In whichever language it was written. */
				text: v.pipe(
					words(RESERVATION_LIMIT),
					v.check((text) => text !== ''),
				),
			}),
		),
		v.maxLength(MOST_RESERVATIONS),
	),
	/** How many signed with their name withheld: none, fewer than three (`some`), or how many. */
	withheld: v.union([v.literal(0), v.literal('some'), v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(MOST_SIGNATORIES))]),
	/** What the page tells of after the fact, the oldest first. */
	corrections: v.pipe(v.array(v.strictObject({ at: instant, text: inBoth(NOTE_LIMIT) })), v.maxLength(MOST_CORRECTIONS)),
	files: v.pipe(v.array(v.strictObject({ name: fileName, digest })), v.maxLength(MOST_FILES)),
});

export type SignatureText = v.InferOutput<typeof signature>;
export type WithdrawalText = v.InferOutput<typeof withdrawal>;
export type ListText = v.InferOutput<typeof list>;

/** Something signed that a person can read, too: JSON in one spelling, its first line saying what it is. */
export interface SignedText<Terms> {
	/** @throws Problem `malformed` where the terms are not of the form */
	write(terms: Terms): Bytes;
	/** Reads the one spelling and no other. @throws Problem `malformed`, `too-large` */
	read(bytes: Uint8Array): Terms;
}

function signedText<Terms extends Record<string, unknown>>(schema: v.GenericSchema<Terms>, most: number): SignedText<Terms> {
	const spelled = (terms: unknown): Bytes => {
		const result = v.safeParse(schema, terms);
		if (!result.success) throw new Problem('malformed', { reason: v.getDotPath(result.issues[0]) ?? 'signed text' });
		return utf8(`${JSON.stringify(result.output, null, 2)}\n`);
	};
	return {
		write: spelled,
		read(bytes) {
			if (bytes.length > most) throw new Problem('too-large', { limit: most, actual: bytes.length });
			const terms = parsed(fromUtf8(bytes));
			if (!equalBytes(spelled(terms), bytes)) throw new Problem('malformed', { reason: 'another spelling' });
			return terms as Terms;
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (isProblem(error)) throw error;
		throw new Problem('malformed', { reason: 'not JSON' });
	}
}

/** An organisation signs a text. */
export const signatureText: SignedText<SignatureText> = signedText(signature as v.GenericSchema<SignatureText>, 16 * 1024);
/** It takes the signature back. */
export const withdrawalText: SignedText<WithdrawalText> = signedText(withdrawal as v.GenericSchema<WithdrawalText>, 32 * 1024);
/** What an organisation's mark in a round is made of. It is not published. */
export const withheldText: SignedText<v.InferOutput<typeof withheld>> = signedText(withheld, 1024);
/** It takes its withheld signature in a round back. It is not published. */
export const withheldWithdrawalText: SignedText<v.InferOutput<typeof withheldWithdrawal>> = signedText(withheldWithdrawal, 1024);
/** Who signed, in which order, and what stands beside it: signed by the publishing organisation. */
export const listText: SignedText<ListText> = signedText(list as v.GenericSchema<ListText>, LIST_LIMIT);

/** SHA-256 of a file, in hexadecimal: the same as `sha256sum` prints. */
export const digestOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/** @param seconds since 1970 */
export const isoOf = (seconds: number): string =>
	Number.isSafeInteger(seconds) && seconds >= 0 && seconds < 253_402_300_800
		? `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
		: '';

/** Seconds since 1970 of what {@link isoOf} wrote. */
export const secondsIn = (iso: string): number => Date.parse(iso) / 1000;

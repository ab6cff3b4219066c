import * as v from 'valibot';
import type { VerifiedEvent } from '../client/types.ts';
import { ORDERS } from '../documents/neutral-order.ts';
import { SEED_LENGTH } from '../documents/sealed-order.ts';
import { eventId, once, readContent, streamId, written, type SaidOf } from '../log/content.ts';
import { address, digest } from '../publication/signed-text.ts';

/** Longest title in one language, in UTF-16 units. */
export const TITLE_LIMIT = 200;
export const REASON_LIMIT = 1_000;
/** Bytes of the text that is signed: an event holds 192 KiB, and a statement has some pages. */
export const MOST_TEXT = 150 * 1024;
/** Bytes of a list of signatories. */
const MOST_LIST = 160 * 1024;

const bytes = (most: number, least = 1) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((value) => value.length >= least && value.length <= most),
	);
const exactly = (length: number) => bytes(length, length);
const title = v.pipe(
	v.strictObject({ ar: v.pipe(v.string(), v.maxLength(TITLE_LIMIT)), en: v.pipe(v.string(), v.maxLength(TITLE_LIMIT)) }),
	v.check(({ ar, en }) => (ar + en).trim() !== ''),
);
/** Seconds since 1970. */
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(253_402_300_799));
const hash = eventId;
/** A text that an organisation's key signed (`publication/signed-text.ts`). */
const signed = { file: bytes(32 * 1024), signature: exactly(64), key: exactly(32) };

/** In the index stream: `statement.open`. In the statement's own stream: all else. Who may say what is decided by `rules.ts`, for every reader alike. */
export const statementEvents = {
	'statement.open': v.strictObject({ stream: streamId, title }),

	/** Calls for signatures of exactly this text; by a coordinator, once. Nothing of it changes but the close time. */
	'round.open': v.strictObject({
		/** Canonical bytes of the text in both languages (`documents/canonical.ts`). */
		text: bytes(MOST_TEXT),
		/** The frozen document that it is. */
		document: v.nullable(v.strictObject({ stream: streamId, number: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
		/** How signatories will stand. */
		order: v.picklist(ORDERS),
		/** For a sealed order: what its opener's seed is bound by. */
		sealed: v.nullable(hash),
		closes: moment,
	}),
	/** Another coordinator seals a seed as well, before anybody has signed. */
	'order.seal': v.strictObject({ sealed: hash }),
	/** The seed, once the round has ended. */
	'order.open': v.strictObject({ seed: exactly(SEED_LENGTH) }),
	/** Later, by a coordinator; everybody sees it. */
	'round.extend': v.strictObject({ closes: moment, reason: v.nullable(written(REASON_LIMIT)) }),
	/** The close time has come: what has a place behind this does not count any more. */
	'round.end': v.strictObject({}),

	/** In the organisation's voice, as all of `signature.…`. */
	'signature.give': v.strictObject(signed),
	/** Another representative stands by it, where the organisation asks for two. */
	'signature.second': v.strictObject({ said: hash }),
	/** Takes the organisation's signature back, before or after it was published. */
	'signature.withdraw': v.strictObject({ said: hash, ...signed }),
	/** A coordinator holds a signature whose name is withheld; `mark` is the same for both who do, and tells nothing of whose it is. */
	'withheld.keep': v.strictObject({ mark: hash }),
	/** It was taken back by letter, its organisation has signed openly, or under a newer key. */
	'withheld.drop': v.strictObject({ mark: hash }),

	/** A coordinator lays an edition down; `digest` is of all of it (`publication/publication.ts`). */
	'publication.propose': v.strictObject({ address, list: bytes(MOST_LIST), signature: exactly(64), digest }),
	/** Another coordinator stands by it: it is public from its hour on. */
	'publication.confirm': v.strictObject({ said: hash }),
} as const;

/** The events of this feature. */
export type ActType = keyof typeof statementEvents;
export type ContentOf<Type extends ActType> = v.InferOutput<(typeof statementEvents)[Type]>;
/** What somebody does about a statement. */
export type Act = SaidOf<typeof statementEvents>;

const read = once(({ type, content }: VerifiedEvent): Act | null => readContent(statementEvents, type, content));

/** What an event does, if it is one of ours, well formed, and of nobody who was silenced; `null` otherwise. */
export const actIn = (event: VerifiedEvent): Act | null => (event.moderated?.barred === 'silenced' ? null : read(event));

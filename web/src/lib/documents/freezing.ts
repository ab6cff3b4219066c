import { canonicalBytes, textHash } from '@multaqa/shared/documents/canonical';
import { WordCounter } from '@multaqa/shared/documents/counted';
import { freezeRefusals } from '@multaqa/shared/documents/freezing';
import type { Contested } from '@multaqa/shared/documents/live/contested';
import { MOST_SENT } from '@multaqa/shared/documents/live/events';
import { packed } from '@multaqa/shared/documents/live/packed';
import { liveText, type LiveText } from '@multaqa/shared/documents/live/text';
import type { FrozenVersion } from '@multaqa/shared/documents/live/versions';
import { beginningOf } from '@multaqa/shared/documents/live/writer';
import { confirmed } from '@multaqa/shared/documents/translations';
import type { Client } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { limitFor } from '@multaqa/shared/un/limits';
import { submissionOf } from '@multaqa/shared/un/submissions';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';
import type { OpenDocument } from './open-document.svelte.ts';
import { sessionOf } from './session.ts';
import { refusalText } from './texts.ts';

/** Something that keeps a text from being frozen, and where it is. */
export interface Blocker {
	readonly pair: string | null;
	readonly place: number | null;
	readonly why: string;
}

/** Everything that does, in the reader's language: what the rules refuse, variants to choose from, and too many words. */
export function blockersOf(text: LiveText, contested: readonly Contested[], format: Format): readonly Blocker[] {
	const refused = freezeRefusals(text).map((refusal): Blocker => {
		const place = 'pair' in refusal ? refusal.pair : null;
		return { place, pair: place === null ? null : (text.pairs[place]?.id ?? null), why: refusalText(refusal) };
	});
	const open = contested.map(({ pair }): Blocker => {
		const place = text.pairs.findIndex(({ id }) => id === pair);
		return { pair, place: place === -1 ? null : place, why: m.document_rule_contested() };
	});
	const over = wordsOver(text);
	const long = over > 0 ? [{ pair: null, place: null, why: m.document_over({ count: over, shown: format.number(over) }) }] : [];
	return [...long, ...open, ...refused];
}

/** By how many words a text is over the limit of what it is written for. */
export function wordsOver({ pairs, counting }: LiveText): number {
	const submission = counting && submissionOf(counting.submission);
	if (!submission) return 0;
	const answer = limitFor(submission, counting.status, new WordCounter().count(pairs, counting.language));
	return answer.unit === 'words' ? answer.over : 0;
}

/** Freezes what is written, as it is here now. @throws Problem `not-allowed` with the rule, `too-large`, and what the engine refuses */
export async function freezeNow(document: OpenDocument): Promise<true> {
	await document.sending.now();
	document.look();
	const { log } = document;
	const { last: version, number } = log.chain;
	const written = log.textOf(version);
	if (!written) throw new Problem('not-found');
	const text = liveText(written.doc);
	const bytes = canonicalBytes(text);
	const sent = packed(bytes);
	if (sent.length > MOST_SENT) throw new Problem('too-large');
	const pairs = text.pairs.map(({ id }) => id);
	await document.say('document.freeze', { version, heads: [...log.heads], number, hash: textHash(bytes), text: sent, pairs });
	return true;
}

/** Opens a new version that begins as the frozen one is. Which language was made of which is known of what was frozen. */
export async function reopenNow(document: OpenDocument, client: Client, frozen: FrozenVersion, reason: string): Promise<true> {
	const session = sessionOf(client);
	const before = document.log.textOf(frozen.version);
	const counting = before ? liveText(before.doc).counting : null;
	const made = frozen.text.authority === 'en' ? 'ar' : 'en';
	const pairs = frozen.text.pairs.map((pair, place) => confirmed({ ...pair, id: frozen.pairs[place] ?? '', translation: null }, made));
	const update = packed(beginningOf(session, { authority: frozen.text.authority, counting, pairs }));
	if (update.length > MOST_SENT) throw new Problem('too-large');
	await document.say('document.reopen', { of: frozen.id, reason, session: session.nonce, update });
	return true;
}

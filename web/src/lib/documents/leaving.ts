import type { DocumentEntry } from '@multaqa/shared/documents/live/index';
import type { LiveText } from '@multaqa/shared/documents/live/text';
import type { Chain } from '@multaqa/shared/documents/live/versions';
import type { Pair } from '@multaqa/shared/documents/pair';
import { confirmed } from '@multaqa/shared/documents/translations';
import type { ExportedText } from '@multaqa/shared/exchange/exported-text';
import type { OpenDocument } from './open-document.svelte.ts';

/** The text as a file is made of it: no name of a person, and no organisation that has not agreed to be named. */
export function exportedText({ title }: DocumentEntry, { authority, pairs }: LiveText, chain: Chain): ExportedText {
	const frozen = chain.isOpen ? null : (chain.frozen.at(-1) ?? null);
	return {
		authority,
		pairs: pairs.map(({ kind, level, ar, en }) => ({ kind, level, ar, en })),
		title: { ar: title, en: title },
		number: chain.number,
		hash: frozen?.hash ?? null,
		day: frozen ? new Date(frozen.time * 1000).toISOString().slice(0, 10) : null,
		credit: null,
		reservations: [],
		signatories: null,
	};
}

/** Puts what was taken from a file behind what is written. A text has one title: a further one becomes a heading. */
export function takeIn(document: OpenDocument, taken: readonly Pair[]): void {
	const last = document.text?.pairs.at(-1)?.id ?? null;
	const pairs = taken.map((pair) =>
		confirmed({ ...pair, kind: pair.kind === 'title' ? 'heading' : pair.kind, id: '', translation: null }, 'en'),
	);
	document.editing?.add(pairs, last);
	void document.sending.now();
}

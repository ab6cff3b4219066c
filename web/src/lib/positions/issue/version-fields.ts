import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { MOST_PARAGRAPHS, REASON_LIMIT, TEXT_LIMIT, type Paragraph } from '@multaqa/shared/positions/events';
import { isSameText } from '@multaqa/shared/positions/paragraphs';
import type { Version, Wording } from '@multaqa/shared/positions/register-types';
import type { Format } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';
import { ruleText } from '../rule-texts.ts';
import { overLimit } from './limits.ts';

/** A version of the text as it is typed. */
export interface VersionFields {
	readonly paragraphs: readonly Paragraph[];
	readonly reason: string;
	/** The frozen document whose text it is, word by word. */
	readonly frozen: { readonly stream: StreamId; readonly hash: Hash } | null;
	/** Suggested words that were put in. They are accepted as long as the text has them. */
	readonly wanted: readonly Hash[];
	/** The version with which it was begun; `null` before there is one. */
	readonly begun: Hash | null;
}

/** Suggested words in their paragraph, and why; `null` where the text no longer has it. */
export function withWording(fields: VersionFields, wording: Wording, reason: string): VersionFields | null {
	const place = fields.paragraphs.findIndex(({ id }) => id === wording.paragraph);
	const paragraph = fields.paragraphs[place];
	if (!paragraph) return null;
	const { ar, en } = wording;
	const isSaid = fields.reason.includes(reason);
	return {
		...fields,
		paragraphs: fields.paragraphs.with(place, { ...paragraph, ar, en }),
		reason: isSaid ? fields.reason : [fields.reason.trim(), reason].filter(Boolean).join('\n'),
		frozen: null,
		wanted: [...fields.wanted.filter((id) => id !== wording.id), wording.id],
	};
}

/** A paragraph keeps its name through all versions: what was said about it stays beside it. */
export const newParagraph = (ar = '', en = ''): Paragraph => ({ id: toBase64url(crypto.getRandomValues(new Uint8Array(12))), ar, en });

const EMPTY_LINE = /\n\s*\n/;
const partsOf = (text: string): readonly string[] =>
	text
		.split(EMPTY_LINE)
		.map((part) => part.trim())
		.filter(Boolean);

/** Something was pasted that is several paragraphs. */
export const isSeveral = ({ ar, en }: Paragraph): boolean => partsOf(ar).length > 1 || partsOf(en).length > 1;

/** The paragraphs that one is: both languages side by side, in order. The first keeps the name. */
export function split(paragraph: Paragraph): readonly Paragraph[] {
	const [ar, en] = [partsOf(paragraph.ar), partsOf(paragraph.en)];
	return Array.from({ length: Math.max(ar.length, en.length) }, (_, at) => {
		const words = { ar: ar[at] ?? '', en: en[at] ?? '' };
		return at === 0 ? { ...paragraph, ...words } : newParagraph(words.ar, words.en);
	});
}

export const moved = (list: readonly Paragraph[], from: number, to: number): readonly Paragraph[] => {
	const one = list[from];
	return one && to >= 0 && to < list.length ? list.toSpliced(from, 1).toSpliced(to, 0, one) : list;
};

/** As it is signed. */
export const written = ({ paragraphs }: VersionFields): Paragraph[] =>
	paragraphs.map(({ id, ar, en }) => ({ id, ar: ar.trim(), en: en.trim() }));

export interface VersionProblems {
	/** By place. */
	readonly paragraphs: readonly (string | null)[];
	readonly reason: string | null;
	readonly text: string | null;
}

/** What is wrong with it, beside what it is about. */
export function problemsOf(fields: VersionFields, newest: Version | null, format: Format): VersionProblems {
	const { paragraphs, reason } = fields;
	const length = paragraphs.reduce((sum, { ar, en }) => sum + ar.length + en.length, 0);
	const isSame = newest !== null && isSameText(newest, { paragraphs: written(fields) });
	return {
		paragraphs: paragraphs.map(({ ar, en }) => ((ar + en).trim() === '' ? m.position_paragraph_empty() : null)),
		reason: overLimit(reason, REASON_LIMIT, format) ?? (newest && reason.trim() === '' ? ruleText('new-version-has-a-reason') : null),
		text: isSame
			? ruleText('new-version-changes-something')
			: length > TEXT_LIMIT || paragraphs.length > MOST_PARAGRAPHS
				? m.problem_text_too_long({ actual: format.number(length), limit: format.number(TEXT_LIMIT) })
				: null,
	};
}

import type { Bilingual, Language } from '@multaqa/shared/documents/pair';
import type { PublishedSummary } from '@multaqa/shared/publication/published';
import { isoOf, secondsIn } from '@multaqa/shared/publication/signed-text';
import { m } from '../paraglide/messages.js';
import { formatIn } from './words.ts';

/** How statements are followed: Atom (RFC 4287) and RSS 2.0, one of each for a language. */
export const FEEDS = ['ar.atom', 'ar.rss', 'en.atom', 'en.rss'] as const;

interface Entry {
	readonly link: string;
	readonly id: string;
	readonly title: string;
	readonly text: string;
	/** Seconds since 1970. */
	readonly time: number;
}

/** One feed, whole. @param name one of {@link FEEDS} */
export function feed(name: (typeof FEEDS)[number], statements: readonly PublishedSummary[], origin: string): string {
	const language: Language = name.startsWith('ar') ? 'ar' : 'en';
	const entries = statements.flatMap((one) => entriesOf(one, language, origin)).toSorted((one, other) => other.time - one.time);
	const head = { title: m.public_all({}, { locale: language }), self: `${origin}/statements/feeds/${name}`, page: `${origin}/statements` };
	return name.endsWith('atom') ? atom(head, entries, language) : rss(head, entries, language);
}

/** The statement, and everything that was said about it afterwards as an entry of its own. */
function entriesOf({ title, list, withdrawals }: PublishedSummary, language: Language, origin: string): readonly Entry[] {
	const link = `${origin}/statements/${list.address}`;
	const name = inOne(title, language);
	const entry = (
		id: string,
		text: string,
		at: string,
		heading: string = m.public_feed_correction({ title: name }, { locale: language }),
	): Entry => ({
		link,
		id: `${link}#${id}`,
		title: heading,
		text,
		time: secondsIn(at),
	});
	const count = list.signatories.filter(({ withdrawal }) => withdrawal === null).length;
	const corrections = list.corrections.map(({ at, text }, place) => entry(`correction-${place + 1}`, inOne(text, language), at));
	const gone = withdrawals.map(({ organisation, withdrawn, reason, signature }) => {
		const said = m.public_feed_withdrew({ name: inOne(organisation, language) }, { locale: language });
		return entry(`withdrawal-${signature.slice(0, 16)}`, reason ? `${said} ${inOne(reason, language)}` : said, withdrawn);
	});
	return [
		entry(
			'statement',
			m.public_feed_signed({ count, shown: formatIn(language).number(count) }, { locale: language }),
			list.published,
			name,
		),
		...corrections,
		...gone,
	];
}

const inOne = (both: Bilingual, language: Language): string => both[language] || both.ar || both.en;

interface Head {
	readonly title: string;
	readonly self: string;
	readonly page: string;
}

function atom({ title, self, page }: Head, entries: readonly Entry[], language: Language): string {
	const updated = isoOf(Math.max(0, ...entries.map(({ time }) => time)));
	const each = entries.map(
		(entry) =>
			`<entry><id>${escaped(entry.id)}</id><title>${escaped(entry.title)}</title><link href="${escaped(entry.link)}"/>` +
			`<updated>${isoOf(entry.time)}</updated><published>${isoOf(entry.time)}</published><summary>${escaped(entry.text)}</summary></entry>`,
	);
	return (
		`${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"><id>${escaped(self)}</id><title>${escaped(title)}</title>` +
		`<updated>${updated}</updated><link rel="self" href="${escaped(self)}"/><link href="${escaped(page)}"/>` +
		`<author><name>${escaped(title)}</name></author>${each.join('')}</feed>\n`
	);
}

function rss({ title, self, page }: Head, entries: readonly Entry[], language: Language): string {
	const each = entries.map(
		(entry) =>
			`<item><guid isPermaLink="false">${escaped(entry.id)}</guid><title>${escaped(withoutTags(entry.title))}</title>` +
			`<link>${escaped(entry.link)}</link><pubDate>${new Date(entry.time * 1000).toUTCString()}</pubDate>` +
			`<description>${escaped(escaped(entry.text))}</description></item>`,
	);
	return (
		`${DECLARATION}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${escaped(title)}</title>` +
		`<link>${escaped(page)}</link><description>${escaped(title)}</description><language>${language}</language>` +
		`<atom:link rel="self" type="application/rss+xml" href="${escaped(self)}"/>${each.join('')}</channel></rss>\n`
	);
}

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';
/** What XML 1.0 (§2.2) has no place for, and what would turn the words around it (Unicode bidi controls). */
// oxlint-disable-next-line no-control-regex -- They are what is looked for.
const NEITHER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A title in RSS is read as plain text by some and as HTML by others: in both nothing of it is a tag. (A description is HTML, hence escaped twice.) */
const withoutTags = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›');

/** Text as it may stand in XML, whatever it holds. */
export const escaped = (text: string): string =>
	text
		.toWellFormed()
		.replaceAll(NEITHER, '')
		.replaceAll(/[&<>"']/g, (sign) => NAMES[sign] ?? '');

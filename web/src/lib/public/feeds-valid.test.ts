import { published, signatoryOf, signingOrganisation, STATEMENT, withdrawn } from '@multaqa/shared/testing/published';
import { summaryOf, type PublishedSummary } from '@multaqa/shared/publication/published';
import { isoOf } from '@multaqa/shared/publication/signed-text';
import { RelaxNGValidator, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { feed, type FEEDS } from './feeds.ts';
import atomSchema from './testing/atom.rng?raw';

const ORIGIN = 'https://forum.example.org';
const NOON = 1_795_000_000;
const HOSTILE: readonly (readonly [what: string, text: string])[] = [
	['plain words', 'بيان بشأن المفقودين'],
	['control characters', 'a\u0000b\u0001c\u0008d\u000Be\u000Cf\u001Fg\u007Fh\u0085i\u009Fj'],
	['markup', '<script>alert(1)</script><b a="1" b=\'2\'>&amp;&#0;&nbsp;<!-- --><?x?>'],
	['the end of CDATA', ']]><![CDATA['],
	['bidi overrides and isolates', '\u202Eabc\u202D\u202A\u202B\u202C\u2066\u2067\u2068\u2069'],
	['halves of surrogates', '\uD800a\uDC00b\uDBFF'],
	['what is no character', '\uFFFE\uFFFFa\u{1FFFE}\u{10FFFF}'],
	['a mark of byte order, and other spaces', '\uFEFFa\u2028b\u2029c\u00A0d\u200Fe\u061Cf'],
	['a long text', 'ا'.repeat(5_000)],
	['nothing', ''],
];

let whole: PublishedSummary;
beforeAll(async () => {
	const [host, families] = [await signingOrganisation(1, 'المضيف', 'Host'), await signingOrganisation(2, 'رابطة العائلات', 'Families')];
	const signatories = [await signatoryOf(host, STATEMENT), await withdrawn(families, await signatoryOf(families, STATEMENT), NOON + 7200)];
	const corrections = [{ at: isoOf(NOON + 3600), text: { ar: 'صُحح الرقم', en: 'The number was corrected' } }];
	whole = summaryOf(await published([host], { signatories, changes: { published: isoOf(NOON), corrections } }));
});

/** The statement with a text wherever somebody else's words stand. */
function saying(text: string): PublishedSummary {
	const both = { ar: text, en: text };
	const { list, withdrawals } = whole;
	return {
		...whole,
		title: both,
		list: { ...list, corrections: list.corrections.map((one) => ({ ...one, text: both })) },
		withdrawals: withdrawals.map((one) => ({ ...one, organisation: both, reason: both })),
	};
}

/** Throws where libxml2 finds no well-formed XML. */
const parsed = (name: (typeof FEEDS)[number], statements: readonly PublishedSummary[]): XmlDocument =>
	XmlDocument.fromString(feed(name, statements, ORIGIN));
const schema = RelaxNGValidator.fromDoc(XmlDocument.fromString(atomSchema));
/** What no feed may show, whoever wrote it. */
// oxlint-disable-next-line no-control-regex -- They are what is looked for.
const NEVER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF\uD800-\uDFFF]/u;

describe.each(['ar.atom', 'en.atom'] as const)('%s', (name) => {
	test.each(HOSTILE)('is valid by the schema of RFC 4287 with %s in its titles', (_, text) => {
		const document = parsed(name, [saying(text), whole]);
		expect(() => schema.validate(document)).not.toThrow();
		expect(document.root.content).not.toMatch(NEVER);
	});

	test('is valid with nothing in it, and the schema would notice what it lacks', () => {
		expect(() => schema.validate(parsed(name, []))).not.toThrow();
		for (const part of ['<id>', '<title>', '<updated>']) {
			const without = feed(name, [whole], ORIGIN).replaceAll(new RegExp(`${part}[^<]*${part.replace('<', '</')}`, 'g'), '');
			expect(() => schema.validate(XmlDocument.fromString(without)), part).toThrow();
		}
	});

	test('keeps what RFC 4287 says beside its schema: an author for all, a link to itself, an address in each entry without content', () => {
		const at = { a: 'http://www.w3.org/2005/Atom' };
		const { root } = parsed(name, [whole]);
		expect(root.find('a:author/a:name', at)).toHaveLength(1);
		expect(root.find(`a:link[@rel="self"][@href="${ORIGIN}/statements/feeds/${name}"]`, at)).toHaveLength(1);
		expect(root.find('a:entry', at)).toHaveLength(3);
		expect(root.find('a:entry[not(a:content)][not(a:link[not(@rel) or @rel="alternate"])]', at)).toEqual([]);
	});
});

/** RSS 2.0 (rssboard.org/rss-specification) has no schema: its elements, and how often each may stand there. */
const CHANNEL = { title: 1, link: 1, description: 1, language: 1, 'atom:link': 1, item: Infinity };
const ITEM = { title: 1, link: 1, description: 1, guid: 1, pubDate: 1 };
const DAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

function countsOf(element: XmlElement): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const child of element.find('*') as XmlElement[]) {
		const name = child.prefix ? `${child.prefix}:${child.name}` : child.name;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

describe.each(['ar.rss', 'en.rss'] as const)('%s', (name) => {
	test.each(HOSTILE)('holds the elements of RSS 2.0, each as often as it may, with %s in its titles', (_, text) => {
		const { root } = parsed(name, [saying(text), whole]);
		expect([root.name, root.attr('version')?.content]).toEqual(['rss', '2.0']);
		const [channel] = root.find('channel') as XmlElement[];
		expect(countsOf(channel!)).toEqual({ ...CHANNEL, item: 6 });
		for (const item of root.find('channel/item') as XmlElement[]) {
			expect(countsOf(item)).toEqual(ITEM);
			expect(item.get('pubDate')?.content).toMatch(DAY);
			expect(item.get('guid/@isPermaLink')?.content).toBe('false');
			expect(item.get('link')?.content).toMatch(/^https:\/\/forum\.example\.org\/statements\/[a-z2-7]{10}$/);
		}
		expect(root.content).not.toMatch(NEVER);
	});

	test('holds no tag for whoever reads a title or a description as HTML', () => {
		const { root } = parsed(name, [saying('<img src=x onerror=alert(1)> & <b>')]);
		for (const part of root.find('channel/item/title | channel/item/description')) {
			const read = new DOMParser().parseFromString(part.content, 'text/html');
			expect(read.body.querySelector('*'), part.content).toBeNull();
			expect(read.body.textContent).toMatch(/[<‹]b[>›]|signed|وقّع/iu);
		}
	});
});

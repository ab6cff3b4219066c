import { published, signatoryOf, signingOrganisation, STATEMENT, withdrawn } from '@multaqa/shared/testing/published';
import { summaryOf, type PublishedSummary } from '@multaqa/shared/publication/published';
import { isoOf, type ListText } from '@multaqa/shared/publication/signed-text';
import { beforeAll, describe, expect, test } from 'vitest';
import { escaped, feed, FEEDS } from './feeds.ts';

const ORIGIN = 'https://forum.example.org';
const NOON = 1_795_000_000;
let whole: PublishedSummary;
beforeAll(async () => {
	const [host, families] = [
		await signingOrganisation(1, 'المضيف', 'Host'),
		await signingOrganisation(2, 'رابطة <العائلات>', 'Families & Co'),
	];
	const signatories = [await signatoryOf(host, STATEMENT), await withdrawn(families, await signatoryOf(families, STATEMENT), NOON + 7200)];
	const corrections: ListText['corrections'] = [{ at: isoOf(NOON + 3600), text: { ar: 'صُحح الرقم', en: 'The number was corrected' } }];
	whole = summaryOf(await published([host], { signatories, changes: { published: isoOf(NOON), corrections } }));
});

const read = (text: string): Document => new DOMParser().parseFromString(text, 'text/xml');
const titles = (text: string, kind: string) => [...read(text).querySelectorAll(`${kind} > title`)].map((node) => node.textContent);

describe('whoever follows statements', () => {
	test('finds the statement, its corrections and withdrawals as entries of their own, the newest first', () => {
		const title = 'Statement on the missing in Syria';
		for (const [name, kind] of [
			['en.atom', 'entry'],
			['en.rss', 'item'],
		] as const) {
			const text = feed(name, [whole], ORIGIN);
			expect(titles(text, kind)).toEqual([`Correction: ${title}`, `Correction: ${title}`, title]);
			expect(read(text).documentElement.textContent).toMatch(/Families (&|&amp;) Co has withdrawn/);
			expect(text).toContain(`${ORIGIN}/statements/${whole.list.address}`);
		}
	});

	test('gets well-formed XML in each language, also while there is nothing', () => {
		for (const name of FEEDS)
			for (const list of [[], [whole]]) {
				const document = read(feed(name, list, ORIGIN));
				expect(document.querySelector('parsererror'), name).toBeNull();
				expect(document.documentElement.nodeName).toBe(name.endsWith('atom') ? 'feed' : 'rss');
			}
	});

	test('reads each entry under an id that stays, and a time as its format wants it', () => {
		const atom = read(feed('ar.atom', [whole], ORIGIN));
		const ids = [...atom.querySelectorAll('entry > id')].map((node) => node.textContent);
		expect(new Set(ids).size).toBe(3);
		expect(ids).toEqual([...read(feed('ar.atom', [whole], ORIGIN)).querySelectorAll('entry > id')].map((node) => node.textContent));
		expect(atom.querySelector('feed > updated')?.textContent).toBe(isoOf(NOON + 7200));
		expect(feed('en.rss', [whole], ORIGIN)).toContain('<pubDate>Wed, 18 Nov 2026');
	});
});

describe('text in a feed', () => {
	test.each([
		['markup', '<b>&"\'</b>', '&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;'],
		['control characters', 'a\u0000b\u001Fc\u007Fd', 'abcd'],
		['bidi overrides', 'a\u202Eb\u2066c\u2069', 'abc'],
		['halves of surrogates', 'a\uD800b', 'a\uFFFDb'],
		['CDATA ends', ']]>', ']]&gt;'],
		['line breaks and tabs, which stay', 'a\n\tb', 'a\n\tb'],
	])('is neutral: %s', (_, text, expected) => {
		expect(escaped(text)).toBe(expected);
	});
});

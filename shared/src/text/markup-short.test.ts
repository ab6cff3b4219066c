import { describe, expect, test } from 'vitest';
import type { AccountId, Hash } from '../bytes/ids.ts';
import { markupOf } from './markup.ts';
import { protectedLine, quoteText, shortMention, spelled, type Meant } from './markup-short.ts';
import { ownPlainOf, plainOf } from './markup-plain.ts';

const LINA = 'L'.repeat(43);
const POST = `q8Zk3nXw${'p'.repeat(35)}`;
const meant: Meant = {
	mention: (name) => (name === 'لينا حداد' ? { kind: 'account', id: LINA as AccountId } : null),
	post: (beginning) => (POST.startsWith(beginning) ? (POST as Hash) : null),
};

describe('what is signed', () => {
	test.each([
		['مرحبًا @[لينا حداد]، شكرًا', `مرحبًا @[لينا حداد](account:${LINA})، شكرًا`],
		['> [لينا](post:q8Zk3nXw)\n> نص', `> [لينا](post:${POST})\n> نص`],
		['> > [لينا](post:q8Zk3nXw)', `> > [لينا](post:${POST})`],
	])('%j is spelled out', (typed, signed) => expect(spelled(typed, meant)).toBe(signed));

	test.each([
		['a name nobody here has', '@[فلان الفلاني]'],
		['a post that is not here', '> [x](post:AAAAAAAA)'],
		['a post that is not quoted', '[x](post:q8Zk3nXw)'],
		['code', '`@[لينا حداد]`'],
		['a block of code', '```\n@[لينا حداد]\n```'],
		['a block of code that is not closed', '```\n@[لينا حداد]'],
		['what was protected', '\\@[لينا حداد]'],
		['what was spelled out already', `@[لينا حداد](account:${LINA})`],
		['an address', 'a@b.example @لينا'],
	])('%s stays as it was typed', (_, typed) => expect(spelled(typed, meant)).toBe(typed));
});

test('a name cannot leave its brackets', () => {
	expect(shortMention('x](https://evil.example)[y\n')).toBe('@[x(https://evil.example)y]');
});

describe('quoted words', () => {
	const words = [
		'*نجوم* و_خطوط_',
		'# ليس عنوانًا',
		'1. ليس قائمة',
		'- ولا هذه',
		'٣- ولا',
		'> ولا',
		'<b>',
		'a\\b',
		'`x`',
		'[x](https://a.example/)',
	];

	test.each(words)('%j are read as they were', (line) => {
		expect(plainOf(markupOf(protectedLine(line)))).toBe(line);
	});

	test('are written below whose they are, and found again', () => {
		const text = quoteText('سطر أول\n\n*سطر* ثانٍ', { name: 'لينا [حداد]', post: 'q8Zk3nXw' });
		expect(text).toBe('> [لينا حداد](post:q8Zk3nXw)\n> سطر أول\n>\n> \\*سطر\\* ثانٍ');
		const [quote] = markupOf(spelled(text, meant));
		expect(quote).toMatchObject({ kind: 'quote', source: POST });
		expect(quote?.kind === 'quote' && ownPlainOf(quote.blocks)).toBe('سطر أول\n*سطر* ثانٍ');
	});

	test('of nobody have no head', () => expect(quoteText('a', null)).toBe('> a'));
});

import { describe, expect, test } from 'vitest';
import { MARKUP_LIMIT, markupOf, type Block, type Inline, type Line, type List } from './markup.ts';
import { plainOf } from './markup-plain.ts';

const ID = 'q'.repeat(43);
const ORGANISATION = 'o'.repeat(22);

/** A tree, short enough for a table: `p(…)` paragraph, lines apart by `|`, `h1(…)`, `ul(…)`, `ol(…)`, `q(…)`, `code(…)`, `hr`. */
const drawn = (text: string): string => markupOf(text).map(block).join(' ');

function block(one: Block): string {
	if (one.kind === 'paragraph') return `p(${lines(one.lines)})`;
	if (one.kind === 'heading') return `h${one.level}(${line(one.line)})`;
	if (one.kind === 'plain') return `plain(${one.text.length})`;
	if (one.kind === 'code') return `code(${one.text.replaceAll('\n', '|')})`;
	if (one.kind === 'rule') return 'hr';
	if (one.kind === 'quote') return `q${one.source === null ? '' : `:${one.source.slice(0, 2)}`}(${one.blocks.map(block).join(' ')})`;
	return list(one);
}

const list = ({ numerals, items }: List): string =>
	`${numerals ?? 'ul'}(${items
		.map(
			({ number, lines: own, lists }) => `${numerals ? `${number}:` : ''}${lines(own)}${lists.map((below) => ` ${list(below)}`).join('')}`,
		)
		.join('; ')})`;
const lines = (all: readonly Line[]): string => all.map(line).join('|');
const line = (all: Line): string => all.map(inline).join('');

function inline(one: Inline): string {
	if (one.kind === 'text') return one.text;
	if (one.kind === 'code') return `{${one.text}}`;
	if (one.kind === 'strong') return `<b>${line(one.content)}</b>`;
	if (one.kind === 'emphasis') return `<i>${line(one.content)}</i>`;
	if (one.kind === 'mention') return `<@${one.target.kind}:${one.target.id.slice(0, 4)}>`;
	return `<${one.kind} ${one.label ?? '='} ${one.address}>`;
}

describe('what was written before there were marks reads as before', () => {
	test.each([
		['سلام عليكم', 'p(سلام عليكم)'],
		['سطر أول\nسطر ثانٍ\r\nthird', 'p(سطر أول|سطر ثانٍ|third)'],
		['فقرة\n\n\nفقرة', 'p(فقرة) p(فقرة)'],
		['    مسافة في البداية', 'p(    مسافة في البداية)'],
		['القرار A/HRC/RES/46/22 (2021)', 'p(القرار A/HRC/RES/46/22 (2021))'],
		['2*3*4 = 24 و a*b*c', 'p(2*3*4 = 24 و a*b*c)'],
		['snake_case_name و __init__x', 'p(snake_case_name و __init__x)'],
		['السعر* مع الضريبة', 'p(السعر* مع الضريبة)'],
		['5 * 6 * 7', 'p(5 * 6 * 7)'],
		['#وسم و # وحده', 'p(#وسم و # وحده)'],
		['2024. سنة صعبة', 'p(2024. سنة صعبة)'],
		['-بلا مسافة', 'p(-بلا مسافة)'],
		['[قوس] (قوس)', 'p([قوس] (قوس))'],
		['عنوان\n=====\nنص', 'p(عنوان|=====|نص)'],
		['[1]: https://example.org', 'p([1]: <link = https://example.org/>)'],
		['&amp; &#x202e; &lt;b&gt;', 'p(&amp; &#x202e; &lt;b&gt;)'],
		['C:\\Users\\x و \\d', 'p(C:\\Users\\x و \\d)'],
		['', ''],
		[' \n\t\n', ''],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('there is no HTML', () => {
	test.each([
		['<b>x</b>', 'p(<b>x</b>)'],
		['<script>alert(1)</script>', 'p(<script>alert(1)</script>)'],
		['<img src="https://evil.example/x.png" onerror=alert(1)>', 'p(<img src="<link = https://evil.example/x.png>" onerror=alert(1)>)'],
		['<!-- x -->\n<div>', 'p(<!-- x -->|<div>)'],
		['<https://example.org>', 'p(<<link = https://example.org/>>)'],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('emphasis', () => {
	test.each([
		['*مهم* و**عاجل** معًا', 'p(<i>مهم</i> و<b>عاجل</b> معًا)'],
		['**قرار المجلس**، ثم', 'p(<b>قرار المجلس</b>، ثم)'],
		['الـ**مساءلة** وو*العدالة*', 'p(الـ<b>مساءلة</b> وو<i>العدالة</i>)'],
		['_note_ and __strong__ words', 'p(<i>note</i> and <b>strong</b> words)'],
		['***كلاهما***', 'p(<b><i>كلاهما</i></b>)'],
		['**a *b* c**', 'p(<b>a <i>b</i> c</b>)'],
		['*a **b** c*', 'p(<i>a <b>b</b> c</i>)'],
		['**غير مغلق', 'p(**غير مغلق)'],
		['*a **b* c**', 'p(<i>a **b</i> c**)'],
		['*أول *ثانٍ*', 'p(*أول <i>ثانٍ</i>)'],
		['*سطر\nسطر*', 'p(*سطر|سطر*)'],
		['** x **', 'p(** x **)'],
		['**** x', 'p(**** x)'],
		['\\*نجمة\\* و \\[x\\]', 'p(*نجمة* و [x])'],
		['**`a*b`**', 'p(<b>{a*b}</b>)'],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('code', () => {
	test.each([
		['استخدام `npm *ci*` هنا', 'p(استخدام {npm *ci*} هنا)'],
		['`` a`b ``', 'p({a`b})'],
		['` مفتوح', 'p(` مفتوح)'],
		['```\n# نص\n> x\n```\nبعد', 'code(# نص|> x) p(بعد)'],
		['```ts\nlet x', 'code(let x)'],
		['``` ما هذا', 'p(``` ما هذا)'],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('headings and rules', () => {
	test.each([
		['# الخلاصة', 'h1(الخلاصة)'],
		['## Summary of *all*', 'h2(Summary of <i>all</i>)'],
		['##### أصغر', 'h2(أصغر)'],
		['نص\n# عنوان\nنص', 'p(نص) h1(عنوان) p(نص)'],
		['قبل\n---\nبعد', 'p(قبل) hr p(بعد)'],
		['--', 'p(--)'],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('lists', () => {
	test.each([
		['- أول\n- ثانٍ', 'ul(أول; ثانٍ)'],
		['نقاط:\n* a\n* b\nبعد', 'p(نقاط:) ul(a; b) p(بعد)'],
		['1. أول\n2) ثانٍ\n3- ثالث', 'latin(1:أول; 2:ثانٍ; 3:ثالث)'],
		['٥- خامس\n٧- سابع', 'arabic(5:خامس; 7:سابع)'],
		['۱. یک', 'persian(1:یک)'],
		['- a\n  - b\n  - c\n- d', 'ul(a ul(b; c); d)'],
		['- a\n  - b\n      - c', 'ul(a ul(b; c))'],
		['1. a\n\t- b\n\t1. c\n2. d', 'latin(1:a ul(b) latin(1:c); 2:d)'],
		['- a\n  تكملة\n- b', 'ul(a|تكملة; b)'],
		['- a\n\n- b\n\nبعد', 'ul(a; b) p(بعد)'],
		['- a\n\n1. b', 'ul(a) latin(1:b)'],
		['- a\n1. b', 'ul(a) latin(1:b)'],
		['  - a', 'ul(a)'],
		['- ', 'p(-)'],
		['- # عنوان\n- > اقتباس', 'ul(# عنوان; > اقتباس)'],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('quotes', () => {
	test.each([
		['> سطر\n> آخر\nرد', 'q(p(سطر|آخر)) p(رد)'],
		['> - a\n> - b', 'q(ul(a; b))'],
		['> a\n>> b\n> c', 'q(p(a) q(p(b)) p(c))'],
		['>>>> a', 'q(q(q(p(> a))))'],
		[`> [ليلى](post:${ID})\n> كما هي`, 'q:qq(p(كما هي))'],
		[`> [](post:${ID})`, 'q:qq()'],
		[`> [ليلى](post:${ID.slice(1)})\n> x`, `q(p([ليلى](post:${ID.slice(1)})|x))`],
		[`> x\n> [ليلى](post:${ID})`, `q(p(x|[ليلى](post:${ID})))`],
		[`[ليلى](post:${ID})`, `p([ليلى](post:${ID}))`],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('links', () => {
	test.each([
		['الرابط https://www.ohchr.org/en، ثم الاتفاق.', 'p(الرابط <link = https://www.ohchr.org/en>، ثم الاتفاق.)'],
		['(https://a.example/x_(y)) و(https://a.example/z)', 'p((<link = https://a.example/x_(y)>) و(<link = https://a.example/z>))'],
		['**https://a.example/b_c_d**', 'p(<b><link = https://a.example/b_c_d></b>)'],
		['[التقرير](https://a.example/r)', 'p(<link التقرير https://a.example/r>)'],
		['[https://bank.example](https://evil.example)', 'p(<link https://bank.example https://evil.example/>)'],
		['[https://a.example](https://a.example)', 'p(<link = https://a.example/>)'],
		['https://аpple.example/', 'p(<link = https://xn--pple-43d.example/>)'],
		['[x](javascript:alert(1))', 'p([x](javascript:alert(1)))'],
		['[x](data:text/html,y) [y](/local) [z](mailto:a@b)', 'p([x](data:text/html,y) [y](/local) [z](mailto:a@b))'],
		['[x](https://)', 'p([x](https://))'],
		['http:// ليس عنوانًا', 'p(http:// ليس عنوانًا)'],
		['www.example.org', 'p(www.example.org)'],
		['![مخطط](https://evil.example/p.png)', 'p(<image مخطط https://evil.example/p.png>)'],
		['![](https://evil.example/p.png)', 'p(<image  https://evil.example/p.png>)'],
		['![x](data:image/png;base64,AA)', 'p(![x](data:image/png;base64,AA))'],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('mentions', () => {
	test.each([
		[`@[ليلى](account:${ID}) وافقت`, 'p(<@account:qqqq> وافقت)'],
		[`@[الأمل](organisation:${ORGANISATION})`, 'p(<@organisation:oooo>)'],
		['@[التيسير](role:facilitator)', 'p(<@role:faci>)'],
		['@[ليلى]', 'p(@[ليلى])'],
		['@ليلى', 'p(@ليلى)'],
		[`@[x](account:${ORGANISATION})`, `p(@[x](account:${ORGANISATION}))`],
		[`\\@[x](account:${ID})`, `p(@[x](account:${ID}))`],
		[`\`@[x](account:${ID})\``, `p({@[x](account:${ID})})`],
	])('%j', (text, tree) => expect(drawn(text)).toBe(tree));
});

describe('texts made to be expensive', () => {
	const filled = (piece: string) => piece.repeat(Math.ceil(MARKUP_LIMIT / piece.length)).slice(0, MARKUP_LIMIT);
	const grown = (piece: (place: number) => string) =>
		Array.from({ length: 400 }, (_, place) => piece(place))
			.join('\n')
			.slice(0, MARKUP_LIMIT);

	test.each([
		['quotes in quotes', filled('>')],
		['quotes in quotes, line by line', grown((place) => `${'>'.repeat(place % 90)}a`)],
		['lists in lists', grown((place) => `${' '.repeat(place % 90)}- a`)],
		['lists in one line', filled('- ')],
		['lists in quotes', filled('> - a\n')],
		['brackets', filled('[')],
		['brackets that close', '['.repeat(MARKUP_LIMIT / 2) + ']'.repeat(MARKUP_LIMIT / 2)],
		['links that never end', filled('[a](https://')],
		['links with brackets', filled('[a](https://a(b')],
		['addresses of addresses', filled('http://')],
		['addresses that are none', filled('http://[')],
		['an address that ends in dots', `http://a${'.'.repeat(MARKUP_LIMIT - 10)}x`],
		['an address that ends in brackets', `http://a${')'.repeat(MARKUP_LIMIT - 10)}x`],
		['images', filled('![')],
		['mentions', filled('@[')],
		['stars', filled('*')],
		['marks that open', filled('*a **b ')],
		['marks that open and close', filled('a_ _b')],
		['marks in marks', '*a '.repeat(3_300) + ' b*'.repeat(3_300)],
		['marks of both kinds, crossed', filled('*a **b* c** ')],
		['backticks', filled('`')],
		['more and more backticks', grown((place) => `${'`'.repeat(place % 50)} a `).replaceAll('\n', '')],
		['pairs of backticks', filled('`` a ` ')],
		['fences', filled('```\n')],
		['fences that never close', filled('```\n``')],
		['backslashes', filled('\\')],
		['signs of headings', filled('# ')],
		['lines', filled('a\n')],
		['empty lines', filled('\n')],
		['blanks', filled(' ')],
		['items and empty lines', filled('- a\n\n\n')],
		['one word', filled('س')],
		['everything', filled('*_[`>(!@- ')],
	])('%s are read', (_, text) => {
		expect(() => plainOf(markupOf(text))).not.toThrow();
	});

	test('a text longer than any post is shown as it is', () => {
		expect(drawn(`*a*\n${'b'.repeat(MARKUP_LIMIT)}`)).toBe(`plain(${MARKUP_LIMIT + 4})`);
	});

	test('with more parts than anybody writes are shown as they are, and a full post is not', () => {
		for (const text of [filled('*a* '), filled('> a\n\n'), filled('- a\n'), filled('a\n'), filled('`a` ')]) {
			expect(drawn(text)).toBe(`plain(${MARKUP_LIMIT})`);
		}
		expect(drawn(filled('- نوافق على **نشر** التقرير\n'))).toMatch(/^ul/);
	});

	test('no tree is deeper than a person would write', () => {
		const depth = (value: unknown): number =>
			typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
		for (const text of [filled('>'), filled('> - *a **b '), '*a '.repeat(3_300) + ' b*'.repeat(3_300)]) {
			expect(depth(markupOf(text))).toBeLessThan(24);
		}
	});
});

import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { archive } from '../testing/telling-files.ts';
import { loadedWordFile, p, run, WORD_CLIPBOARD, wordFile } from '../testing/word-files.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DOCX_LIMIT, fromDocx } from './docx/from-docx.ts';
import { paired, withSide } from './paired.ts';
import { fromHtml, HTML_LIMIT } from './pasted/from-html.ts';
import { fromPasted } from './pasted/from-pasted.ts';
import { fromText, PLAIN_LIMIT } from './pasted/from-text.ts';
import type { Taken } from './taken.ts';

const shown = ({ paragraphs }: Taken): readonly string[] => paragraphs.map(({ kind, level, text }) => `${kind} ${level}: ${text}`);
const removedOf = ({ removed }: Taken) => Object.fromEntries(removed.map(({ what, count }) => [what, count]));
const refused = (read: () => unknown) => refusalOf(async () => read());

describe('a document of Word', () => {
	test('gives its text with titles, headings, items and notes, and nothing that its reader would not have seen', () => {
		expect(shown(fromDocx(loadedWordFile()))).toEqual([
			'title 1: بيان مشترك',
			'heading 1: الوقائع',
			'paragraph 1: نص ظاهر وبقية',
			'paragraph 1: أُضيف وبقي',
			'item 2: نقطة',
			'footnote 1: انظر القرار 1996/31.',
			'paragraph 1: خلية أولى',
			'paragraph 1: خلية ثانية',
			'paragraph 1: قبل الإطار',
			'paragraph 1: في الإطار',
			'paragraph 1: رابط',
			'paragraph 1: x=1',
		]);
	});

	test('tells what else was in it, each kind with how many: programs, pictures from afar, names, hidden text', () => {
		expect(removedOf(fromDocx(loadedWordFile()))).toEqual({
			macros: 1,
			objects: 1,
			'remote-pictures': 1,
			pictures: 1,
			hidden: 2,
			authors: 3,
			deletions: 1,
			insertions: 1,
			comments: 2,
			tables: 1,
			'text-boxes': 1,
			links: 1,
			formulas: 1,
			headers: 1,
			contents: 1,
			properties: 1,
		});
	});

	test('names nobody in what is taken from it', () => {
		const all = JSON.stringify(fromDocx(loadedWordFile()));
		for (const secret of ['Omar', 'ليلى', 'Third', 'evil', 'حُذف', 'مخفي', 'شبح', 'رأي']) expect(all).not.toContain(secret);
	});

	test.each([
		['cut off', () => loadedWordFile().subarray(0, 900), 'file-uncleanable'],
		['no archive behind its first letters', () => utf8('PK\x03\x04 nothing'), 'file-uncleanable'],
		['without end inside itself', () => wordFile('<w:x>'.repeat(300) + '</w:x>'.repeat(300)), 'file-uncleanable'],
		['with tags that do not match', () => wordFile('<w:p></w:r></w:p>'), 'file-uncleanable'],
		[
			'that declares entities which grow',
			() => wordFile('', { 'word/document.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>' }),
			'file-uncleanable',
		],
		[
			'in another spelling than UTF-8',
			() => new Uint8Array(zipSync({ 'word/document.xml': Uint8Array.of(0xff, 0xfe, 0x3c, 0) })),
			'file-uncleanable',
		],
		[
			'that is a table or slides',
			() => archive({ '[Content_Types].xml': utf8('<x/>'), 'xl/workbook.xml': utf8('<x/>') }),
			'file-unsupported',
		],
		['that is a PDF', () => utf8('%PDF-1.7'), 'file-unsupported'],
		['of the old kind', () => concatBytes(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), new Uint8Array(600)), 'file-unsupported'],
		[
			'behind a passphrase',
			() => concatBytes(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), utf8(Array.from('EncryptedPackage', (letter) => `${letter}\0`).join(''))),
			'file-locked',
		],
		['that is too large', () => new Uint8Array(DOCX_LIMIT + 1), 'too-large'],
		['that unpacks to more than is read', () => wordFile('', { 'word/document.xml': ' '.repeat(17 * 1024 * 1024) }), 'too-large'],
		['without a word', () => wordFile(p('')), 'text-empty'],
		['with a paragraph without end', () => wordFile(p(run('كلمة '.repeat(3_000)))), 'text-too-long'],
		['with more paragraphs than a text may have', () => wordFile(p(run('كلمة')).repeat(2_001)), 'text-too-long'],
	])('%s is refused by name', async (_, file, code) => {
		expect(await refused(() => fromDocx(file()))).toBe(code);
	});

	test('whose styles lead in a circle is read all the same', () => {
		expect(shown(fromDocx(wordFile(p(run('نص'), '<w:pStyle w:val="loop"/>'))))).toEqual(['paragraph 1: نص']);
	});
});

describe('what was copied from Word', () => {
	test('gives its text; bullets, marks and comments that Word writes as text are none of it', () => {
		expect(shown(fromHtml(WORD_CLIPBOARD))).toEqual([
			'title 1: بيان مشترك',
			'heading 1: الوقائع',
			'paragraph 1: نص ظاهر وبقية',
			'footnote 1: انظر القرار 1996/31.',
			'item 1: نقطة أولى',
			'item 2: نقطة & ثانية',
			'paragraph 1: put in and a link',
			'paragraph 1: one',
			'paragraph 1: two',
		]);
	});

	test('tells what else was in it', () => {
		expect(removedOf(fromHtml(WORD_CLIPBOARD))).toEqual({
			macros: 1,
			objects: 1,
			'remote-pictures': 1,
			pictures: 1,
			hidden: 1,
			authors: 2,
			deletions: 1,
			insertions: 1,
			comments: 1,
			tables: 1,
			links: 1,
		});
		expect(JSON.stringify(fromHtml(WORD_CLIPBOARD))).not.toMatch(/Omar|Layla|evil|alert|taken out|مخفي/);
	});

	test('is read as letters alone when that is all there is', () => {
		expect(shown(fromPasted({ html: '', text: 'سطر\n\nLine' }))).toEqual(['paragraph 1: سطر', 'paragraph 1: Line']);
		expect(shown(fromPasted({ html: '<meta charset=utf-8>', text: 'سطر' }))).toEqual(['paragraph 1: سطر']);
	});

	test.each([
		['a clipboard without end inside itself', () => fromHtml('<b>'.repeat(401)), 'file-uncleanable'],
		['a clipboard that is too long', () => fromHtml(' '.repeat(HTML_LIMIT + 1)), 'too-large'],
		['letters that are too many', () => fromText('ا'.repeat(PLAIN_LIMIT + 1)), 'too-large'],
		['nothing', () => fromPasted({ html: '<p> </p>', text: ' ' }), 'text-empty'],
	])('%s is refused by name', async (_, read, code) => expect(await refused(read)).toBe(code));
});

test('letters with bullets and numbers become items and paragraphs, and a year stays one', () => {
	expect(shown(fromText('• نقطة\n- أخرى\n(2) ثالثة\n3. فقرة\n2026. كان عامًا صعبًا'))).toEqual([
		'item 1: نقطة',
		'item 1: أخرى',
		'item 1: ثالثة',
		'paragraph 1: فقرة',
		'paragraph 1: 2026. كان عامًا صعبًا',
	]);
});

describe('two languages in one document', () => {
	const texts = (...lines: readonly string[]) => paired(fromText(lines.join('\n')).paragraphs);

	test('are put beside each other, by turns or one after another, numbers with those before them', () => {
		const wanted = {
			side: 'both',
			alone: [],
			pairs: [
				{ ar: 'أولى', en: 'First' },
				{ ar: 'ثانية 12', en: 'Second' },
			],
		};
		expect(texts('أولى', 'First', 'ثانية 12', 'Second')).toMatchObject(wanted);
		expect(texts('أولى', 'ثانية 12', 'First', 'Second')).toMatchObject(wanted);
	});

	test('of which one says more: what is left over stands alone and is told, and moves nothing behind the next heading', () => {
		const left = texts('# عنوان', 'أولى', 'ثانية', '## تالٍ', 'ثالثة', '# Title', 'First', '## Next', 'Third');
		expect(left.pairs.map(({ ar, en }) => [ar, en])).toEqual([
			['عنوان', 'Title'],
			['أولى', 'First'],
			['ثانية', ''],
			['تالٍ', 'Next'],
			['ثالثة', 'Third'],
		]);
		expect(left.alone).toEqual([2]);
	});

	test('brought one at a time: the second fills its side, and what is more is told', () => {
		const there = texts('أولى', 'ثانية').pairs;
		const { pairs, more } = withSide(there, texts('First', 'Second', 'Third').pairs, 'en');
		expect(pairs.map(({ ar, en }) => [ar, en])).toEqual([
			['أولى', 'First'],
			['ثانية', 'Second'],
			['', 'Third'],
		]);
		expect(more).toBe(1);
	});
});

import { fromUtf8, utf8 } from '@multaqa/shared/bytes/bytes';
import type { ExportedText } from '@multaqa/shared/exchange/exported-text';
import { paired } from '@multaqa/shared/exchange/paired';
import { isProblem } from '@multaqa/shared/problem';
import { expect, test } from 'vitest';
import { makeFile, takeFile, takePasted } from './beside.ts';
import { nameOfFile } from './save-file.ts';

const pairs = [
	{ kind: 'title', level: 1, ar: 'بيان مشترك', en: 'Joint statement' },
	{ kind: 'paragraph', level: 1, ar: 'السَّلامُ عليكم، 1996/31', en: 'Nothing has changed' },
] as const;
const text: ExportedText = {
	authority: 'both',
	pairs,
	title: { ar: 'بيان', en: 'Statement' },
	number: 1,
	hash: null,
	day: null,
	credit: null,
	reservations: [],
	signatories: null,
};
const options = { languages: 'both', closing: true } as const;

test('a text goes into a document beside the page and comes out of it as it was', async () => {
	const { bytes } = await makeFile('docx', text, options);
	const { paragraphs } = await takeFile(new Blob([bytes]));
	expect(paired(paragraphs).pairs).toEqual(pairs);
});

test('a PDF is made with the typefaces of the page, and what they cannot draw is told', async () => {
	const { bytes, undrawn } = await makeFile(
		'pdf',
		{ ...text, title: text.title, pairs: [...pairs, { ...pairs[1], en: 'peace 😀' }] },
		options,
	);
	expect(String.fromCharCode(...bytes.subarray(0, 8))).toBe('%PDF-1.7');
	expect(bytes.length).toBeGreaterThan(10_000);
	expect(undrawn).toEqual(['😀']);
});

test('Markdown that was exported can be pasted', async () => {
	const { bytes } = await makeFile('markdown', text, options);
	const { paragraphs } = await takePasted({ html: '', text: fromUtf8(bytes) });
	expect(paired(paragraphs).pairs).toEqual(pairs);
});

test('a file that is none is refused by name, and the next one is read', async () => {
	const problem = await takeFile(new Blob([utf8('PK\x03\x04 nothing')])).catch((error: unknown) => error);
	expect(isProblem(problem, 'file-uncleanable')).toBe(true);
	const { bytes } = await makeFile('plain', text, { languages: 'ar', closing: false });
	expect(fromUtf8(bytes)).toBe('بيان مشترك\n\n1. السَّلامُ عليكم، 1996/31\n');
});

test('a file is called as its document, whatever stands in that name', () => {
	expect(nameOfFile('a/b: "c"\u202Etxt', 'docx', 'ar')).toBe('a b c txt (ar).docx');
	expect(nameOfFile('...', 'plain', 'both')).toBe('text.txt');
});

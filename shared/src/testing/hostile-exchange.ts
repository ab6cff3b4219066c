import { utf8 } from '../bytes/bytes.ts';
import { fromDocx } from '../exchange/docx/from-docx.ts';
import { fromHtml } from '../exchange/pasted/from-html.ts';
import { fromText } from '../exchange/pasted/from-text.ts';
import { paired } from '../exchange/paired.ts';
import type { Taken } from '../exchange/taken.ts';
import type { HostileReader } from './hostile-readers.ts';
import { loadedWordFile, WORD_CLIPBOARD, wordFile } from './word-files.ts';

/** Longer ones are read by whoever chose them, however long it takes. */
const MOST = 64 * 1024;

/** Files and clipboards that somebody brings into a document. */
export function exchangeReaders(): readonly HostileReader[] {
	const text = (name: string, read: (typed: string) => Taken, sample: string): HostileReader => ({
		name,
		read: (bytes) => paired(read(new TextDecoder().decode(bytes)).paragraphs),
		sample: utf8(sample),
		most: MOST,
	});
	return [
		{ name: 'a document of Word', read: (bytes) => paired(fromDocx(bytes).paragraphs), sample: loadedWordFile(), most: MOST },
		// Not packed: what is broken is seen by the reader inside of it.
		text(
			'the text of a document of Word',
			(body) => fromDocx(wordFile(body)),
			'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>نص &amp; text</w:t></w:r></w:p>',
		),
		text('a clipboard', fromHtml, WORD_CLIPBOARD),
		text('letters in a clipboard', fromText, '# عنوان[^ar1]\n\n1. Text\n\n   1) نقطة\n\n[^ar1]: حاشية\n\n---\n\nend'),
	];
}

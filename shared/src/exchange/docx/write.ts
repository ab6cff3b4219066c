import { packed } from '../../attachments/clean/docx/package.ts';
import { utf8, type Bytes } from '../../bytes/bytes.ts';
import { shortHash } from '../../documents/canonical.ts';
import type { Language } from '../../documents/pair.ts';
import { sheetsOf, type Block, type Note, type Sheet } from '../blocks.ts';
import { apart } from '../closing.ts';
import type { ExportedText, ExportOptions } from '../exported-text.ts';
import { filled, WORDING } from '../wording.ts';
import {
	contentTypes,
	documentRelationships,
	numbering,
	packageRelationships,
	part,
	settings,
	styles,
	type NumberedList,
} from './parts.ts';

/**
 * A document for word processors: headings, numbered paragraphs, lists and footnotes that are ones, each language a
 * section of its own, Arabic from right to left down to its runs. Written by us: of `docx` (67 kB packed) 3 kB would be used, and what it tells of
 * program and time would have to be taken out again. No properties, no identifiers; the same text gives the same bytes.
 */
export function toDocx(text: ExportedText, options: ExportOptions): Bytes {
	const sheets = sheetsOf(text, options);
	const writer = new Writer();
	const body = sheets.map(
		(sheet, place) =>
			writer.sheet(sheet, place === sheets.length - 1 ? null : place + 1) +
			(place === sheets.length - 1 ? section(sheet.language, place + 1) : ''),
	);
	const parts = new Map<string, string>([
		['[Content_Types].xml', contentTypes(sheets.length)],
		['_rels/.rels', packageRelationships],
		['word/document.xml', part('document', `<w:body>${body.join('')}</w:body>`)],
		['word/_rels/document.xml.rels', documentRelationships(sheets.length)],
		['word/styles.xml', styles],
		['word/numbering.xml', numbering(writer.lists)],
		['word/settings.xml', settings],
		['word/footnotes.xml', part('footnotes', SEPARATORS + writer.notes.join(''))],
		...sheets.map(({ language }, place) => [`word/footer${place + 1}.xml`, footer(text, language)] as const),
	]);
	return packed(new Map([...parts].map(([path, xml]) => [path, utf8(xml)])));
}

const SEPARATORS = ['separator', 'continuationSeparator']
	.map((kind, place) => `<w:footnote w:type="${kind}" w:id="${place - 1}"><w:p><w:r><w:${kind}/></w:r></w:p></w:footnote>`)
	.join('');

const STYLES: Readonly<Record<Exclude<Block['kind'], 'heading'>, string>> = {
	title: 'Title',
	paragraph: 'NumberedParagraph',
	item: 'ListParagraph',
	subheading: 'ClosingHeading',
	line: 'ClosingLine',
};

class Writer {
	readonly notes: string[] = [];
	readonly lists: NumberedList[] = [];
	#paragraphs = 0;
	#items = 0;

	/** @param footer of the section that ends with it; the last one ends with the document */
	sheet({ language, blocks }: Sheet, footer: number | null): string {
		this.#paragraphs = this.lists.push({ kind: 'paragraph', language });
		this.#items = 0;
		const last = blocks.length - 1;
		return blocks.map((block, place) => this.#block(block, place === last && footer !== null ? section(language, footer) : '')).join('');
	}

	#block(block: Block, end: string): string {
		const { kind, level, language, text, notes } = block;
		if (kind !== 'item') this.#items = 0;
		const list =
			kind === 'paragraph'
				? [0, this.#paragraphs]
				: kind === 'item'
					? [level - 1, (this.#items ||= this.lists.push({ kind: 'item', language }))]
					: null;
		const number = list ? `<w:numPr><w:ilvl w:val="${list[0]}"/><w:numId w:val="${list[1]}"/></w:numPr>` : '';
		const marks = notes.map((note) => this.#mark(note, language)).join(run('<w:t>,</w:t>', language, MARK));
		return paragraph(kind === 'heading' ? `Heading${level}` : STYLES[kind], language, number, runs(text, language) + marks, end);
	}

	/** Numbered by the program, through the whole document: a second language goes on where the first one ended. */
	#mark({ text }: Note, language: Language): string {
		const id = this.notes.length + 1;
		const own = run('<w:footnoteRef/>', language, MARK);
		this.notes.push(`<w:footnote w:id="${id}">${paragraph('FootnoteText', language, '', own + runs(` ${text}`, language))}</w:footnote>`);
		return run(`<w:footnoteReference w:id="${id}"/>`, language, MARK);
	}
}

/** What is in such a run is a mark and no part of the text. */
const MARK = '<w:rStyle w:val="FootnoteReference"/>';

/** Without an alignment: lines begin where the language's do, in every program. The paragraph's own mark sets its number. */
function paragraph(style: string, language: Language, number: string, content: string, end = ''): string {
	const [bidi, mark] = language === 'ar' ? ['<w:bidi/>', `<w:rPr>${property('ar')}</w:rPr>`] : ['', ''];
	return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${number}${bidi}${mark}${end}</w:pPr>${content}</w:p>`;
}

const property = (language: Language): string => (language === 'ar' ? '<w:rtl/><w:lang w:bidi="ar-SY"/>' : '<w:lang w:val="en-GB"/>');

const run = (content: string, language: Language, style = ''): string =>
	`<w:r><w:rPr>${style}${property(language)}</w:rPr>${content}</w:r>`;

/** Words of the other script, with what stands between them. */
const LATIN =
	/\p{Script=Latin}[\p{Script=Latin}\p{M}\p{N}]*(?:[^\p{L}\p{N}]+\p{N}*\p{Script=Latin}[\p{Script=Latin}\p{M}\p{N}]*|[/.:-]\p{N}+)*/gu;
const ARABIC =
	/\p{Script=Arabic}[\p{Script=Arabic}\p{M}\u200C\u200D]*(?:[^\p{L}\p{N}]+\p{Script=Arabic}[\p{Script=Arabic}\p{M}\u200C\u200D]*)*/gu;

/** A text in runs of one direction each. */
function runs(text: string, language: Language): string {
	const [others, other] = language === 'ar' ? ([LATIN, 'en'] as const) : ([ARABIC, 'ar'] as const);
	const parts: string[] = [];
	let at = 0;
	const add = (letters: string, own: Language) =>
		void (letters !== '' && parts.push(run(`<w:t xml:space="preserve">${escaped(letters)}</w:t>`, own)));
	for (const { 0: letters, index } of text.matchAll(others)) {
		add(text.slice(at, index), language);
		add(letters, other);
		at = index + letters.length;
	}
	add(text.slice(at), language);
	return parts.join('');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A4, with a foot of its own. */
const section = (language: Language, footer: number): string =>
	`<w:sectPr><w:footerReference w:type="default" r:id="rId${footer + 4}"/><w:type w:val="nextPage"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>${language === 'ar' ? '<w:bidi/>' : ''}</w:sectPr>`;

/** The version, and which page of how many. */
function footer({ hash }: ExportedText, language: Language): string {
	const mark = hash === null ? WORDING.draftMark[language] : apart(shortHash(hash));
	const [before = '', between = ''] = filled(WORDING.page, language, { page: '\n', pages: '\n' }).split('\n');
	const field = (name: string) => `<w:fldSimple w:instr="${name}">${run('<w:t>1</w:t>', language)}</w:fldSimple>`;
	const page = [runs(before, language), field('PAGE'), runs(between, language), field('NUMPAGES')].join('');
	const tab = '<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>';
	return part('ftr', paragraph('Footer', language, tab, `${runs(mark, language)}${run('<w:tab/>', language)}${page}`));
}

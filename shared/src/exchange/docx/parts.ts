import { LANGUAGES, type Language } from '../../documents/pair.ts';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A part of the document. */
export const part = (name: string, content: string): string =>
	`${HEAD}<w:${name} xmlns:w="${MAIN}" xmlns:r="${OFFICE}">${content}</w:${name}>`;

const OVERRIDES = ['document.main', 'styles', 'numbering', 'settings', 'footnotes'];

/** What each part is. @param footers how many there are */
export const contentTypes = (footers: number): string => {
	const override = (path: string, kind: string) =>
		`<Override PartName="/word/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
	const all = [
		...OVERRIDES.map((kind) => override(kind.replace('.main', ''), kind)),
		...Array.from({ length: footers }, (_, place) => override(`footer${place + 1}`, 'footer')),
	];
	return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${all.join('')}</Types>`;
};

const relationships = (targets: readonly (readonly [type: string, target: string])[]): string =>
	`${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets
		.map(([type, target], place) => `<Relationship Id="rId${place + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`)
		.join('')}</Relationships>`;

export const packageRelationships = relationships([['officeDocument', 'word/document.xml']]);

/** The first footer is `rId5`. */
export const documentRelationships = (footers: number): string =>
	relationships([
		...['styles', 'numbering', 'settings', 'footnotes'].map((kind) => [kind, `${kind}.xml`] as const),
		...Array.from({ length: footers }, (_, place) => ['footer', `footer${place + 1}.xml`] as const),
	]);

/** No identifiers of editing sessions; notes have their two lines that Word demands. */
export const settings = part(
	'settings',
	'<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
);

interface StyleRules {
	readonly id: string;
	readonly name: string;
	readonly paragraph?: string;
	readonly run?: string;
	readonly next?: string;
}

const style = ({ id, name, paragraph = '', run = '', next }: StyleRules, kind = 'paragraph'): string =>
	`<w:style w:type="${kind}" w:styleId="${id}"><w:name w:val="${name}"/>${id === 'Normal' || kind === 'character' ? '' : '<w:basedOn w:val="Normal"/>'}${
		next === undefined ? '' : `<w:next w:val="${next}"/>`
	}<w:qFormat/>${paragraph && `<w:pPr>${paragraph}</w:pPr>`}${run && `<w:rPr>${run}</w:rPr>`}</w:style>`;

/** Latin and Arabic letters have sizes and weights of their own, in half points. */
const letters = (size: number, isStrong = false): string =>
	`${isStrong ? '<w:b/><w:bCs/>' : ''}<w:sz w:val="${size}"/><w:szCs w:val="${size + 2}"/>`;
const heading = (level: number, size: number): StyleRules => ({
	id: `Heading${level}`,
	name: `heading ${level}`,
	paragraph: `<w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="${level - 1}"/>`,
	run: letters(size, true),
	next: 'NumberedParagraph',
});

/** Typefaces that every office program has, with Arabic; the direction stands at each paragraph and run. */
export const styles = part(
	'styles',
	[
		`<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>${letters(22)}<w:lang w:val="en-GB" w:bidi="ar-SY"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		style({ id: 'Normal', name: 'Normal' }).replace('<w:style ', '<w:style w:default="1" '),
		style({
			id: 'Title',
			name: 'Title',
			paragraph: '<w:keepNext/><w:spacing w:after="240"/>',
			run: letters(34, true),
			next: 'NumberedParagraph',
		}),
		...[30, 26, 22].map((size, place) => style(heading(place + 1, size))),
		style({ id: 'NumberedParagraph', name: 'Numbered Paragraph' }),
		style({ id: 'ListParagraph', name: 'List Paragraph', paragraph: '<w:spacing w:after="60"/>' }),
		style({
			id: 'FootnoteText',
			name: 'footnote text',
			paragraph: '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
			run: letters(18),
		}),
		style({ id: 'FootnoteReference', name: 'footnote reference', run: '<w:vertAlign w:val="superscript"/>' }, 'character'),
		style({
			id: 'ClosingHeading',
			name: 'Closing Heading',
			paragraph: '<w:keepNext/><w:spacing w:before="320" w:after="80"/>',
			run: letters(22, true),
		}),
		style({ id: 'ClosingLine', name: 'Closing Line', paragraph: '<w:spacing w:after="60"/>', run: letters(20) }),
		style({ id: 'Footer', name: 'footer', run: letters(17) }),
	].join(''),
);

/** A list that is numbered: of which parts, and in which language. */
export interface NumberedList {
	readonly kind: 'paragraph' | 'item';
	readonly language: Language;
}

/** Half of what a number takes, in twentieths of a point. */
const HALF_NUMBER = 150;

/**
 * How far a text stands in, and its number before it. In Arabic the number is centred on its place: «left» there is the
 * leading edge to Word and the left one to LibreOffice, which would set the number into the margin.
 */
function level(place: number, text: string, { indent, hanging }: { indent: number; hanging: number }, language: Language): string {
	const [edge, out] = language === 'ar' ? (['center', hanging - HALF_NUMBER] as const) : (['left', hanging] as const);
	return `<w:lvl w:ilvl="${place}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="${edge}"/><w:pPr><w:ind w:left="${indent}" w:hanging="${out}"/></w:pPr></w:lvl>`;
}

const formOf = ({ kind, language }: NumberedList): number => (kind === 'item' ? 2 : 0) + LANGUAGES.indexOf(language);

/**
 * Numbers of paragraphs, and of items on three levels. Each list begins anew.
 * @param lists in their order from 1
 */
export const numbering = (lists: readonly NumberedList[]): string => {
	const restart = (levels: number) =>
		Array.from({ length: levels }, (_, place) => `<w:lvlOverride w:ilvl="${place}"><w:startOverride w:val="1"/></w:lvlOverride>`).join('');
	const nums = lists.map(
		(list, place) =>
			`<w:num w:numId="${place + 1}"><w:abstractNumId w:val="${formOf(list)}"/>${restart(list.kind === 'item' ? 3 : 1)}</w:num>`,
	);
	const form = (list: NumberedList, levels: string) =>
		`<w:abstractNum w:abstractNumId="${formOf(list)}"><w:multiLevelType w:val="${list.kind === 'item' ? 'multilevel' : 'singleLevel'}"/>${levels}</w:abstractNum>`;
	const items = (language: Language) =>
		[1, 2, 3].map((step) => level(step - 1, `(%${step})`, { indent: 567 * (step + 1), hanging: 510 }, language)).join('');
	const forms = [
		...LANGUAGES.map((language) => form({ kind: 'paragraph', language }, level(0, '%1.', { indent: 567, hanging: 567 }, language))),
		...LANGUAGES.map((language) => form({ kind: 'item', language }, items(language))),
	];
	return part('numbering', forms.join('') + nums.join(''));
};

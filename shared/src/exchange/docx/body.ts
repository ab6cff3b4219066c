import type { Found, Removals } from '../taken.ts';
import { readXml, type XmlHandler } from './read-xml.ts';
import { isHiddenStyle, isOn, kindOf, type Styles } from './styles.ts';

/** What of a part is needed beside itself. */
export interface Beside {
	readonly styles: Styles;
	readonly removals: Removals;
	/** Names of whoever changed something or commented on it. */
	readonly authors: Set<string>;
	/** Texts of footnotes and endnotes: `footnote 2`, `endnote 1`. */
	readonly notes: ReadonlyMap<string, string>;
}

interface Open {
	text: string;
	style: string;
	list: number | null;
	outline: number | null;
	readonly notes: string[];
}

/** Everything in these goes. `Fallback` says again what `Choice` has said. */
const SKIPPED = new Set([
	'del',
	'moveFrom',
	'Fallback',
	'instrText',
	'delText',
	'pPrChange',
	'rPrChange',
	'sectPrChange',
	'tblPrChange',
	'numberingChange',
]);
const CHANGES = new Set(['ins', 'del', 'moveFrom', 'moveTo', 'pPrChange', 'rPrChange']);
const COUNTED = {
	tbl: 'tables',
	txbxContent: 'text-boxes',
	hyperlink: 'links',
	oMath: 'formulas',
	object: 'objects',
	control: 'objects',
	altChunk: 'objects',
} as const;
const SPACES: Readonly<Record<string, string>> = { tab: ' ', br: ' ', cr: ' ', noBreakHyphen: '\u2011' };

/** Paragraphs of the text, or of a note. @throws Problem `file-uncleanable` */
export function readBody(xml: string, beside: Beside): readonly Found[] {
	const reader = new BodyReader(beside);
	readXml(xml, reader);
	return reader.found();
}

class BodyReader implements XmlHandler {
	readonly #beside: Beside;
	readonly #all: Open[] = [];
	/** Paragraphs in text boxes stand inside of others. */
	readonly #open: Open[] = [];
	#skips = 0;
	#isText = false;
	#isHidden = false;
	#isMark = false;
	#inRun = false;

	constructor(beside: Beside) {
		this.#beside = beside;
	}

	open(name: string, attribute: (name: string) => string | undefined): void {
		if (CHANGES.has(name)) this.#change(name, attribute('author'));
		if (SKIPPED.has(name) || this.#skips > 0) return void this.#skips++;
		const counted = name in COUNTED ? COUNTED[name as keyof typeof COUNTED] : undefined;
		if (counted) this.#beside.removals.add(counted);
		const paragraph = this.#open.at(-1);
		if (name === 'p') return this.#begin();
		if (name === 'r') [this.#isHidden, this.#isMark, this.#inRun] = [false, false, true];
		else if (name === 't') this.#isText = true;
		else if (paragraph) this.#inside(name, attribute, paragraph);
	}

	#begin(): void {
		const paragraph: Open = { text: '', style: '', list: null, outline: null, notes: [] };
		this.#all.push(paragraph);
		this.#open.push(paragraph);
	}

	#inside(name: string, attribute: (name: string) => string | undefined, paragraph: Open): void {
		const value = attribute('val') ?? '';
		const space = SPACES[name];
		if (space !== undefined && this.#inRun && !this.#isHidden) paragraph.text += space;
		else if (name === 'pStyle') paragraph.style = value;
		else if (name === 'ilvl') paragraph.list = Math.max(0, Math.trunc(Number(value)) || 0);
		else if (name === 'numId') paragraph.list = value === '0' ? null : (paragraph.list ?? 0);
		else if (name === 'outlineLvl') paragraph.outline = Number(value);
		else if (name === 'rStyle') this.#runStyle(value);
		else if (name === 'vanish' && this.#inRun && isOn(attribute('val'))) this.#isHidden = true;
		else if (name === 'footnoteReference' || name === 'endnoteReference') this.#note(name, attribute('id') ?? '', paragraph);
		else if (name === 'blip' || name === 'imagedata') this.#beside.removals.add('pictures');
	}

	#runStyle(style: string): void {
		const names = [style.toLowerCase(), this.#beside.styles.get(style)?.name ?? ''];
		if (names.some((name) => /^(?:footnote|endnote) ?reference$/.test(name))) this.#isMark = true;
		if (isHiddenStyle(this.#beside.styles, style)) this.#isHidden = true;
	}

	#note(name: string, id: string, paragraph: Open): void {
		const text = this.#beside.notes.get(`${name.replace('Reference', '')} ${id}`);
		if (text !== undefined) paragraph.notes.push(text);
	}

	#change(name: string, author: string | undefined): void {
		const { removals, authors } = this.#beside;
		if (author !== undefined && author !== '') authors.add(author);
		if (name === 'ins' || name === 'moveTo') removals.add('insertions');
		if (name === 'del' || name === 'moveFrom') removals.add('deletions');
	}

	close(name: string): void {
		if (this.#skips > 0) return void this.#skips--;
		if (name === 'p') this.#open.pop();
		else if (name === 'r') this.#inRun = false;
		else if (name === 't') this.#isText = false;
	}

	text(text: string): void {
		const paragraph = this.#open.at(-1);
		if (!paragraph || !this.#isText || this.#skips > 0 || this.#isMark) return;
		if (!this.#isHidden && !isHiddenStyle(this.#beside.styles, paragraph.style)) paragraph.text += text;
		else if (text.trim() !== '') this.#beside.removals.add('hidden');
	}

	found(): readonly Found[] {
		return this.#all.flatMap((paragraph): Found[] => {
			const kind = kindOf(paragraph, this.#beside.styles);
			if (typeof kind === 'object') return [{ ...kind, text: paragraph.text, notes: paragraph.notes }];
			if (paragraph.text !== '') this.#beside.removals.add(kind);
			return [];
		});
	}
}

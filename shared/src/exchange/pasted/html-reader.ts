import { uncleanable } from '../../attachments/clean/traces.ts';
import { levelOf, type Found, type Removals } from '../taken.ts';

/** Deepest nesting of tags that is followed. */
const MOST_DEEP = 400;

/** What begins a paragraph, and ends the one before. */
const BLOCKS = new Set(
	'p div h1 h2 h3 h4 h5 h6 li td th tr table ul ol dl dt dd blockquote pre section article header footer main figure figcaption hr body html'.split(
		' ',
	),
);
/** What is no text. */
const UNSEEN = new Set(
	'head style script title template noscript object embed iframe svg math select textarea button canvas audio video xml'.split(' '),
);
const HIDDEN = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;
const HEADING = /^h([1-6])$/;

type Attributes = Readonly<Record<string, string>>;

/** What an element does until it ends. */
interface Open {
	readonly isBlock: boolean;
	readonly isSkipped: boolean;
	/** Of a note at the end, its name. */
	readonly note: string | null;
}

interface Paragraph {
	kind: Found['kind'];
	level: Found['level'];
	text: string;
	readonly noteNames: string[];
	/** The note that it is part of. */
	readonly note: string | null;
}

/** Is told what stands in a clipboard, tag by tag. */
export class HtmlReader {
	readonly #removals: Removals;
	readonly #all: Paragraph[] = [];
	readonly #open: Open[] = [];
	readonly #authors = new Set<string>();
	#lists = 0;
	#skips = 0;
	#note: string | null = null;
	#current: Paragraph | null = null;

	constructor(removals: Removals) {
		this.#removals = removals;
	}

	onopentag(name: string, attributes: Attributes): void {
		if (this.#open.length >= MOST_DEEP) uncleanable('too deep');
		if ((name === 'ins' || name === 'del') && attributes['cite']) this.#authors.add(attributes['cite']);
		const isSkipped = this.#isSkipped(name, attributes);
		const note = this.#noteOf(attributes);
		const isBlock = BLOCKS.has(name);
		this.#open.push({ isBlock, isSkipped, note });
		if (isSkipped) this.#skips++;
		if (note !== null) this.#note = note;
		if (this.#skips > 0) return;
		if (name === 'ul' || name === 'ol') this.#lists++;
		if (isBlock) this.#begin(name, attributes);
		if (name === 'br') this.ontext(' ');
		this.#count(name, attributes);
	}

	onclosetag(name: string): void {
		const open = this.#open.pop();
		if (!open) return;
		if (this.#skips === 0 && (name === 'ul' || name === 'ol')) this.#lists--;
		if (open.isSkipped) this.#skips--;
		if (open.isBlock) this.#current = null;
		if (open.note !== null) this.#note = null;
	}

	ontext(text: string): void {
		if (this.#skips > 0) return;
		if (!this.#current) {
			if (text.trim() === '') return;
			this.#begin('', {});
		}
		if (this.#current) this.#current.text += text;
	}

	#begin(name: string, attributes: Attributes): void {
		this.#current = { ...this.#kindOf(name, attributes), text: '', noteNames: [], note: this.#note };
		this.#all.push(this.#current);
	}

	#kindOf(name: string, { class: classes = '', style = '' }: Attributes): Pick<Found, 'kind' | 'level'> {
		if (/\bMsoTitle\b/i.test(classes)) return { kind: 'title', level: 1 };
		const heading = HEADING.exec(name)?.[1];
		if (heading !== undefined) return { kind: 'heading', level: levelOf(Number(heading)) };
		const listed = /mso-list:\s*\S+\s+level(\d)/i.exec(style)?.[1];
		if (listed !== undefined) return { kind: 'item', level: levelOf(Number(listed)) };
		// Programs put a paragraph into each item.
		if (this.#lists > 0) return { kind: 'item', level: levelOf(this.#lists) };
		return { kind: 'paragraph', level: 1 };
	}

	#isSkipped(name: string, { style = '', hidden }: Attributes): boolean {
		const skip = (what: Parameters<Removals['add']>[0]) => {
			if (this.#skips === 0) this.#removals.add(what);
			return true;
		};
		if (name === 'object' || name === 'embed' || name === 'iframe') return skip('objects');
		if (name === 'script') return skip('macros');
		if (name === 'math' || name === 'svg') return skip('pictures');
		if (UNSEEN.has(name)) return true;
		if (name === 'del' || name === 's' || name === 'strike') return skip('deletions');
		if (hidden !== undefined || HIDDEN.test(style)) return skip('hidden');
		if (/mso-(?:element:\s*comment|comment-reference|special-character:\s*comment)/i.test(style)) return skip('comments');
		// Bullets and marks that Word writes as text.
		return /mso-list:\s*Ignore/i.test(style) || this.#isMark(name, style);
	}

	/** The mark of a note: in the text it is remembered, before the note it is only left out. */
	#isMark(name: string, style: string): boolean {
		const note = name === 'a' ? /mso-(?:foot|end)note-id:\s*(\w+)/i.exec(style)?.[1] : undefined;
		if (note !== undefined && this.#note === null) this.#current?.noteNames.push(note);
		return note !== undefined;
	}

	#noteOf({ style = '', id = '' }: Attributes): string | null {
		return /mso-element:\s*(?:foot|end)note(?![-\w])/i.test(style) && id !== '' ? id : null;
	}

	#count(name: string, { href, src = '' }: Attributes): void {
		if (name === 'table') this.#removals.add('tables');
		else if (name === 'a' && href !== undefined) this.#removals.add('links');
		else if (name === 'img' || name === 'v:imagedata') this.#removals.add(/^(?:https?:)?\/\//i.test(src) ? 'remote-pictures' : 'pictures');
		else if (name === 'ins') this.#removals.add('insertions');
	}

	/** The paragraphs, each with the notes whose marks stand in it. */
	found(): readonly Found[] {
		this.#removals.add('authors', this.#authors.size);
		const notes = new Map<string, string>();
		for (const { note, text } of this.#all) if (note !== null) notes.set(note, `${notes.get(note) ?? ''} ${text}`);
		return this.#all
			.filter(({ note }) => note === null)
			.map(({ kind, level, text, noteNames }) => ({ kind, level, text, notes: noteNames.flatMap((name) => notes.get(name) ?? []) }));
	}
}

import { levelOf, type Found } from '../taken.ts';
import { readXml } from './read-xml.ts';

/** What is known of a style. */
export interface StyleOf {
	readonly name: string;
	readonly basedOn: string | null;
	readonly isHidden: boolean;
	/** Of headings, from 0. */
	readonly outline: number | null;
}

/** The styles of a document by their ids. */
export type Styles = ReadonlyMap<string, StyleOf>;

/** No style is based on more than so many others. */
const MOST_STEPS = 20;

/** @throws Problem `file-uncleanable` */
export function readStyles(xml: string): Styles {
	const styles = new Map<string, StyleOf>();
	let [id, style] = ['', emptyStyle];
	readXml(xml, {
		open: (tag, attribute) => {
			const value = attribute('val') ?? '';
			if (tag === 'style') [id, style] = [attribute('styleId') ?? '', emptyStyle];
			else if (tag === 'name') style = { ...style, name: value.toLowerCase() };
			else if (tag === 'basedOn') style = { ...style, basedOn: value };
			else if (tag === 'vanish') style = { ...style, isHidden: isOn(attribute('val')) };
			else if (tag === 'outlineLvl') style = { ...style, outline: Number(value) };
		},
		close: (tag) => void (tag === 'style' && styles.set(id, style)),
		text: () => undefined,
	});
	return styles;
}

const emptyStyle: StyleOf = { name: '', basedOn: null, isHidden: false, outline: null };

/** Whether a property that is there is turned on. */
export const isOn = (value: string | undefined): boolean => value === undefined || !/^(?:0|false|off|none)$/.test(value);

/** A style and those that it is based on, the nearest first. */
function lineOf(styles: Styles, id: string): readonly StyleOf[] {
	const line: StyleOf[] = [];
	for (let next: string | null = id; next !== null && line.length < MOST_STEPS;) {
		const style: StyleOf | undefined = styles.get(next);
		if (!style) break;
		line.push(style);
		next = style.basedOn;
	}
	return line;
}

export const isHiddenStyle = (styles: Styles, id: string): boolean => lineOf(styles, id).some(({ isHidden }) => isHidden);

/** A paragraph as far as its style and its numbering tell what it is. */
export interface Described {
	readonly style: string;
	/** Depth of its number or bullet, from 0; `null`: it has none of its own. */
	readonly list: number | null;
	readonly outline: number | null;
}

/** What a paragraph is; `contents` and `closing` are left out. */
export function kindOf({ style, list, outline }: Described, styles: Styles): Pick<Found, 'kind' | 'level'> | 'contents' | 'closing' {
	const line = lineOf(styles, style);
	const names = [style.toLowerCase(), ...line.map(({ name }) => name)];
	const has = (pattern: RegExp) => names.map((name) => pattern.exec(name)).find((found) => found !== null);
	if (has(/^toc ?(?:heading|\d)/)) return 'contents';
	if (has(/^closing ?(?:heading|line)$/)) return 'closing';
	if (has(/^title$/)) return { kind: 'title', level: 1 };
	const heading = has(/^heading ?(\d)/)?.[1] ?? outlineOf(outline ?? line.find((one) => one.outline !== null)?.outline ?? null);
	if (heading !== undefined) return { kind: 'heading', level: levelOf(Number(heading)) };
	const listed = has(/^list(?: ?(?:bullet|number|paragraph))? ?(\d?)/);
	if (listed && (list !== null || !has(/^list ?paragraph/)))
		return { kind: 'item', level: levelOf(Math.max((list ?? 0) + 1, Number(listed[1] ?? 1))) };
	// Numbered paragraphs are what UN texts are made of; what stands deeper is a list.
	return list !== null && list > 0 ? { kind: 'item', level: levelOf(list) } : { kind: 'paragraph', level: 1 };
}

/** Body text is of level 9. */
const outlineOf = (outline: number | null): string | undefined => (outline !== null && outline < 9 ? String(outline + 1) : undefined);

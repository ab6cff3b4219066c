import { uncleanable } from '../traces.ts';

export interface Attribute {
	readonly name: string;
	/** As it is written, with its entities. */
	value: string;
}

/** A tag as it is written, told apart; it may be changed before it is written again. */
export interface Tag {
	readonly name: string;
	readonly attributes: readonly Attribute[];
	readonly closing: boolean;
	readonly empty: boolean;
}

/** What becomes of a tag: it stays with these attributes, or goes with everything in it. */
export type Decide = (tag: Tag) => readonly Attribute[] | 'drop';

/** Deepest nesting of tags. */
export const MOST_DEEP = 256;
const attribute = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const opening = /<(\/?)([^\s<>/"'=]+)/y;
const ending = /\s*(\/?)>/y;

/**
 * Writes a document of XML anew, tag by tag; comments and processing instructions go.
 * @throws Problem `file-uncleanable` for what is not well formed, or declares anything
 */
export function rewritten(xml: string, decide: Decide): string {
	const out: string[] = [];
	const open: string[] = [];
	let dropping = 0;
	for (let at = 0; at < xml.length;) {
		const next = xml.indexOf('<', at);
		const text = xml.slice(at, next < 0 ? xml.length : next);
		if (dropping === 0) out.push(text);
		if (next < 0) break;
		const beyond = skipped(xml, next);
		if (beyond !== null) {
			if (dropping === 0 && xml.startsWith('<![CDATA[', next)) out.push(xml.slice(next, beyond));
			if (xml.startsWith('<?xml ', next)) out.push('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>');
			at = beyond;
			continue;
		}
		const { tag, end } = tagAt(xml, next);
		at = end;
		if (tag.closing && open.pop() !== tag.name) uncleanable('tags do not match');
		if (!tag.closing && !tag.empty && open.push(tag.name) > MOST_DEEP) uncleanable('too deep');
		if (dropping > 0) {
			if (tag.closing && open.length < dropping) dropping = 0;
			continue;
		}
		const attributes = tag.closing ? [] : decide(tag);
		if (attributes !== 'drop') out.push(written(tag, attributes));
		else if (!tag.empty) dropping = open.length;
	}
	if (open.length > 0) uncleanable('cut off');
	return out.join('');
}

/** Where something ends that is no tag; `null` when it is one. @throws Problem `file-uncleanable` */
export function skipped(xml: string, at: number): number | null {
	for (const [begin, end] of [
		['<!--', '-->'],
		['<![CDATA[', ']]>'],
		['<?', '?>'],
	] as const) {
		if (!xml.startsWith(begin, at)) continue;
		const place = xml.indexOf(end, at + begin.length);
		return place < 0 ? uncleanable('cut off') : place + end.length;
	}
	return xml.startsWith('<!', at) ? uncleanable('declarations') : null;
}

/** The tag at a place, and where it ends. @throws Problem `file-uncleanable` */
export function tagAt(xml: string, at: number): { tag: Tag; end: number } {
	opening.lastIndex = at;
	const [begun, slash, name] = opening.exec(xml) ?? uncleanable('no tag');
	let end = at + (begun ?? '').length;
	const attributes: Attribute[] = [];
	for (;;) {
		attribute.lastIndex = end;
		const found = attribute.exec(xml);
		if (!found) break;
		attributes.push({ name: found[1] ?? '', value: found[2] ?? found[3]?.replaceAll('"', '&quot;') ?? '' });
		end = attribute.lastIndex;
	}
	ending.lastIndex = end;
	const [ended, empty] = ending.exec(xml) ?? uncleanable('no tag');
	const closing = slash === '/';
	if (closing && (attributes.length > 0 || empty === '/')) uncleanable('no tag');
	return { tag: { name: name ?? '', attributes, closing, empty: empty === '/' }, end: end + (ended ?? '').length };
}

const written = ({ name, closing, empty }: Tag, attributes: readonly Attribute[]): string =>
	`<${closing ? '/' : ''}${name}${attributes.map(({ name, value }) => ` ${name}="${value}"`).join('')}${empty ? '/' : ''}>`;

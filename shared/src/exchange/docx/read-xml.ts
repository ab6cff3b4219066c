import { MOST_DEEP, skipped, tagAt } from '../../attachments/clean/docx/xml.ts';
import { uncleanable } from '../../attachments/clean/traces.ts';

/** Whoever is told what stands in a part. Names are without prefix: `p`, `r`, `t`. */
export interface XmlHandler {
	open(name: string, attribute: (name: string) => string | undefined): void;
	close(name: string): void;
	text(text: string): void;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads a part from its beginning to its end. Nothing is declared in it, so that nothing can grow; tags are counted.
 * @throws Problem `file-uncleanable` for what is not well formed, or too deep
 */
export function readXml(xml: string, handler: XmlHandler): void {
	const open: string[] = [];
	for (let at = 0; at < xml.length;) {
		const next = xml.indexOf('<', at);
		if (next !== at) handler.text(decoded(xml.slice(at, next < 0 ? xml.length : next)));
		if (next < 0) break;
		const beyond = skipped(xml, next);
		if (beyond !== null) {
			if (xml.startsWith('<![CDATA[', next)) handler.text(xml.slice(next + 9, beyond - 3));
			at = beyond;
			continue;
		}
		const { tag, end } = tagAt(xml, next);
		at = end;
		const name = local(tag.name);
		if (tag.closing) {
			if (open.pop() !== tag.name) uncleanable('tags do not match');
			handler.close(name);
			continue;
		}
		if (open.push(tag.name) > MOST_DEEP) uncleanable('too deep');
		handler.open(name, (wanted) => valueOf(tag.attributes, wanted));
		if (!tag.empty) continue;
		open.pop();
		handler.close(name);
	}
	if (open.length > 0) uncleanable('cut off');
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function valueOf(attributes: readonly { readonly name: string; readonly value: string }[], wanted: string): string | undefined {
	const found = attributes.find(({ name }) => local(name) === wanted)?.value;
	return found === undefined ? undefined : decoded(found);
}

const decoded = (text: string): string =>
	text.includes('&')
		? text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi, (whole, hex, decimal, name) => character(whole, hex, decimal, name))
		: text;

function character(whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
	if (name !== undefined) return ENTITIES[name] ?? whole;
	const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
	return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
}

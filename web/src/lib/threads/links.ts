/** A stretch of text, or an address in it. */
export type Span = { readonly text: string } | { readonly address: string };

const ADDRESS = /https?:\/\/[^\s<>"«»]+/g;
/** Punctuation that ends a sentence does not belong to the address before it. */
const TRAILING = /[.,;:!?،؛؟)\]}'’”]+$/;

/** Cuts `text` at the web addresses in it. Other schemes stay text. */
export function spansOf(text: string): Span[] {
	const spans: Span[] = [];
	let end = 0;
	for (const match of text.matchAll(ADDRESS)) {
		const address = match[0].replace(TRAILING, '');
		if (!URL.canParse(address)) continue;
		if (match.index > end) spans.push({ text: text.slice(end, match.index) });
		spans.push({ address });
		end = match.index + address.length;
	}
	if (end < text.length) spans.push({ text: text.slice(end) });
	return spans;
}

/** The address as it will really be opened: a host in look-alike letters shows as `xn--…`. */
export function spelledOut(address: string): string {
	return new URL(address).href;
}

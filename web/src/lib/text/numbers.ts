/** Numbers that an Arabic paragraph would take apart: telephone numbers, dates and numbers with hyphens, signed ones. */
const APART = /(?<![\p{L}\p{N}])(?:\+\d[\d ().-]{4,}\d|\d+(?:[-–]\d+){2,}|[-−+]\d[\d.,]*)(?![\p{L}\p{N}])/gu;

/** A stretch of text, or a number that keeps its own order. */
export type NumberSpan = { readonly text: string } | { readonly number: string };

/** Cuts `text` at numbers that have to stand in an isolate of their own. */
export function numberSpansOf(text: string): NumberSpan[] {
	const spans: NumberSpan[] = [];
	let end = 0;
	for (const found of text.matchAll(APART)) {
		if (found.index > end) spans.push({ text: text.slice(end, found.index) });
		spans.push({ number: found[0] });
		end = found.index + found[0].length;
	}
	if (end < text.length) spans.push({ text: text.slice(end) });
	return spans;
}

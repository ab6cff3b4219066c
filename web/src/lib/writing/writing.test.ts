import { describe, expect, test } from 'vitest';
import { indented, lineBreak } from './line-break.ts';
import { withLines, withLink, withMark, type Edit, type LineMark, type Mark, type Written } from './writing.ts';

/** `|` is the caret, `[…]`-free: a selection stands between two `|`. */
function written(drawn: string): Written {
	const start = drawn.indexOf('|');
	const text = drawn.replaceAll('|', '');
	const last = drawn.lastIndexOf('|');
	return { text, start, end: last === start ? start : last - 1 };
}

function after({ text }: Written, edit: Edit | null): string {
	if (!edit) return 'as it was';
	const changed = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
	const marked = `${changed.slice(0, edit.end)}|${changed.slice(edit.end)}`;
	return edit.start === edit.end ? marked : `${marked.slice(0, edit.start)}|${marked.slice(edit.start)}`;
}

const does = (drawn: string, act: (field: Written) => Edit | null) => after(written(drawn), act(written(drawn)));

test.each<[string, Mark, string]>([
	['قرار |مهم| جدًا', '**', 'قرار **|مهم|** جدًا'],
	['قرار **|مهم|** جدًا', '**', 'قرار |مهم| جدًا'],
	['قرار |**مهم**|', '**', 'قرار |مهم|'],
	['a |b |c', '*', 'a *|b|* c'],
	['**|b|**', '*', '***|b|***'],
	['***|b|***', '*', '**|b|**'],
	['a |', '**', 'a **|**'],
	['a **|**', '**', 'a |'],
	['a **b|**', '**', 'a **b**|'],
	['|- a\nb|', '**', '|- **a**\n**b**|'],
])('%j with %s becomes %j', (before, mark, then) => {
	expect(does(before, (field) => withMark(field, mark))).toBe(then);
});

test.each<[string, LineMark, string]>([
	['|', 'bullet', '- |'],
	['نقطة|', 'bullet', '- نقطة|'],
	['- نقطة|', 'bullet', 'نقطة|'],
	['- نقطة|', 'number', '1. نقطة|'],
	['|a\nb\n\nc|', 'number', '|1. a\n2. b\n\n3. c|'],
	['|1. a\n2. b|', 'number', '|a\nb|'],
	['قبل\nسطر|\nبعد', 'quote', 'قبل\n> سطر|\nبعد'],
	['|> a\n> b|', 'quote', '|a\nb|'],
	['> |a', 'bullet', '> - |a'],
	['عنوان|', 'heading', '# عنوان|'],
	['# عنوان|', 'heading', '## عنوان|'],
	['## عنوان|', 'heading', 'عنوان|'],
])('%j as %s becomes %j', (before, mark, then) => {
	expect(does(before, (field) => withLines(field, mark))).toBe(then);
});

test.each([
	['|', '[|](https://)'],
	['انظر |التقرير|', 'انظر [التقرير](|https://|)'],
	['|https://a.example|', '[|](https://a.example)'],
])('%j as a link becomes %j', (before, then) => {
	expect(does(before, withLink)).toBe(then);
});

describe('Enter', () => {
	test.each([
		['- أول|', '- أول\n- |'],
		['- أو|ل', '- أو\n- |ل'],
		['- أول\n- |', '- أول\n|'],
		['- a\n  - b|', '- a\n  - b\n  - |'],
		['- a\n  - |', '- a\n- |'],
		['3. ثالث|', '3. ثالث\n4. |'],
		['٩- تاسع|', '٩- تاسع\n١٠- |'],
		['1) a|', '1) a\n2) |'],
		['1. a|\n2. b\n3. c\n9. d', '1. a\n2. |\n3. b\n4. c\n9. d'],
		['> قول|', '> قول\n> |'],
		['> قول\n> |', '> قول\n|'],
		['> - a|', '> - a\n> - |'],
		['> - |', '> |'],
	])('at %j goes on with %j', (before, then) => expect(does(before, lineBreak)).toBe(then));

	test.each(['سطر|', '|- a', '-|', '-بلا|', '- |a|', '2024. سنة|'])('at %j is a line break', (before) => {
		expect(does(before, lineBreak)).toBe('as it was');
	});
});

describe('indenting', () => {
	test.each([
		['- a\n- b|', true, '- a\n  - b|'],
		['- a\n  - b|', true, 'as it was'],
		['- a\n  - b|', false, '- a\n- b|'],
		['- a|', false, 'as it was'],
		['نص|', true, 'as it was'],
		['- a\n|- b\n- c|', true, '- a\n  |- b\n  - c|'],
	])('%j, inwards %s, becomes %j', (before, inwards, then) => {
		expect(does(before, (field) => indented(field, inwards))).toBe(then);
	});
});

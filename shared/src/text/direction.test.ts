import { describe, expect, test } from 'vitest';
import { countOverrides, directionOf, hasHidden, paragraphsOf, piecesOf, withoutOverrides } from './direction.ts';

const overrides = ['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'];
const implicit = ['\u200E', '\u200F', '\u061C'];

describe('characters that change direction', () => {
	test.each(overrides)('an override never leaves the composer', (character) => {
		expect(withoutOverrides(`دفع ${character}gnp.exe`)).toBe('دفع gnp.exe');
		expect(countOverrides(`a${character}b${character}`)).toBe(2);
	});

	test.each(implicit)('a mark that honest mixed text needs stays', (character) => {
		expect(withoutOverrides(`القرار ${character}(A/HRC)`)).toBe(`القرار ${character}(A/HRC)`);
		expect(countOverrides(character)).toBe(0);
	});

	test('joiners that Arabic and Persian spelling needs are untouched', () => {
		expect(withoutOverrides('می\u200Cخواهم \u200D')).toBe('می\u200Cخواهم \u200D');
		expect(hasHidden('می\u200Cخواهم')).toBe(false);
	});

	test('an override pasted by an attacker is shown where it stood', () => {
		expect(piecesOf('user\u202Etxt.exe')).toEqual([{ text: 'user' }, { mark: 'RLO', removed: true }, { text: 'txt.exe' }]);
	});

	test('implicit marks are shown only to the one who writes', () => {
		expect(piecesOf('a\u200Fb')).toEqual([{ text: 'a\u200Fb' }]);
		expect(piecesOf('a\u200Fb', true)).toEqual([{ text: 'a' }, { mark: 'RLM', removed: false }, { text: 'b' }]);
	});

	test('what the pieces spell is exactly what is sent', () => {
		const text = `${overrides.join('x')}سلام${overrides.join('')}`;
		const spelled = piecesOf(text)
			.map((piece) => ('text' in piece ? piece.text : ''))
			.join('');
		expect(spelled).toBe(withoutOverrides(text));
	});
});

describe('paragraphs', () => {
	test('each line is a paragraph, whatever ends it', () => {
		expect(paragraphsOf('سلام\nhello\r\n\rx\u2029y')).toEqual(['سلام', 'hello', '', 'x', 'y']);
	});
});

test.each([
	['سلام, hello', 'rtl'],
	['hello، سلام', 'ltr'],
	['«١٢٣» - القرار', 'rtl'],
	['(2254) resolution', 'ltr'],
	['\u200Fhello', 'rtl'],
	['🌹 ژینا', 'rtl'],
	['שלום', 'rtl'],
	['1,000 — ٪', null],
	['', null],
])('%j is read in the direction %s', (text, direction) => {
	expect(directionOf(text)).toBe(direction);
});

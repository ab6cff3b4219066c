import { expect, test } from 'vitest';
import { areTags, typedTags } from './tags.ts';

test.each([
	['', []],
	[' ، , ', []],
	['ميزانية، جنيف', ['ميزانية', 'جنيف']],
	['budget, #Geneva ;budget', ['budget', 'Geneva']],
	[`me${String.fromCodePoint(0x202e)}dia`, ['media']],
])('%j is the tags %j', (text, tags) => {
	expect(typedTags(text)).toEqual(tags);
});

test('nine tags are too many, and one of 41 characters is too long', () => {
	const eight = 'ا،ب،ت،ث،ج،ح،خ،د';
	expect(areTags(typedTags(eight))).toBe(true);
	expect(areTags(typedTags(`${eight}،ذ`))).toBe(false);
	expect(areTags(typedTags('س'.repeat(40)))).toBe(true);
	expect(areTags(typedTags('س'.repeat(41)))).toBe(false);
});

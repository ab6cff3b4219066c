import { expect, test } from 'vitest';

const sources = import.meta.glob('/src/**/*.{svelte,css}', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
const holding = (pattern: RegExp) =>
	Object.entries(sources)
		.filter(([, source]) => pattern.test(source))
		.map(([path]) => path);

test('there are components to look at', () => {
	expect(Object.keys(sources).length).toBeGreaterThan(40);
});

test('no rule knows left from right: both directions are one design', () => {
	expect(
		holding(
			/(?<!safe-area-)(margin|padding|border|inset)-(left|right|top|bottom)\b|^\s*(left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:|text-align:\s*(left|right)|float:/m,
		),
	).toEqual([]);
});

test('no markup is made from text, and no style stands in an attribute', () => {
	expect(holding(/\{@html|innerHTML|\sstyle=|\sstyle:/)).toEqual([]);
});

test('nothing is asked of another origin', () => {
	expect(holding(/(src|href)="https?:|url\(['"]?https?:/)).toEqual([]);
});

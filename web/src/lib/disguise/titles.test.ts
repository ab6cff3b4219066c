import { expect, test } from 'vitest';

const sources = import.meta.glob('/src/**/*.svelte', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
const titled = Object.entries(sources).filter(([, source]) => source.includes('<title>'));

test('no page has a title that a disguise does not cover', () => {
	expect(titled.length).toBeGreaterThan(1);
	expect(titled.filter(([, source]) => !source.includes('<title>{tabTitle(')).map(([path]) => path)).toEqual([]);
});

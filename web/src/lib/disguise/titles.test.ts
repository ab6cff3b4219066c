import { expect, test } from 'vitest';

const sources = import.meta.glob('/src/**/*.svelte', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
/** What the world reads says what it is: nobody has to hide having read it. */
const PUBLIC = '/src/routes/(public)/';
const titled = Object.entries(sources).filter(([path, source]) => source.includes('<title>') && !path.startsWith(PUBLIC));

test('no page has a title that a disguise does not cover', () => {
	expect(titled.length).toBeGreaterThan(1);
	expect(titled.filter(([, source]) => !source.includes('<title>{tabTitle(')).map(([path]) => path)).toEqual([]);
});

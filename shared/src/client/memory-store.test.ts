import { expect, test } from 'vitest';
import { MemoryStore } from './memory-store.ts';

const under = (key: string) => ({ bucket: 'notes' as const, key, value: key });

test('what begins alike is found in order, with and without its values', async () => {
	const store = new MemoryStore();
	await store.write(['b/2', 'a/1', 'b/10', 'c', 'b/1', 'b'].map(under));
	expect(await store.keys('notes', 'b/')).toEqual(['b/1', 'b/10', 'b/2']);
	expect(await store.list('notes', 'b/')).toEqual(['b/1', 'b/10', 'b/2'].map((key) => ({ key, value: key })));
	expect(await store.keys('notes', '')).toEqual(['a/1', 'b', 'b/1', 'b/10', 'b/2', 'c']);
	expect(await store.keys('drafts', '')).toEqual([]);
	expect(await store.some('notes', ['c', 'd', 'a/1'])).toEqual(['c', undefined, 'a/1']);
});

test('what was removed is not found, and what was written over is found once', async () => {
	const store = new MemoryStore();
	await store.write(['a', 'b', 'c'].map(under));
	await store.write([
		{ bucket: 'notes', key: 'b', value: undefined },
		{ bucket: 'notes', key: 'never there', value: undefined },
		{ bucket: 'notes', key: 'c', value: 'anew' },
	]);
	expect(await store.list('notes', '')).toEqual([
		{ key: 'a', value: 'a' },
		{ key: 'c', value: 'anew' },
	]);
});

test('what was written and what was read do not change with each other', async () => {
	const store = new MemoryStore();
	const written = { words: ['one'] };
	await store.write([{ bucket: 'notes', key: 'a', value: written }]);
	written.words.push('two');
	const read = await store.get<typeof written>('notes', 'a');
	read?.words.push('three');
	expect(await store.get('notes', 'a')).toEqual({ words: ['one'] });
});

import { expect, test, vi } from 'vitest';
import { Gradual } from './gradual.svelte.ts';

const list = Array.from({ length: 100 }, (_, index) => index);

test('the first screen is drawn at once, the rest in idle moments, and all of it in the end', async () => {
	const gradual = new Gradual(10, 30);
	expect(gradual.of(list)).toHaveLength(10);
	gradual.begin(() => list.length);
	// When all is drawn, what comes later is drawn at once.
	await vi.waitFor(() => expect(gradual.of([...list, 100])).toHaveLength(101));
	expect(gradual.of(list)).toBe(list);
});

test('a page that was left draws no further', async () => {
	const gradual = new Gradual(10, 30);
	gradual.begin(() => list.length)();
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(gradual.of(list)).toHaveLength(10);
});

test('going to a post far down draws everything now', () => {
	const gradual = new Gradual(10, 30);
	gradual.all();
	expect(gradual.of(list)).toBe(list);
});

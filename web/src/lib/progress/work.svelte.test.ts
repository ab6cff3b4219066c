import { Problem } from '@multaqa/shared/problem';
import { expect, test } from 'vitest';
import { Work } from './work.svelte.ts';

test('work shows what it is doing and is free again afterwards', async () => {
	const work = new Work();
	const seen: unknown[] = [];
	const result = await work.run(async (report) => {
		report({ step: 'argon', done: 1, total: 3 });
		seen.push(work.busy, work.progress);
		return 42;
	});
	expect(result).toBe(42);
	expect(seen).toEqual([true, { step: 'argon', done: 1, total: 3 }]);
	expect([work.busy, work.progress, work.failure]).toEqual([false, null, null]);
});

test('a second press while one is running does nothing', async () => {
	const work = new Work();
	let release = () => {};
	const first = work.run(() => new Promise<string>((resolve) => (release = () => resolve('first'))));
	expect(await work.run(async () => 'second')).toBeUndefined();
	release();
	expect(await first).toBe('first');
});

test('a failure stays until the next try', async () => {
	const work = new Work();
	const problem = new Problem('offline');
	expect(await work.run(() => Promise.reject(problem))).toBeUndefined();
	expect(work.failure).toBe(problem);
	await work.run(async () => 'done');
	expect(work.failure).toBeNull();
});

test('after too many attempts the wait has an end', async () => {
	const work = new Work();
	const before = Date.now();
	await work.run(() => Promise.reject(new Problem('too-many-attempts', { retryAfter: 30 })));
	expect(work.notBefore - before).toBeGreaterThanOrEqual(30_000);
	expect(work.notBefore - before).toBeLessThan(31_000);
});

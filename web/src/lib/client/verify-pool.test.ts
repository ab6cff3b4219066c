import { utf8 } from '@multaqa/shared/bytes/bytes';
import { generateSigningKey, sign, signatureCheck } from '@multaqa/shared/crypto/sign';
import { verifyElsewhere, checkSignatures, type SignatureCheck } from '@multaqa/shared/crypto/verify';
import { afterEach, expect, test } from 'vitest';
import { createVerifyPool, workerCount } from './verify-pool.ts';

const started: Worker[] = [];
const start = () => {
	const worker = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' });
	started.push(worker);
	return worker;
};
const missing = () => new Worker(new URL('./missing.js', location.href), { type: 'module' });
afterEach(() => {
	for (const worker of started.splice(0)) worker.terminate();
	verifyElsewhere(null);
});

/** Signatures over texts of any length, every third of them forged. */
async function mixed(count: number): Promise<{ checks: SignatureCheck[]; expected: boolean[] }> {
	const [honest, other] = [await generateSigningKey(), await generateSigningKey()];
	const checks: SignatureCheck[] = [];
	for (let place = 0; place < count; place++) {
		const message = utf8('س'.repeat(place));
		const signature = await sign(place % 3 === 0 ? other : honest, 'event', message);
		checks.push(signatureCheck(honest.publicKey, 'event', message, signature));
	}
	return { checks, expected: checks.map((_, place) => place % 3 !== 0) };
}

test('each signature gets its own verdict, in whichever worker it was checked', async () => {
	const { checks, expected } = await mixed(50);
	for (const count of [1, 2, 3]) expect(await createVerifyPool(start, count).check(checks)).toEqual(expected);
	expect(started.length).toBe(6);
});

test('questions that overlap are not mixed up, and the memory of the asker stays whole', async () => {
	const { check } = createVerifyPool(start, 2);
	const [first, second] = [await mixed(20), await mixed(31)];
	const answers = await Promise.all([check(first.checks), check(second.checks), check(first.checks)]);
	expect(answers).toEqual([first.expected, second.expected, first.expected]);
});

test('where workers do not start, the page checks for itself', async () => {
	verifyElsewhere(createVerifyPool(missing, 2));
	const { checks, expected } = await mixed(40);
	expect(await checkSignatures(checks)).toEqual(expected);
});

test('workers that were ended while idle are started again', async () => {
	const { check } = createVerifyPool(start, 1, 10);
	const { checks, expected } = await mixed(20);
	expect(await check(checks)).toEqual(expected);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(await check(checks)).toEqual(expected);
	expect(started.length).toBe(2);
});

test('one core is left to the page', () => {
	expect([1, 2, 4, 8].map(workerCount)).toEqual([1, 1, 3, 3]);
});

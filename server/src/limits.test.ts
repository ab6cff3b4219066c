import { expect, test } from 'vitest';
import { createLimits } from './limits.ts';
import { createOnce } from './once.ts';

const MINUTE = 60_000;

function clock() {
	let time = 1_000_000;
	return { now: () => time, pass: (milliseconds: number) => void (time += milliseconds) };
}

test('five tries are free, then each waits twice as long as the one before, up to a quarter of an hour', () => {
	const { now, pass } = clock();
	const limits = createLimits(1_000, now);
	for (let guess = 0; guess < 5; guess++) limits.attempt('h');
	for (const seconds of [30, 60, 120, 240, 480, 900, 900, 900]) {
		expect(() => limits.attempt('h')).toThrow(expect.objectContaining({ code: 'too-many-attempts', detail: { retryAfter: seconds } }));
		pass(seconds * 1000);
		limits.attempt('h');
	}
});

test('waiting out the longest pause does not give five tries again; half an hour of silence does', () => {
	const { now, pass } = clock();
	const limits = createLimits(1_000, now);
	for (let guess = 0; guess < 12; guess++) {
		pass(15 * MINUTE);
		limits.attempt('h');
	}
	expect(() => limits.attempt('h')).toThrow('too-many-attempts');
	pass(30 * MINUTE);
	for (let guess = 0; guess < 5; guess++) limits.attempt('h');
});

test('a right passphrase forgives the wrong ones before it', () => {
	const { now } = clock();
	const limits = createLimits(1_000, now);
	for (let round = 0; round < 3; round++) {
		for (let guess = 0; guess < 5; guess++) limits.attempt('h');
		limits.forgive('h');
	}
	limits.attempt('h');
});

test('trying as many strange names as the server takes does not push out the count of a real one', () => {
	const { now, pass } = clock();
	const limits = createLimits(100, now);
	for (let guess = 0; guess < 11; guess++) {
		limits.attempt('real');
		pass(15 * MINUTE);
	}
	limits.attempt('real');
	for (let strange = 0; strange < 100 * 14; strange++) limits.attempt(`strange ${strange}`);
	expect(() => limits.attempt('real')).toThrow('too-many-attempts');
});

test('calls of one kind are bounded for all together, and free again a minute later', () => {
	const { now, pass } = clock();
	const limits = createLimits(3, now);
	for (let visit = 0; visit < 3; visit++) limits.visit('kind');
	limits.visit('another kind');
	pass(20_000);
	expect(() => limits.visit('kind')).toThrow(expect.objectContaining({ detail: { retryAfter: 40 } }));
	pass(40_000);
	limits.visit('kind');
});

test('an exchange is finished once, in time, and where it was begun', () => {
	const { now, pass } = clock();
	const key = new Uint8Array(32).fill(7);
	const once = createOnce<string>({ label: 'here', key, lifetime: MINUTE, now });
	const first = once.keep('first');
	expect(once.take(first)).toBe('first');
	expect(once.take(first)).toBeNull();
	const late = once.keep('late');
	pass(MINUTE);
	expect(once.has(late)).toBe(false);
	expect(once.take(late)).toBeNull();
	const sealed = once.keep('secret');
	expect(sealed).not.toContain('secret');
	expect(createOnce<string>({ label: 'there', key, lifetime: MINUTE, now }).has(sealed)).toBe(false);
	expect(createOnce<string>({ label: 'here', key: new Uint8Array(32), lifetime: MINUTE, now }).has(sealed)).toBe(false);
	expect(once.has(`${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toBe(false);
	expect(once.has('')).toBe(false);
	expect(once.take(sealed)).toBe('secret');
});

import { beforeEach, expect, test } from 'vitest';
import { LastSpace } from './last-space.ts';

const last = new LastSpace(localStorage);
beforeEach(() => localStorage.clear());

test('signing in leads to the space that was open last', () => {
	last.remember('b');
	expect(last.addressAmong([{ id: 'a' }, { id: 'b' }])).toBe('/s/b');
});

test('a space one is not in any more leads to Today, and so does a device that has forgotten', () => {
	expect(last.addressAmong([{ id: 'a' }])).toBe('/');
	last.remember('gone');
	expect(last.addressAmong([{ id: 'a' }])).toBe('/');
	last.remember('a');
	last.forget();
	expect(last.addressAmong([{ id: 'a' }])).toBe('/');
});

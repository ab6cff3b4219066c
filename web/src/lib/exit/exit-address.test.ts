import { beforeEach, expect, test } from 'vitest';
import { chooseExit, exitAddress, exitChosen, readExitAddress } from './exit-address.ts';

const HERE = 'https://forum.example.org';
beforeEach(() => localStorage.clear());

test('who never chose goes to an encyclopedia in the language that is read', () => {
	expect(exitAddress('ar')).toBe('https://ar.wikipedia.org/');
	expect(exitAddress('en')).toBe('https://en.wikipedia.org/');
});

test('the site that was chosen is kept, and that one was told does not forget it', () => {
	chooseExit({ to: 'own', address: 'https://example.com/recipes' });
	chooseExit({ told: true });
	expect(exitAddress('ar')).toBe('https://example.com/recipes');
	expect(exitChosen().told).toBe(true);
});

test.each([
	['example.com', 'https://example.com/'],
	['  https://example.com/a?b=1 ', 'https://example.com/a?b=1'],
	['طقس.example', 'https://xn--ygbh7a.example/'],
	['example.com:8443/x', 'https://example.com:8443/x'],
])('%s is taken as %s', (typed, address) => {
	expect(readExitAddress(typed, HERE)).toBe(address);
});

test.each([
	'',
	'   ',
	'not an address',
	'javascript:alert(1)',
	'data:text/html,x',
	'http://example.com/',
	'https://forum.example.org/me',
	'forum.example.org',
	'https://name:password@example.com/',
	'localhost',
	'https://',
])('%j is no way out', (typed) => {
	expect(readExitAddress(typed, HERE)).toBeNull();
});

test.each(['', 'null', '{"to":7,"address":{}}', '{"to":"own","address":"javascript:alert(1)"}', '{'])(
	'a broken entry (%s) still leads out',
	(kept) => {
		localStorage.setItem('exit', kept);
		expect(exitAddress('en')).toBe('https://en.wikipedia.org/');
	},
);

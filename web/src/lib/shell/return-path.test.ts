import { expect, test } from 'vitest';
import { isReturn, returnPath, unlockAddress, unlockBefore } from './return-path.ts';

test('unlocking comes back to the page that was open', () => {
	const path = '/s/CX2nEAKaK1wS0Tob-xzJe-OJ0g-_0cmBzSg_bTZmBPc/t/zGk0aBc_1-2DefGhIjKlMn';
	expect(unlockAddress(path)).toBe(`/sign-in#${path}`);
	expect(returnPath(path)).toBe(path);
});

test('a post that was asked for is not forgotten while unlocking', () => {
	const path = `/s/${'S'.repeat(43)}/t/${'T'.repeat(22)}#post-${'P'.repeat(43)}`;
	expect(unlockAddress(path)).toBe(`/sign-in#${path}`);
	expect(returnPath(path)).toBe(path);
	for (const other of ['/me#post-x', '/me#device.secret', `${path}#x`]) expect(isReturn(other)).toBe(false);
});

test('a link cannot send a person to another site after unlocking', () => {
	for (const fragment of ['//evil.example', '/\\evil.example', 'https://evil.example', '/s/../../x', 'javascript:alert(1)', '/s?x=1', '']) {
		expect(isReturn(fragment)).toBe(false);
		expect(returnPath(fragment)).toBe('/');
	}
});

test('a link from another device is not taken for a page', () => {
	expect(isReturn('device.FwYGC4Wtf5QEf3NGCl3CbA')).toBe(false);
});

test('a page load at any page of members asks for unlocking first, and comes back', () => {
	const thread = `/s/${'S'.repeat(43)}/t/${'T'.repeat(22)}`;
	const post = `#post-${'P'.repeat(43)}`;
	expect(unlockBefore(thread, post)).toBe(`/sign-in#${thread}${post}`);
	expect(unlockBefore('/me/lock', '')).toBe('/sign-in#/me/lock');
	expect(unlockBefore('/', '')).toBe('/sign-in');
	expect(unlockBefore('/me', '#https://evil.example')).toBe('/sign-in');
});

test('pages that need no unlocking are shown as they were asked for, with the secret of their link', () => {
	for (const path of ['/sign-in', '/join', '/setup', '/setup/', '/weather-ar.html', '/statements/1', '/search-engine'])
		expect(unlockBefore(path, '#device.secret')).toBe(null);
});

test('every page of members is known by its address', () => {
	const pages = Object.keys(import.meta.glob('../../routes/**/+page.svelte')).filter((page) => page.includes('(member)'));
	expect(pages.length).toBeGreaterThan(10);
	for (const page of pages) {
		const path = page
			.replace(/^.*\(member\)/, '')
			.replace(/\/\+page\.svelte$/, '')
			.replace(/\/\([^/]+\)/g, '')
			.replace(/\[\w+\]/g, 'x');
		expect(unlockBefore(path || '/', ''), path).not.toBe(null);
	}
});

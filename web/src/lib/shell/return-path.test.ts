import { expect, test } from 'vitest';
import { isReturn, returnPath, unlockAddress } from './return-path.ts';

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

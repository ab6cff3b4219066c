import { expect, test } from 'vitest';
import { pageAddresses } from './page-addresses.ts';

const patterns = pageAddresses([
	'/(app)/(member)',
	'/(app)/(entry)/sign-in',
	'/(app)/(member)/s/[space]/(list)/t/[stream]',
	'/statements/[id]',
]);
const isPage = (path: string) => patterns.some((pattern) => pattern.test(path));

test('a reload of Today, of the sign-in and of a thread is answered from the device', () => {
	for (const path of ['/', '/sign-in', '/sign-in/', '/s/CX2nEAKa/t/zGk0aBc_1-2']) expect(isPage(path)).toBe(true);
});

test('the API, public pages and wrong addresses are left to the server', () => {
	for (const path of ['/api/spaces', '/statements/1', '/sign-in/x', '/s/a/b', '/app.webmanifest', '/s//t/x'])
		expect(isPage(path)).toBe(false);
});

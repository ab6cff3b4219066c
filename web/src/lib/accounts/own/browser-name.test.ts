import { expect, test } from 'vitest';
import { nameOfBrowser } from './browser-name.ts';

const chrome = [{ brand: 'Not;A=Brand' }, { brand: 'Chromium' }, { brand: 'Google Chrome' }];

test.each([
	['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox', 'Linux'],
	['Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', 'Firefox', 'Android'],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.1 Mobile Safari/604.1',
		'Safari',
		'iPhone',
	],
	['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.1 Safari/605.1', 'Safari', 'macOS'],
	['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0', 'Edge', 'Windows'],
	[
		'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36',
		'Samsung Internet',
		'Android',
	],
	['something else', null, null],
])('%s is called %s on %s', (userAgent, browser, system) => {
	expect(nameOfBrowser({ userAgent })).toEqual({ browser, system });
});

test('what a browser says in so many words counts more, without versions', () => {
	expect(nameOfBrowser({ userAgent: 'Mozilla/5.0 Chrome/143.0', userAgentData: { brands: chrome, platform: 'Android' } })).toEqual({
		browser: 'Chrome',
		system: 'Android',
	});
});

import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArguments, requireChromium } from '../../.config/chromium.ts';
import { atMost, told, type Figure } from './figure.ts';

const MOST_BYTES = 250;

/** What a browser that has never been here transfers until a page stands, as Chromium counts it (compressed, with headers). */
export async function firstVisit(url: string, setupToken: string): Promise<readonly Figure[]> {
	const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
	try {
		const signIn = await visit(browser, `${url}/sign-in`);
		const setup = await visit(browser, `${url}/setup#${setupToken}`);
		return [
			atMost('first visit to /sign-in, transferred', signIn.kilobytes, 'kB', MOST_BYTES, 'without the passphrase module'),
			told('first visit to /sign-in, requests', signIn.requests, ''),
			atMost('first visit to /setup, transferred', setup.kilobytes, 'kB', MOST_BYTES),
		];
	} finally {
		await browser.close();
	}
}

async function visit(browser: Browser, address: string): Promise<{ kilobytes: number; requests: number }> {
	const context = await browser.newContext({ locale: 'ar-SY' });
	const page = await context.newPage();
	const counted = await countBytes(page);
	await page.goto(address);
	await page.waitForSelector('h1');
	await page.waitForLoadState('networkidle');
	await context.close();
	return { kilobytes: counted.bytes / 1000, requests: counted.requests };
}

export async function countBytes(page: Page): Promise<{ bytes: number; requests: number }> {
	const counted = { bytes: 0, requests: 0 };
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	session.on('Network.loadingFinished', ({ encodedDataLength }) => {
		counted.bytes += encodedDataLength;
		counted.requests++;
	});
	return counted;
}

import type { Browser, Page } from 'playwright-core';
import { arrive, startBrowser } from '../e2e/testing/browser.ts';
import { Steps } from '../e2e/testing/steps.ts';
import { atMost, told, type Figure } from './figure.ts';

/** kB until the first usable screen. */
const MOST = 250;

/** What a browser that has never been here transfers until a page stands, as Chromium counts it (compressed, with headers). */
export async function firstVisits(url: string, setupToken: string): Promise<readonly Figure[]> {
	const browser = await startBrowser();
	try {
		const signIn = await visit(browser, url, '/sign-in');
		const setup = await visit(browser, url, `/setup#${setupToken}`);
		return [
			atMost('first visit to /sign-in, transferred', signIn.bytes / 1000, 'kB', MOST, 'brotli; without the passphrase module'),
			told('first visit to /sign-in, requests', signIn.requests, ''),
			atMost('first visit to /setup, transferred', setup.bytes / 1000, 'kB', MOST),
		];
	} finally {
		await browser.close();
	}
}

/** A new device from the link of an enrolled one to its first space, everything included: program, chains, events, sockets' upgrade. */
export async function firstSpace(url: string, fragment: string, title: string): Promise<readonly Figure[]> {
	const browser = await startBrowser();
	try {
		const visitor = await arrive(browser, url, { width: 360, height: 740 });
		const counted = await countBytes(visitor.page);
		const steps = new Steps(visitor, 'ar');
		await visitor.page.goto(`/sign-in#${fragment}`);
		await steps.protect(null);
		await steps.button('protect_device_do').click();
		await steps.enterSpace(title);
		await visitor.page.waitForLoadState('networkidle');
		return [
			told('first visit of a new device up to its first space', counted.bytes / 1000, 'kB', 'enrolment and synchronisation included'),
			told('the same, requests', counted.requests, ''),
		];
	} finally {
		await browser.close();
	}
}

async function visit(browser: Browser, url: string, address: string): Promise<Counted> {
	const { page, context } = await arrive(browser, url, { width: 360, height: 740 });
	const counted = await countBytes(page);
	await page.goto(address);
	await page.waitForSelector('h1');
	await page.waitForLoadState('networkidle');
	await context.close();
	return counted;
}

interface Counted {
	bytes: number;
	requests: number;
}

async function countBytes(page: Page): Promise<Counted> {
	const counted = { bytes: 0, requests: 0 };
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	session.on('Network.loadingFinished', ({ encodedDataLength }) => {
		counted.bytes += encodedDataLength;
		counted.requests++;
	});
	return counted;
}

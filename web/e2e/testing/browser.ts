import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumArguments, requireChromium } from '../../../.config/chromium.ts';

export async function startBrowser(): Promise<Browser> {
	return await chromium.launch({ executablePath: requireChromium(), args: ['--headless', ...chromiumArguments] });
}

export interface VisitorOptions {
	readonly language?: 'ar' | 'en';
	readonly theme?: 'light' | 'dark';
	readonly width?: number;
	readonly height?: number;
	/** An authenticator whose passkeys have PRF, one whose have not, or none at all. */
	readonly passkeys?: 'prf' | 'plain' | 'none';
	/** Lets the service worker in: it keeps the program, and then answers in place of what a story puts on the line. */
	readonly keeping?: boolean;
}

/** Said by the driver itself where there is to be no service worker. */
const DRIVER = 'Service Worker registration blocked by Playwright';

/** One person's browser, and everything its console said. */
export interface Visitor {
	readonly context: BrowserContext;
	readonly page: Page;
	readonly console: string[];
	/** Every address asked for that is not of the forum. */
	readonly elsewhere: string[];
}

/** A fresh browser profile that remembers a language, as after one tap on the switch. */
export async function arrive(browser: Browser, origin: string, options: VisitorOptions = {}): Promise<Visitor> {
	const { language = 'ar', theme = 'light', width = 1280, height = 900 } = options;
	const context = await browser.newContext({
		viewport: { width, height },
		baseURL: origin,
		reducedMotion: 'reduce',
		serviceWorkers: options.keeping ? 'allow' : 'block',
	});
	await context.addInitScript(
		(kept) => {
			if (!localStorage.getItem('display')) localStorage.setItem('display', kept);
		},
		JSON.stringify({ language, theme, digits: 'latn' }),
	);
	const said: string[] = [];
	const elsewhere: string[] = [];
	const page = await openPage(context, options.passkeys ?? 'prf');
	page.on('console', (message) => {
		// Chromium's hints to developers (such as on password forms) come and go with its timing; refusals of the policy are errors.
		if ((message.type() as string) !== 'verbose' && message.text() !== DRIVER) said.push(`${message.type()}: ${message.text()}`);
	});
	page.on('pageerror', (error) => said.push(`error: ${error.message}`));
	page.on('request', (request) => {
		const asked = new URL(request.url());
		if (asked.origin !== origin && asked.protocol.startsWith('http')) elsewhere.push(request.url());
	});
	return { context, page, console: said, elsewhere };
}

/** A further tab of the same person. */
export async function openPage(context: BrowserContext, passkeys: 'prf' | 'plain' | 'none'): Promise<Page> {
	const page = await context.newPage();
	if (passkeys !== 'none') await addAuthenticator(context, page, passkeys === 'prf');
	return page;
}

async function addAuthenticator(context: BrowserContext, page: Page, hasPrf: boolean): Promise<void> {
	const session = await context.newCDPSession(page);
	await session.send('WebAuthn.enable');
	await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			hasPrf,
		},
	});
}

/** True when nothing on the page is wider than the screen. */
export async function fitsWidth(page: Page): Promise<boolean> {
	return await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'];
const ARGUMENTS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** A Chromium: the one named by `CHROMIUM`, Playwright's own, or the system's. */
export async function startBrowser(): Promise<Browser> {
	const named = process.env['CHROMIUM'];
	const executablePath = [named, chromium.executablePath(), ...PLACES].find((path) => path !== undefined && existsSync(path));
	if (!executablePath) throw new Error('No Chromium found. Install one (apt-get install chromium), or name it in CHROMIUM.');
	return await chromium.launch({ executablePath, args: ARGUMENTS });
}

export interface VisitorOptions {
	readonly language?: 'ar' | 'en';
	readonly theme?: 'light' | 'dark';
	readonly width?: number;
	readonly height?: number;
	/** A passkey authenticator with PRF, without one, or none at all. */
	readonly passkeys?: 'prf' | 'plain' | 'none';
}

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
	const { language = 'ar', theme = 'light', width = 1280, height = 900, passkeys = 'prf' } = options;
	const context = await browser.newContext({ viewport: { width, height }, baseURL: origin, reducedMotion: 'reduce' });
	await context.addInitScript(
		([kept]) => {
			if (!localStorage.getItem('display')) localStorage.setItem('display', kept ?? '{}');
		},
		[JSON.stringify({ language, theme, digits: 'latn' })],
	);
	const page = await context.newPage();
	const said: string[] = [];
	const elsewhere: string[] = [];
	page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => said.push(`error: ${error.message}`));
	page.on('request', (request) => {
		const { origin: asked, protocol } = new URL(request.url());
		if (asked !== origin && protocol.startsWith('http')) elsewhere.push(request.url());
	});
	if (passkeys !== 'none') await addAuthenticator(context, page, passkeys === 'prf');
	return { context, page, console: said, elsewhere };
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

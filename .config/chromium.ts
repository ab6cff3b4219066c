import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const KNOWN_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const HOW_TO = 'Install it with `apt-get install chromium` or `npx playwright-core install chromium`, or name one in CHROMIUM_PATH.';

/** What a headless Chromium of the tests is started with. */
export const chromiumArguments = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Path of a Chromium on this machine, or `null`. */
export function findChromium(): string | null {
	const named = process.env['CHROMIUM_PATH'];
	const places = [...(named ? [named] : []), ...KNOWN_PLACES, chromium.executablePath()];
	return places.find((place) => place && existsSync(place)) ?? null;
}

/** Path of a Chromium. @throws Error with the command that cures it */
export function requireChromium(): string {
	const found = findChromium();
	if (!found) throw new Error(`No Chromium was found. ${HOW_TO}`);
	return found;
}

/** Finds a Chromium or brings one: the system's package where that is allowed, otherwise Playwright's own. */
function ensureChromium(): string {
	for (const bring of [bringDebian, bringPlaywright]) {
		if (findChromium()) break;
		try {
			bring();
		} catch {
			// The next way may work; the last word is the error below.
		}
	}
	return requireChromium();
}

function bringDebian(): void {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
	const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	execFileSync('apt-get', ['update'], { stdio: 'ignore', env: environment });
	execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env: environment });
}

function bringPlaywright(): void {
	execFileSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	console.log(`Chromium for the tests: ${ensureChromium()}`);
}

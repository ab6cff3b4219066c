import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { arrive } from '../e2e/testing/browser.ts';
import { Steps } from '../e2e/testing/steps.ts';
import { until, type TestForum } from '../e2e/testing/forum.ts';
import { atMost, told, type Figure } from './figure.ts';
import { write, type Writer } from './writing.ts';

/** As much as a tab may come to know in years, with what was written before. */
const YEARS = { threads: 100, posts: 48_000 };
/** Two kilobytes of the page's own memory for each post, its text included. */
const MOST_HEAP_MB = 100;
/** What a phone with two gigabytes leaves a tab before it is thrown out. */
const MOST_PROCESS_MB = 300;
const PATIENCE = 600_000;
const FETCHES = /\/api\/spaces\/[^/]+\/events$/;
/** Longer than what came at once takes to be opened, and than workers that have nothing to do are kept. */
const QUIET_MS = 10_000;

/** What a tab holds that knows fifty thousand posts, as it is on the next visit: nothing of fetching them is left in it. */
export async function years(browser: Browser, forum: TestForum, writer: Writer, posts = YEARS.posts): Promise<readonly Figure[]> {
	await write(writer, forum, { ...YEARS, posts });
	const visitor = await arrive(browser, forum.server.url);
	const { page, context } = visitor;
	const steps = new Steps(visitor, 'ar');
	const { fragment } = await writer.person.client.offerEnrolment();
	const fetching = await fetchAll(steps, fragment);
	await expectAll(page, posts);
	await page.reload();
	const unlocking = performance.now();
	await steps.button('unlock_passkey').click({ timeout: PATIENCE });
	await page.getByRole('navigation').first().waitFor({ timeout: PATIENCE });
	const unlocked = (performance.now() - unlocking) / 1_000;
	await page.waitForTimeout(QUIET_MS);
	const memory = await memoryOf(browser, page);
	await context.close();
	return [
		atMost('a tab that knows 50,000 posts, JavaScript heap', memory.heap, 'MB', MOST_HEAP_MB, 'after what is not used was let go'),
		atMost('the same, the whole process of the page', memory.process, 'MB', MOST_PROCESS_MB, 'private to it, as the kernel counts'),
		told('a new device until it can be read, with what there is known', fetching.readable, 's'),
		told('the same, until it has them all, opened and checked', fetching.whole, 's'),
		told('the next visit, from the passkey to the first screen', unlocked, 's', 'from what the device has kept'),
	];
}

/** A new device, until everything is here: how long, in seconds. */
async function fetchAll(steps: Steps, fragment: string): Promise<{ readable: number; whole: number }> {
	const { page } = steps;
	let fetched = Infinity;
	page.on('response', (response) => {
		if (FETCHES.test(response.url())) fetched = performance.now();
	});
	const started = performance.now();
	await page.goto(`/sign-in#${fragment}`);
	await steps.sees(steps.t('protect_device_title'));
	await steps.protect(null);
	await steps.button('protect_device_do').click();
	await page.getByRole('navigation').first().waitFor({ timeout: PATIENCE });
	const readable = (performance.now() - started) / 1_000;
	await until('nothing more comes', () => performance.now() - fetched > QUIET_MS, PATIENCE);
	return { readable, whole: (fetched - started) / 1_000 };
}

/** @throws when some are only told of */
async function expectAll(page: Page, posts: number): Promise<void> {
	const whole = await page.evaluate(async () => {
		const wanted = indexedDB.open('multaqa');
		await new Promise((resolve) => (wanted.onsuccess = resolve));
		const cursors = wanted.result.transaction('events').objectStore('events').openCursor();
		let count = 0;
		await new Promise<void>((resolve) => {
			cursors.onsuccess = () => {
				const cursor = cursors.result;
				if (!cursor) return resolve();
				if ('envelope' in cursor.value) count++;
				cursor.continue();
			};
		});
		return count;
	});
	if (whole < posts) throw new Error(`the tab has ${whole} of ${posts} posts`);
}

async function memoryOf(browser: Browser, page: Page): Promise<{ heap: number; process: number }> {
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.enable');
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	return { heap: usedSize / 1e6, process: await processOf(browser) };
}

/** Of the process that runs the page and its workers, in MB: the largest of those that run pages. */
async function processOf(browser: Browser): Promise<number> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send('SystemInfo.getProcessInfo');
	const pages = processInfo.filter(({ type }) => type === 'renderer');
	return Math.max(...pages.map(({ id }) => privateMemory(id)));
}

function privateMemory(process: number): number {
	const told = readFileSync(`/proc/${process}/smaps_rollup`, 'utf8');
	const kB = [...told.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
	return kB / 1_024;
}

import { readFileSync } from 'node:fs';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Browser, Page } from 'playwright-core';
import { arrive } from '../e2e/testing/browser.ts';
import { inTime } from '../e2e/testing/kept.ts';
import { Steps } from '../e2e/testing/steps.ts';
import { until, type Person, type TestForum } from '../e2e/testing/forum.ts';
import { atMost, told, type Figure } from './figure.ts';
import { write, type Writer } from './writing.ts';

/** As much as a tab may come to know in years, with what was written before. */
const YEARS = { threads: 100, posts: 48_000 };
/** Two kilobytes of the page's own memory for each post, its text included. */
const MOST_HEAP_MB = 100;
/** What a phone with two gigabytes leaves a tab before it is thrown out. */
const MOST_PROCESS_MB = 300;
/** What was written since somebody was here last, and in how many of the threads. */
const NEWS = { threads: 5, posts: 4 };
/** How long whoever comes back may wait for Today, in s, on a processor as fast as this one. */
const MOST_SECONDS = 3;
const SLOWER = 4;
/** Nothing is under way any more when the page has said so for as long, in ms. */
const CALM_MS = 3_000;
const PATIENCE = 600_000;
const FETCHES = /\/api\/spaces\/[^/]+\/events$/;
/** Longer than what came at once takes to be opened, and than workers that have nothing to do are kept. */
const QUIET_MS = 10_000;

/** What a tab holds that knows fifty thousand posts, as it is on the next visit: nothing of fetching them is left in it. */
export async function years(
	browser: Browser,
	forum: TestForum,
	{ writer, other }: { writer: Writer; other: Person },
	posts = YEARS.posts,
): Promise<readonly Figure[]> {
	await write(writer, forum, { ...YEARS, posts });
	// It listens to nothing, and cannot have read what it has not seen the place of.
	await writer.person.client.refresh(forum.space.id);
	await writer.person.client.reading.readAll(forum.space.id);
	const visitor = await arrive(browser, forum.server.url);
	const { page, context } = visitor;
	const steps = new Steps(visitor, 'ar');
	const { fragment } = await writer.person.client.offerEnrolment();
	const fetching = await fetchAll(steps, fragment);
	await expectAll(page, posts);
	await writeNews(other, forum);
	// What came is taken in, and the device is left again.
	await visit(steps);
	const once = await visit(steps);
	await page.waitForTimeout(QUIET_MS);
	const memory = await memoryOf(browser, page);
	const slowly = await slower(page, () => visit(steps));
	await context.close();
	return [
		atMost('a tab that knows 50,000 posts, JavaScript heap', memory.heap, 'MB', MOST_HEAP_MB, 'after what is not used was let go'),
		atMost('the same, the whole process of the page', memory.process, 'MB', MOST_PROCESS_MB, 'private to it, as the kernel counts'),
		told('a new device until it can be read, with what there is known', fetching.readable, 's'),
		told('the same, until it has them all, opened and checked', fetching.whole, 's'),
		atMost(
			'the next visit, until Today is readable with 50,000 posts',
			once.readable,
			's',
			MOST_SECONDS,
			'20 unread in 5 threads, counted',
		),
		told('the same, until everything is open', once.whole, 's', 'while one reads'),
		told('the same, longest task meanwhile', once.held, 'ms'),
		told('4 × slower: until Today is readable with 50,000 posts', slowly.readable, 's'),
		told('the same, until everything is open', slowly.whole, 's'),
		told('the same, longest task meanwhile', slowly.held, 'ms'),
	];
}

/** What was written since: the only posts that are unread. */
async function writeNews({ client }: Person, { space }: TestForum): Promise<void> {
	await client.refresh(space.id);
	const streams = client
		.events(space.id, space.index)
		.flatMap((event) => (event.verified && event.type === 'thread.open' ? [(event.content as { stream: StreamId }).stream] : []))
		.slice(0, NEWS.threads);
	for (const stream of streams) {
		client.backlog.want(space.id, stream);
		await until('a thread is here', () => client.backlog.missing(space.id, stream).count === 0, PATIENCE);
		for (let count = 0; count < NEWS.posts; count++) await client.append(space.id, stream, 'post.add', { text: 'جديد', reply: null });
	}
	await until('the news are sent', () => client.status.waiting === 0, PATIENCE);
}

interface Visit {
	/** Until Today stands and says what is unread, in seconds. */
	readonly readable: number;
	/** Until everything that lies on the device is open. */
	readonly whole: number;
	/** The longest task after the first of these moments, in ms. */
	readonly held: number;
}

/** A tab that is opened anew, from the passkey on. */
async function visit(steps: Steps): Promise<Visit> {
	const { page } = steps;
	await page.reload();
	await steps.button('unlock_passkey').waitFor({ timeout: PATIENCE });
	const begun = performance.now();
	await steps.button('unlock_passkey').click({ timeout: PATIENCE });
	const count = page
		.getByRole('navigation')
		.getByText(String(NEWS.threads * NEWS.posts))
		.first();
	await count.waitFor({ timeout: PATIENCE });
	const readable = performance.now() - begun;
	await page.evaluate(watchTasks);
	await opened(steps);
	const whole = performance.now() - begun - CALM_MS;
	return { readable: readable / 1_000, whole: whole / 1_000, held: await page.evaluate(() => (globalThis as Watching).longestTask ?? 0) };
}

type Watching = typeof globalThis & { longestTask?: number };

/** Runs in the page. */
function watchTasks(): void {
	const watching = globalThis as Watching;
	watching.longestTask = 0;
	const note = ({ duration }: PerformanceEntry) => (watching.longestTask = Math.max(watching.longestTask ?? 0, duration));
	new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'longtask' });
}

/** Until the page has said for a while that nothing is under way. */
async function opened({ page, t }: Steps): Promise<void> {
	const calm = page.getByRole('status').filter({ hasText: t('connection_online') });
	let since = performance.now();
	await inTime(
		'everything is open',
		async () => {
			if (!(await calm.first().isVisible())) since = performance.now();
			return performance.now() - since > CALM_MS;
		},
		PATIENCE,
	);
}

async function slower<Result>(page: Page, work: () => Promise<Result>): Promise<Result> {
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
	const result = await work();
	await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	return result;
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

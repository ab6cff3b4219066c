import type { Browser, CDPSession, Page } from 'playwright-core';
import { arrive, startBrowser } from '../e2e/testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from '../e2e/testing/forum.ts';
import { programKept } from '../e2e/testing/kept.ts';
import { joinInBrowser, unlock, type Member } from '../e2e/testing/member.ts';
import { PROGRAM_KB } from '../src/lib/offline/program-size.ts';
import { atMost, type Figure } from './figure.ts';

/** S-17: kB until the first usable screen. */
const MOST_KB = 250;
/** A line of 64 kbit/s whose every answer takes 800 ms, and a phone with a quarter of this machine's speed. */
const LINE = { offline: false, latency: 800, downloadThroughput: 8_000, uploadThroughput: 8_000 };
const SLOWER = 4;
/** What the line alone takes for so many kB, in s, and how many answers may be waited for besides. */
const onTheLine = (kB: number) => (kB * 1_000) / LINE.downloadThroughput;
const ROUND_TRIPS = { visitor: 12, warm: 12 };
const waiting = (trips: number) => (trips * LINE.latency) / 1_000;
/** From nothing of the program to a read thread, in s and kB: fixed, so that a program that grows is found out. */
const COLD = { seconds: 67.3, kB: 346 };
const TITLE = 'ترتيبات الجلسة القادمة';
const TEXT = 'نلتقي عند العاشرة صباحًا.';

/** Cold and warm starts on such a line, in such a phone. */
export async function slowStarts(): Promise<readonly Figure[]> {
	const browser = await startBrowser();
	const forum = await startForum();
	try {
		await openThread(forum.alice, forum.space, TITLE, TEXT);
		await sent(forum.alice);
		return [...(await visitor(browser, forum)), ...(await reader(browser, forum))];
	} finally {
		await browser.close();
		await forum.stop();
	}
}

/** Somebody who has never been here, until the sign-in can be used. */
async function visitor(browser: Browser, forum: TestForum): Promise<readonly Figure[]> {
	const { page, context } = await arrive(browser, forum.server.url, { width: 360, height: 740 });
	const counted = await onSlowLine(page);
	const seconds = await timed(async () => {
		await page.goto('/sign-in', { waitUntil: 'commit', timeout: 120_000 });
		await page.locator('h1').waitFor({ timeout: 120_000 });
	});
	await context.close();
	return [
		atMost('64 kbit/s, 800 ms, 4 × CPU: first visit, transferred', counted.kB, 'kB', MOST_KB),
		atMost('the same, until the sign-in stands', seconds, 's', onTheLine(MOST_KB) + waiting(ROUND_TRIPS.visitor)),
	];
}

/** A member with a read thread: with nothing of the program here, then with all of it. */
async function reader(browser: Browser, forum: TestForum): Promise<readonly Figure[]> {
	const member = await joinInBrowser(browser, forum, 'نور', { width: 360, height: 740, keeping: true });
	const { page, context } = member;
	await page.getByText(TITLE).first().click();
	await member.steps.sees(TEXT);
	const counted = await onSlowLine(page, false);
	await forget(page, counted.session);
	const before = counted.kB;
	await page.reload();
	await unlock(member);
	await programKept(page);
	const program = counted.kB - before;
	await slow(counted.session);
	const warm = await start(member, counted);
	await forget(page, counted.session);
	const cold = await start(member, counted);
	await context.close();
	return [
		atMost('the whole program, kept in idle time, transferred', program, 'kB', PROGRAM_KB, 'once for each version'),
		atMost('cold start of a member, until the sign-in stands', cold.signIn, 's', onTheLine(MOST_KB) + waiting(ROUND_TRIPS.visitor)),
		atMost('the same, to a read thread, transferred', cold.kB, 'kB', COLD.kB, 'nothing of the program here'),
		atMost('the same, time', cold.seconds, 's', COLD.seconds),
		atMost('warm start to the read thread, transferred', warm.kB, 'kB', MOST_KB / 10, 'program and thread from this device'),
		atMost('the same, time', warm.seconds, 's', waiting(ROUND_TRIPS.warm)),
	];
}

/** From an empty tab to the sign-in and on to the thread, with one touch of the passkey. */
async function start({ page, steps }: Member, counted: Counted): Promise<{ kB: number; signIn: number; seconds: number }> {
	const before = counted.kB;
	const signIn = await timed(async () => {
		await page.reload({ waitUntil: 'commit', timeout: 240_000 });
		await steps.button('unlock_passkey').waitFor({ timeout: 240_000 });
	});
	const unlocking = await timed(async () => {
		await steps.button('unlock_passkey').click({ timeout: 240_000 });
		await page.getByText(TEXT).first().waitFor({ timeout: 240_000 });
	});
	return { kB: counted.kB - before, signIn, seconds: signIn + unlocking };
}

async function timed(work: () => Promise<void>): Promise<number> {
	const started = performance.now();
	await work();
	return (performance.now() - started) / 1_000;
}

/** Neither the program's copy nor anything in the browser's own cache. */
async function forget(page: Page, session: CDPSession): Promise<void> {
	await session.send('Network.clearBrowserCache');
	await page.evaluate(async () => {
		for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
		for (const name of await caches.keys()) await caches.delete(name);
	});
}

interface Counted {
	kB: number;
	readonly session: CDPSession;
}

async function onSlowLine(page: Page, now = true): Promise<Counted> {
	const session = await page.context().newCDPSession(page);
	const counted = { kB: 0, session };
	await session.send('Network.enable');
	session.on('Network.loadingFinished', ({ encodedDataLength }) => (counted.kB += encodedDataLength / 1_000));
	if (now) await slow(session);
	return counted;
}

async function slow(session: CDPSession): Promise<void> {
	await session.send('Network.emulateNetworkConditions', LINE);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

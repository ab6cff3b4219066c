import type { Browser } from 'playwright-core';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { arrive, startBrowser } from '../e2e/testing/browser.ts';
import { openThread, PASSPHRASE, sent, startForum, until, type TestForum } from '../e2e/testing/forum.ts';
import { openHeadless } from '../e2e/testing/headless.ts';
import { Steps } from '../e2e/testing/steps.ts';
import { utf8 } from '@multaqa/shared/bytes/bytes';
import { Corpus } from './corpus.ts';
import { atMost, told, type Figure } from './figure.ts';
import { startMeter } from './live.ts';

/** A week in a busy space. */
const WEEK = { threads: 20, posts: 2_000 };
/** As much as a tab may come to know in years. */
const YEARS = { threads: 100, posts: 50_000 };
/** What a post costs that is only told of: its name, its place; titles and who was there besides. */
const MOST_TOLD = 60;
/** What an envelope costs beside its text: signature, cites, frontier, padding, its place in the answer. */
const MOST_BESIDE_TEXT = 750;
/** The same where few come at once. */
const MOST_BESIDE_ONE = 850;
const MOST_HEAP_MB = 400;
const PATIENCE = 600_000;
/** Written before the server is waited for. */
const AT_ONCE = 200;

/** What somebody who was away for a week fetches, and what a tab holds that knows fifty thousand posts. */
export async function absence(): Promise<readonly Figure[]> {
	const browser = await startBrowser();
	const forum = await startForum();
	try {
		return [...(await week(forum)), ...(await years(browser, forum))];
	} finally {
		await browser.close();
		await forum.stop();
	}
}

export async function week(forum: TestForum): Promise<readonly Figure[]> {
	const meter = await startMeter(Number(new URL(forum.server.url).port));
	let saving = true;
	const bob = await forum.join('باسل', { through: meter.port, savesData: () => saving });
	await sent(bob);
	await bob.client.close();
	const text = (await write(forum, WEEK)) / WEEK.posts;
	const before = meter.counted.down;
	const started = performance.now();
	const again = await openHeadless(bob.device);
	await again.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	const names = meter.counted.down - before;
	const [stream] = threads(again, forum);
	if (stream) again.backlog.want(forum.space.id, stream);
	await until('one thread is here', () => !stream || again.backlog.missing(forum.space.id, stream).count === 0, PATIENCE);
	const opened = meter.counted.down - before - names;
	saving = false;
	await again.refresh(forum.space.id);
	for (const each of threads(again, forum)) again.backlog.want(forum.space.id, each);
	await until('Bob has everything', () => known(again, forum) >= WEEK.posts, PATIENCE);
	const seconds = (performance.now() - started) / 1_000;
	const bytes = meter.counted.down - before;
	await again.close();
	meter.close();
	return [
		atMost('a week away: told what there is, for each post', names / WEEK.posts, 'B', MOST_TOLD, `${(names / 1e3).toFixed(0)} kB in all`),
		atMost('opening one thread of a hundred posts, for each', opened / (WEEK.posts / WEEK.threads + 1), 'B', text + MOST_BESIDE_ONE),
		atMost(
			'a week away, 20 threads, 2,000 posts: received for each',
			bytes / WEEK.posts,
			'B',
			text + MOST_BESIDE_TEXT,
			`${(bytes / 1e6).toFixed(2)} MB in all, the texts alone ${text.toFixed(0)} B each`,
		),
		told('the same, until everything is opened and checked', seconds, 's', 'in Node, without a page'),
	];
}

export async function years(browser: Browser, forum: TestForum): Promise<readonly Figure[]> {
	await write(forum, { ...YEARS, posts: YEARS.posts - WEEK.posts });
	const visitor = await arrive(browser, forum.server.url, {});
	const steps = new Steps(visitor, 'ar');
	const { fragment } = await forum.alice.client.offerEnrolment();
	const session = await visitor.page.context().newCDPSession(visitor.page);
	const started = performance.now();
	await visitor.page.goto(`/sign-in#${fragment}`);
	await steps.sees(steps.t('protect_device_title'));
	await steps.protect(null);
	await steps.button('protect_device_do').click();
	await visitor.page.getByRole('navigation').first().waitFor({ timeout: PATIENCE });
	const readable = (performance.now() - started) / 1_000;
	// It says so once nothing is fetched any more.
	await visitor.page.getByText(steps.t('connection_online'), { exact: true }).first().waitFor({ timeout: PATIENCE });
	const seconds = (performance.now() - started) / 1_000;
	await session.send('HeapProfiler.enable');
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	await visitor.context.close();
	return [
		atMost('a tab that knows 50,000 posts, JavaScript heap', usedSize / 1e6, 'MB', MOST_HEAP_MB, `${YEARS.threads + WEEK.threads} threads`),
		told('a new device until it can be read, with what there is known', readable, 's'),
		told('the same, until it has them all, opened and checked', seconds, 's'),
	];
}

/** Alice writes so many posts into so many threads, and all of it reaches the server. Answers the bytes of the texts. */
async function write(forum: TestForum, { threads, posts }: { threads: number; posts: number }): Promise<number> {
	const { client } = forum.alice;
	const corpus = new Corpus();
	let bytes = 0;
	const streams: StreamId[] = [];
	for (let count = 0; count < threads; count++) streams.push((await openThread(forum.alice, forum.space, `موضوع ${count}`, 'أول')).stream);
	for (let place = 0; place < posts; place++) {
		const text = corpus.post();
		bytes += utf8(text).length;
		await client.append(forum.space.id, streams[place % threads] as StreamId, 'post.add', { text, reply: null });
		if (place % AT_ONCE === 0) await until('some are sent', () => client.status.waiting === 0, PATIENCE);
	}
	await until('everything is sent', () => client.status.waiting === 0, PATIENCE);
	return bytes;
}

const threads = (client: Client, { space }: TestForum): readonly StreamId[] =>
	client
		.events(space.id, space.index)
		.flatMap((event) => (event.verified && event.type === 'thread.open' ? [(event.content as { stream: StreamId }).stream] : []));

const known = (client: Client, forum: TestForum): number =>
	threads(client, forum).reduce((sum, stream) => sum + client.events(forum.space.id, stream).length, 0);

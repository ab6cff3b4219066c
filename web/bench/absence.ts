import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { startBrowser } from '../e2e/testing/browser.ts';
import { PASSPHRASE, sent, startForum, until, type TestForum } from '../e2e/testing/forum.ts';
import { openHeadless } from '../e2e/testing/headless.ts';
import { atMost, told, type Figure } from './figure.ts';
import { startMeter } from './live.ts';
import { startWriter, write, type Writer } from './writing.ts';
import { years } from './years.ts';

/** A week in a busy space. */
const WEEK = { threads: 20, posts: 2_000 };
/** What a post costs that is only told of: its name, its place; titles and who was there besides. */
const MOST_TOLD = 60;
/** What an envelope costs beside its text: signature, cites, frontier, padding, its place in the answer. */
const MOST_BESIDE_TEXT = 750;
/** The same where few come at once. */
const MOST_BESIDE_ONE = 850;
const PATIENCE = 600_000;

/** What somebody who was away for a week fetches, and what a tab holds that knows fifty thousand posts. */
export async function absence(): Promise<readonly Figure[]> {
	const browser = await startBrowser();
	// One person writes here what many would write in years.
	const forum = await startForum(Date.now, { writingPerHour: 2 ** 40 });
	try {
		const writer = await startWriter(forum);
		const other = await forum.join('كاتب', { deaf: true, savesData: () => true });
		const figures = await week(forum, writer);
		// Nobody else listens while so much is written.
		await forum.alice.client.close();
		return [...figures, ...(await years(browser, forum, { writer, other }))];
	} finally {
		await browser.close();
		await forum.stop();
	}
}

async function week(forum: TestForum, writer: Writer): Promise<readonly Figure[]> {
	const meter = await startMeter(Number(new URL(forum.server.url).port));
	let saving = true;
	const bob = await forum.join('باسل', { through: meter.port, savesData: () => saving });
	await sent(bob);
	await bob.client.close();
	const text = (await write(writer, forum, WEEK)) / WEEK.posts;
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

const threads = (client: Client, { space }: TestForum): readonly StreamId[] =>
	client
		.events(space.id, space.index)
		.flatMap((event) => (event.verified && event.type === 'thread.open' ? [(event.content as { stream: StreamId }).stream] : []));

const known = (client: Client, forum: TestForum): number =>
	threads(client, forum).reduce((sum, stream) => sum + client.events(forum.space.id, stream).length, 0);

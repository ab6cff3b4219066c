import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { ask, posting, type Asked } from './asking.ts';
import { endChild, forkOn, MEASURED, MEASURING, messageOf } from './cores.ts';
import { atMost, quantile, told, type Figure } from './figure.ts';
import type { Back, Opening } from './herd.child.ts';
import { lastPosition, newEvent, NOTEBOOK, STREAMS, streamOf, type LargeForum } from './large-forum.ts';
import { monotonic } from './monotonic.ts';
import { openRaw } from './raw.ts';
import { startProcess, type ServerProcess } from './server-process.ts';

/** One processor, and what is left of 512 MB once a small system has its part is for the heap and everything beside it. */
const MOST_MB = 512;
const HEAP_MB = 256;
/** A client waits for ten seconds at most before it tries again; the rest is opening a line and asking five times. */
const BACK_IN = 12;
const LONGEST_ANSWER = 1_000;
/** A busy hour of 500: each writes every 100 s and turns a page every 10 s. */
const POSTS_A_SECOND = 5;
const PAGES_A_SECOND = 50;
const SECONDS = 20;
/** Where pages begin in a stream of ten thousand. */
const PAGES = 9_000;
/** What a person who turns a page takes for at once; nobody waits for a post, which stands on the own screen before it is sent. */
const AT_ONCE_MS = 300;
const SOON_MS = 500;

/** A forum of 500 accounts and a million events on one processor with 512 MB: everybody's return after a restart, and a busy hour. */
export async function oneCore(forum: LargeForum, port: number): Promise<readonly Figure[]> {
	const asked = catchUpOf(forum);
	const command = [...MEASURED, process.execPath, `--max-old-space-size=${HEAP_MB}`];
	const server = await startProcess(port, forum.folder, { keep: true, command });
	const browsers = forkOn(MEASURING, './herd.child.ts');
	try {
		const opening: Opening = { url: server.url, browsers: forum.browsers, asked };
		browsers.send(opening);
		await messageOf<Back>(browsers, 120_000);
		const herd = await herdOf(server, () => messageOf<Back>(browsers, 120_000), forum.browsers.length);
		const busy = await busyHour(server, forum);
		const many = `${forum.browsers.length.toLocaleString('en')} lines open`;
		return [...herd, ...busy, atMost('the most it ever held, resident', server.peak(), 'MB', MOST_MB, `one processor, ${many}`)];
	} finally {
		await endChild(browsers);
		await server.stop();
	}
}

/** What a real engine asks when its line is open again and nothing happened meanwhile: looked up in one, in this order. */
function catchUpOf({ folder, space }: LargeForum): Opening['asked'] {
	const db = openRaw(join(folder, 'forum.db'));
	const last = (query: string, ...given: readonly string[]) => (db.prepare(query).all(...given)[0] as { last: number }).last;
	const links = last('select max(position) as last from links');
	const roster = last('select max(seq) as last from links where chain = ?', space);
	const after = lastPosition(db, space);
	db.close();
	const everything: readonly Asked[] = [
		posting('/api/links/read', { after: links }),
		{ method: 'GET', path: '/api/spaces', body: new Uint8Array() },
		posting(`/api/spaces/${space}/sync`, { roster, after, generation: 1, whole: [] }),
		{ method: 'GET', path: NOTEBOOK, body: new Uint8Array(), proof: '' },
		posting('/api/letters/read', { after: 0 }),
	];
	return everything.map((one) => ({ ...one, body: [...one.body] }));
}

/** The server goes and comes again: every browser waits as long as the page waits, then opens its line and catches up. */
async function herdOf(server: ServerProcess, back: () => Promise<Back>, many: number): Promise<readonly Figure[]> {
	const all = back();
	const began = monotonic();
	await server.restart();
	const answering = monotonic();
	const before = server.cpu();
	const { last, longest, refused, crowd } = await all;
	const name = many.toLocaleString('en');
	return [
		atMost(`${name} browsers after a restart: all back and up to date`, (last - answering) / 1_000, 's', BACK_IN, 'since it answers again'),
		told('the restart itself', (answering - began) / 1_000, 's', `at most ${crowd} lines in a tenth of a second afterwards`),
		atMost('the same, longest answer meanwhile', longest, 'ms', LONGEST_ANSWER, `${many * 5} requests`),
		atMost('the same, requests refused', refused, '', 0),
		told('the same, processor for each browser', (server.cpu() - before) / many, 'ms', 'line, five requests'),
	];
}

async function busyHour(server: ServerProcess, { space, founder, browsers }: LargeForum): Promise<readonly Figure[]> {
	const agent = new Agent({ keepAlive: true });
	const before = { cpu: server.cpu(), time: monotonic() };
	const written = evenly(POSTS_A_SECOND, (turn) => ask(agent, server.url, founder.cookies(), posting(...postOf(space, turn))));
	const read = evenly(PAGES_A_SECOND, (turn) => {
		const { cookie } = browsers[turn % browsers.length] ?? { cookie: '' };
		return ask(agent, server.url, cookie, posting(...pageOf(space, turn)));
	});
	const [posts, pages] = await Promise.all([written, read]);
	const share = (100 * (server.cpu() - before.cpu)) / (monotonic() - before.time);
	agent.destroy();
	return [
		atMost(
			'a busy hour of 500: a post is durable, p99',
			quantile(posts, 0.99),
			'ms',
			SOON_MS,
			`${POSTS_A_SECOND} posts a second, each to all`,
		),
		atMost('the same, a page of 50 is answered, p99', quantile(pages, 0.99), 'ms', AT_ONCE_MS, `${PAGES_A_SECOND} pages a second`),
		atMost('the same, of the processor', share, '%', 80),
	];
}

const postOf = (space: SpaceId, turn: number) =>
	[`/api/spaces/${space}/streams/${streamOf(turn % STREAMS)}/events`, { envelopes: [newEvent().envelope] }] as const;

const pageOf = (space: SpaceId, turn: number) => {
	const after = (turn * 7_919) % PAGES;
	return [`/api/spaces/${space}/events`, { gaps: [{ stream: streamOf((turn * 37) % STREAMS), after, until: after + 50 }] }] as const;
};

/** So many a second whether or not the one before was answered; how long each took, in ms. */
async function evenly(each: number, once: (turn: number) => Promise<void>): Promise<readonly number[]> {
	const began = monotonic();
	const under: Promise<number>[] = [];
	for (let turn = 0; turn < each * SECONDS; turn++) {
		await pause(Math.max(0, began + (turn * 1_000) / each - monotonic()));
		const sent = monotonic();
		under.push(once(turn).then(() => monotonic() - sent));
	}
	return Promise.all(under);
}

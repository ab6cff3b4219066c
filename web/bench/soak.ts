import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { badLine, type BadLine } from '../../server/faults/testing/bad-line.ts';
import { seeded } from '../../server/faults/testing/random.ts';
import { secretOf } from '../e2e/testing/forum.ts';
import { headless, openHeadless } from '../e2e/testing/headless.ts';
import { endChild, forkOn, messageOf } from './cores.ts';
import { atMost, told, type Figure } from './figure.ts';
import { startProcess, type ServerProcess } from './server-process.ts';
import type { People, ToPeople } from './soak.child.ts';

const PEOPLE = 200;
const PROCESSES = 4;
const THREADS = 10;
/** Minutes that it takes, and how often each of the people writes. */
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 20);
const EACH_WRITES = 150_000;
/** How often is looked, and how often the lines of a quarter of the people break all at once. */
const LOOK = 15_000;
const BREAK = 30_000;
/** Until everybody has everything, once nobody writes any more. */
const PATIENCE = 120_000;
/** What the server may hold more at the end than after it was warm, in MB. */
const MOST_GROWTH = 8;
/** What an engine may hold for each post that it keeps, in kB: the post in clear, its envelope in the store in memory, and what is noted about both. */
const MOST_OF_A_POST = 8;

interface Moment {
	readonly at: number;
	readonly resident: number;
	readonly heap: number;
	readonly known: number;
}

/** Two hundred real engines that write, read and lose their lines for so many minutes. */
export async function soak(port: number): Promise<readonly Figure[]> {
	const server = await startProcess(port);
	const lines: BadLine[] = [];
	const people: ChildProcess[] = [];
	try {
		for (let count = 0; count < PROCESSES; count++) lines.push(await badLine(port, seeded(count)));
		for (let count = 0; count < PROCESSES; count++) people.push(forkOn([], './soak.child.ts'));
		const founded = await found(server);
		const gathered = performance.now();
		await gather(people, lines, server.url, founded.links);
		const gathering = (performance.now() - gathered) / 1_000;
		const { space, streams } = founded;
		await ask(people, { kind: 'write', space, streams, every: EACH_WRITES });
		const moments = await watch(people, lines, server);
		await ask(people, { kind: 'stop' });
		const last = await settled(people);
		await founded.close();
		return [told(`${PEOPLE} engines have joined`, gathering, 's'), ...figuresOf(moments, last, server)];
	} finally {
		await Promise.all(people.map(endChild));
		await Promise.all(lines.map((line) => line.close()));
		await server.stop();
	}
}

async function found(server: ServerProcess) {
	const alice = await openHeadless(headless(server.url));
	const words = { forum: 'ملتقى', host: 'المضيفة', person: 'أليس', space: 'الأولى' };
	await alice.setup({ token: server.setupToken, ...words, secret: secretOf('alice') });
	const space = alice.spaces[0]!;
	const organisation = await alice.addOrganisation('منظمة');
	const streams = Array.from({ length: THREADS }, () => alice.newStream());
	for (const [place, stream] of streams.entries())
		await alice.append(space.id, space.index, 'thread.open', { stream, title: `موضوع ${place}` });
	const links: string[] = [];
	for (let count = 0; count < PEOPLE; count++)
		links.push((await alice.invite({ organisation, role: 'member', spaces: [space.id], approval: false })).fragment);
	return { space: space.id, streams, links, close: () => alice.close() };
}

/** One after another: whoever joins builds upon the links of everybody before. */
async function gather(people: readonly ChildProcess[], lines: readonly BadLine[], url: string, links: readonly string[]): Promise<void> {
	for (const [turn, link] of links.entries()) {
		const place = turn % PROCESSES;
		const child = people[place];
		if (child) await ask([child], { kind: 'join', url, through: lines[place]?.port ?? 0, name: `p${turn}`, link });
	}
}

/** Sends all of them the same, and waits for where they stand. */
async function ask(people: readonly ChildProcess[], message: ToPeople): Promise<readonly People[]> {
	const answers = people.map((child) => messageOf<People>(child));
	for (const child of people) child.send(message);
	return Promise.all(answers);
}

/** Looks again and again how much everybody holds, while now and then a quarter of them loses the line. */
async function watch(people: readonly ChildProcess[], lines: readonly BadLine[], server: ServerProcess): Promise<readonly Moment[]> {
	const moments: Moment[] = [];
	const began = performance.now();
	let turn = 0;
	const breaking = setInterval(() => {
		const line = lines[turn++ % lines.length];
		line?.spoil();
		line?.repair();
	}, BREAK);
	while (performance.now() - began < MINUTES * 60_000) {
		await pause(LOOK);
		const stand = await ask(people, { kind: 'look' });
		const heap = stand.reduce((sum, each) => sum + each.heap, 0) / 2 ** 20;
		const known = Math.min(...stand.map((each) => each.known));
		moments.push({ at: (performance.now() - began) / 60_000, resident: server.resident(), heap, known });
		const { at, resident } = moments.at(-1)!;
		console.log(`  ${at.toFixed(1)} min: server ${resident.toFixed(0)} MB, engines ${heap.toFixed(0)} MB, ${known} posts known to all`);
	}
	clearInterval(breaking);
	return moments;
}

async function settled(people: readonly ChildProcess[]): Promise<readonly People[]> {
	const end = performance.now() + PATIENCE;
	for (;;) {
		const stand = await ask(people, { kind: 'look' });
		const written = stand.reduce((sum, each) => sum + each.written, 0);
		if (stand.every(({ known, waiting }) => known >= written && waiting === 0) || performance.now() > end) return stand;
		await pause(1_000);
	}
}

/** The middle value of a part of the time. */
function middle(moments: readonly Moment[], from: number, to: number, of: (moment: Moment) => number): number {
	const values = moments
		.slice(Math.floor(moments.length * from), Math.ceil(moments.length * to))
		.map(of)
		.toSorted((a, b) => a - b);
	return values[values.length >> 1] ?? 0;
}

function figuresOf(moments: readonly Moment[], last: readonly People[], server: ServerProcess): readonly Figure[] {
	const sum = (of: (people: People) => number) => last.reduce((all, each) => all + of(each), 0);
	const written = sum((each) => each.written);
	const grown = (of: (moment: Moment) => number) => middle(moments, 0.75, 1, of) - middle(moments, 0.25, 0.5, of);
	const kept = grown(({ known }) => known) * PEOPLE;
	const orders = new Set(last.flatMap((each) => each.orders)).size;
	const missing = written - Math.min(...last.map(({ known }) => known));
	return [
		told(
			'posts that were written',
			written,
			'',
			`${(written / MINUTES).toFixed(0)} a minute, ${((written * PEOPLE) / MINUTES).toFixed(0)} checked a minute`,
		),
		atMost('posts that somebody does not have in the end', missing, '', 0),
		atMost('orders in which they stand, at all engines', orders, '', 1),
		atMost(
			'posts that stand twice or out of their author’s order',
			sum((each) => each.wrong),
			'',
			0,
		),
		atMost(
			'accusations against the server',
			sum((each) => each.findings),
			'',
			0,
		),
		atMost(
			'rejections that nobody took care of',
			sum((each) => each.rejections),
			'',
			0,
			'of the engines',
		),
		atMost('lines in which the server complained', server.errors().split('\n').filter(Boolean).length, '', 0),
		atMost(
			'server, resident: more in the last quarter than in the second',
			grown(({ resident }) => resident),
			'MB',
			MOST_GROWTH,
		),
		atMost(
			'heap of an engine for each post it keeps',
			(grown(({ heap }) => heap) * 1_024) / kept,
			'kB',
			MOST_OF_A_POST,
			'its store is in memory here',
		),
	];
}

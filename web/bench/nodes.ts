import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { chains } from '@multaqa/shared/api/chain';
import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import { idBytes, type SpaceId } from '@multaqa/shared/bytes/ids';
import { io } from 'socket.io-client';
import { startPostgres } from '../../db/src/testing/postgres-server.ts';
import { foundForum } from '../../server/faults/testing/forum.ts';
import { serverProcess, type ServerProcess } from '../../server/faults/testing/server-process.ts';
import { rotation } from '../../server/src/testing/forum.ts';
import { random, signLinks, type Draft } from '../../server/src/testing/person.ts';
import { ask, posting } from './asking.ts';
import { atLeast, quantile, told, type Figure } from './figure.ts';

const SECONDS = 4;
const WRITERS = 64;
/** Between which the writers are divided: within one, nodes write in turn. */
const SPACES = 8;
const ENVELOPE_BYTES = 1_320;
/** Announcements that are timed, one after another. */
const HEARD = 300;

/** What writers need of a forum. */
interface Forum {
	readonly spaces: readonly SpaceId[];
	readonly cookie: string;
}

/**
 * Two nodes on one PostgreSQL against one, and both against raw inserts of the same durability. On a machine with two cores
 * that also has the database and the writers a second node brings no speed; it must not cost any either.
 */
export async function nodes(): Promise<readonly Figure[]> {
	const postgres = await startPostgres();
	if (!postgres) {
		console.log('No PostgreSQL runs here: several nodes were not measured.');
		return [];
	}
	const databaseUrl = await postgres.newDatabase();
	const raw = await rawInserts(await postgres.newDatabase());
	const environment = { DATABASE_URL: databaseUrl, WRITING_MB_PER_HOUR: '1000000' };
	const first = await serverProcess(environment);
	// Each under its own address, so that writers need no balancer between.
	const second = await serverProcess(environment);
	try {
		await first.start();
		const forum = await withSpaces(first);
		const one = await alone(first, forum);
		const many = await acknowledged([first], forum, WRITERS);
		const answered = await requests(first, forum);
		await second.start();
		const both = await acknowledged([first, second], forum, WRITERS);
		const here = await heardAfter(first, first, forum);
		const there = await heardAfter(first, second, forum);
		return [
			told('raw PostgreSQL inserts, one commit with fsync each', raw, '/s', 'one connection, over TCP, as it comes'),
			told('on PostgreSQL, durable appends, one by one', one, '/s', `${(one / raw).toFixed(2)} × raw`),
			atLeast(
				`on PostgreSQL, durable appends, ${WRITERS} writers`,
				many,
				'/s',
				Math.min(raw, answered / 3),
				`${(many / raw).toFixed(2)} × raw; the same node answers ${answered.toFixed(0)}/s that write nothing`,
			),
			atLeast(`the same writers at two nodes`, both, '/s', 0.6 * many, `${(both / many).toFixed(2)} × one node, on the same cores`),
			told('heard at the same node, p50', quantile(here, 0.5), 'ms', `p99 ${quantile(here, 0.99).toFixed(1)} ms, from sending`),
			told('heard at the other node, p50', quantile(there, 0.5), 'ms', `p99 ${quantile(there, 0.99).toFixed(1)} ms, from sending`),
		];
	} finally {
		await first.remove();
		await second.remove();
		await postgres.close();
	}
}

interface RawClient {
	connect(): Promise<void>;
	query(text: string, values?: readonly unknown[]): Promise<unknown>;
	end(): Promise<void>;
}

async function rawInserts(url: string): Promise<number> {
	const pg = createRequire(new URL('../../db/package.json', import.meta.url))('pg') as { Client: new (options: object) => RawClient };
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query('create table events (position integer generated always as identity primary key, stream text, envelope bytea)');
	const envelope = Buffer.from(random(ENVELOPE_BYTES));
	const end = performance.now() + SECONDS * 1_000;
	let count = 0;
	for (; performance.now() < end; count++)
		await client.query('insert into events (stream, envelope) values ($1, $2)', ['stream', envelope]);
	await client.end();
	return count / SECONDS;
}

async function withSpaces(server: ServerProcess): Promise<Forum> {
	const { person, forum, space, world: founded } = await foundForum(server);
	const spaces = [space];
	for (let [count, world] = [1, founded]; count < SPACES; count++) {
		const create: Draft = { kind: 'roster', type: 'space.create', body: { forum: idBytes(forum), salt: random(16) } };
		const made = await signLinks(person, world, [create]);
		const id = made.links[0]!.chain;
		const rotated = await signLinks(person, made.world, [rotation(made.world, id, 1)]);
		const links = [...made.links, ...rotated.links].map(({ bytes }) => bytes);
		const wraps = [{ space: id, generation: 1, recipient: person.account as string, bytes: random(64) }];
		await person.browser.call(chains.append, { request: { links, wraps, publicKeys: [] } });
		spaces.push(id);
		({ world } = rotated);
	}
	return { spaces, cookie: person.browser.cookie };
}

const envelopesOf = (count: number) => Array.from({ length: count }, () => encodeCbor([1, 1, random(ENVELOPE_BYTES - 8)]));

/** Each writer has a stream of its own and sends its next event when the one before is acknowledged. */
function append(agent: Agent, server: ServerProcess, { spaces, cookie }: Forum, writer: number): Promise<void> {
	const stream = Buffer.alloc(16, writer + 1).toString('base64url');
	const space = spaces[writer % spaces.length]!;
	return ask(agent, server.url, cookie, posting(`/api/spaces/${space}/streams/${stream}/events`, { envelopes: envelopesOf(1) }));
}

const alone = (server: ServerProcess, forum: Forum) => acknowledged([server], forum, 1);
const acknowledged = (servers: readonly ServerProcess[], forum: Forum, writers: number) =>
	inSeconds(writers, (agent, writer) => append(agent, servers[Math.floor(writer / SPACES) % servers.length]!, forum, writer));
const requests = (server: ServerProcess, { cookie }: Forum) =>
	inSeconds(WRITERS, (agent) => ask(agent, server.url, cookie, posting('/api/letters/read', { after: 0 })));

async function inSeconds(many: number, once: (agent: Agent, place: number) => Promise<void>): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: many });
	const end = performance.now() + SECONDS * 1_000;
	let count = 0;
	const go = async (place: number) => {
		for (; performance.now() < end; count++) await once(agent, place);
	};
	await Promise.all(Array.from({ length: many }, (_, place) => go(place)));
	agent.destroy();
	return count / SECONDS;
}

/** Milliseconds from sending an event to hearing of it on a line. */
async function heardAfter(writing: ServerProcess, hearing: ServerProcess, forum: Forum): Promise<readonly number[]> {
	const socket = io(hearing.url, { transports: ['websocket'], extraHeaders: { cookie: forum.cookie }, forceNew: true });
	await new Promise<void>((resolve) => socket.once('connect', resolve));
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const times: number[] = [];
	for (let count = 0; count < HEARD; count++) {
		const heard = new Promise((resolve) => socket.once('event', resolve));
		const began = performance.now();
		await Promise.all([append(agent, writing, forum, 0), heard]);
		times.push(performance.now() - began);
	}
	socket.close();
	agent.destroy();
	return times;
}

import { startPostgres } from '@multaqa/db/testing/postgres-server';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { expect, test } from 'vitest';
import { secretOf, until } from '../../web/e2e/testing/forum.ts';
import { headless, openHeadless } from '../../web/e2e/testing/headless.ts';
import { startNode } from './testing/node-process.ts';
import { tcpBalancer } from './testing/tcp-balancer.ts';

/** Milliseconds between two posts of somebody. */
const PAUSE = 150;
/** Milliseconds in which people write before something happens to a node. */
const CALM = 1_500;
const PATIENCE = 60_000;
const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

const postgres = await startPostgres();
if (!postgres) console.warn('No PostgreSQL runs here: several nodes were not tried.');

test.skipIf(!postgres)(
	'people behind a balancer write on while both nodes are restarted in turn and one is killed, and all read the same',
	async () => {
		const databaseUrl = await postgres!.newDatabase();
		const one = await startNode(databaseUrl);
		const other = await startNode(databaseUrl, one.program.url);
		const balancer = await tcpBalancer([one.program.port, other.program.port]);
		const clients: Client[] = [];
		const arrive = async () => {
			const client = await openHeadless(headless(one.program.url, { through: balancer.port }));
			clients.push(client);
			return client;
		};
		try {
			const alice = await arrive();
			const words = { forum: 'ملتقى', host: 'المضيفة', person: 'أليس', space: 'الأولى' };
			await alice.setup({ token: one.program.token, ...words, secret: secretOf('alice') });
			const space = alice.spaces[0]!;
			const organisation = await alice.addOrganisation('منظمة');
			for (const person of ['باسل', 'كريم']) {
				const { fragment } = await alice.invite({ organisation, role: 'member', approval: false, spaces: [space.id] });
				await (await arrive()).join({ fragment, person, secret: secretOf(person) });
			}
			const stream = alice.newStream();
			await alice.append(space.id, space.index, 'thread.open', { stream, title: 'خيط' });
			let over = false;
			const writing = clients.map((client, place) => write(client, space, stream, place, () => over));
			for (const node of [one, other]) {
				await pause(CALM);
				expect(await node.stop()).toBe(0);
				await node.start();
			}
			await pause(CALM);
			await one.kill();
			await pause(CALM);
			await one.start();
			await pause(CALM);
			over = true;
			const written = (await Promise.all(writing)).flat();
			const everybody = (holds: (client: Client) => boolean) => () => clients.every(holds);
			await until(
				'nothing waits',
				everybody(({ status }) => status.waiting === 0),
				PATIENCE,
			);
			await until(
				'everybody has everything',
				everybody((client) => textsOf(client, space, stream).length >= written.length),
				PATIENCE,
			);
			const inOrder = textsOf(alice, space, stream);
			expect(inOrder.toSorted()).toEqual(written.toSorted());
			for (const [place, client] of clients.entries()) {
				expect(textsOf(client, space, stream)).toEqual(inOrder);
				expect(inOrder.filter((text) => text.startsWith(`${place} `))).toEqual(written.filter((text) => text.startsWith(`${place} `)));
				expect(client.findings).toEqual([]);
			}
			expect([...balancer.given.values()].every((connections) => connections > 0)).toBe(true);
			for (const { program } of [one, other]) expect(program.errors()).toBe('');
			console.log(`${written.length} posts, connections at the nodes ${[...balancer.given.values()].join(' and ')}`);
		} finally {
			await Promise.all(clients.map((client) => client.close()));
			await balancer.close();
			await one.program.remove();
			await other.program.remove();
			await postgres!.close();
		}
	},
);

/** One post after another; answers what was written. */
async function write(client: Client, space: SpaceView, stream: StreamId, place: number, over: () => boolean): Promise<string[]> {
	const texts: string[] = [];
	while (!over()) {
		const text = `${place} ${texts.length}`;
		texts.push(text);
		await client.append(space.id, stream, 'post.add', { text, reply: null });
		await pause(PAUSE);
	}
	return texts;
}

/** What somebody reads, in the order in which it stands. */
function textsOf(client: Client, space: SpaceView, stream: StreamId): string[] {
	return client
		.events(space.id, stream)
		.flatMap((event) => (event.verified && !event.waiting ? [String((event.content as { text?: string }).text)] : []));
}

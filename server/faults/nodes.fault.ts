import { startPostgres } from '@multaqa/db/testing/postgres-server';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { expect, test } from 'vitest';
import { follow, read, readAll, write, type Target } from './testing/clients.ts';
import { foundForum } from './testing/forum.ts';
import { broken, emptyHistory, type History } from './testing/history.ts';
import { writeLinks, type SentLink } from './testing/links.ts';
import { balancer, startNode, type Node } from './testing/node-process.ts';
import { seeded, seedOfRun } from './testing/random.ts';

const KILLS = Number(process.env['FAULT_NODE_KILLS'] ?? 12);
const WRITERS = 6;
/** A life is at most so long, from the moment at which it answers. Milliseconds. */
const LONGEST_LIFE = 1_500;
/** Between the restarts of a rolling restart. */
const BREATH = 1_000;
/** A killed node's last words are asked for when it has been silent for ten seconds. */
const ALL_HEARD = 30_000;

const postgres = await startPostgres();
if (!postgres) console.warn('No PostgreSQL runs here: several nodes were not tried.');

test.skipIf(!postgres)(
	`two nodes lose, double and move nothing while one is killed ${KILLS} times and both are restarted in turn`,
	async () => {
		const seed = seedOfRun();
		const databaseUrl = await postgres!.newDatabase();
		const one = await startNode(databaseUrl);
		const other = await startNode(databaseUrl, one.program.url);
		try {
			const forum = await foundForum(one.program);
			const history = emptyHistory();
			const links: SentLink[] = [];
			let [round, over] = [0, false];
			const parts = { space: forum.space, cookie: forum.person.browser.cookie, acknowledged: () => {} };
			const targetOf = (choose: () => Node, up: () => Promise<void>): Target => ({
				...parts,
				up,
				get url() {
					return choose().program.url;
				},
				get round() {
					return round;
				},
			});
			const only = (node: Node) => targetOf(() => node, node.up);
			const balanced = targetOf(balancer(one, other, seeded(seed)), () => Promise.race([one.up(), other.up()]));
			const streams = Array.from({ length: 4 }, () => randomBytes(16).toString('base64url') as StreamId);
			const done = () => over;
			const ways = [only(one), only(other), balanced];
			const failed = Promise.all([
				...Array.from({ length: WRITERS }, (_, place) =>
					write(ways[place % ways.length]!, `writer ${place}`, seeded(seed + 1 + place), streams, history, done),
				),
				read(only(other), history, done),
				writeLinks({ ...forum, up: one.up }, links, () => links.length < 2 * round, done),
			]);
			failed.catch(() => undefined);
			const listeners = [await follow(only(one)), await follow(only(other))];
			for (const node of [one, other]) {
				await Promise.race([pause(BREATH), failed]);
				expect(await node.stop()).toBe(0);
				await node.start();
			}
			const random = seeded(seed);
			// The other goes on, and has to find out by itself that not everything was said.
			for (round = 1; round <= KILLS; round++) {
				await Promise.race([pause(random.below(LONGEST_LIFE)), failed]);
				await one.kill();
				await one.start();
			}
			const live = listeners[1]!.announced.length;
			over = true;
			await failed;
			const log = await readAll(only(one));
			const told = `${log.length} events, ${links.length} links, ${live} heard at the other; FAULT_SEED=${seed}`;
			history.told.push(...listeners.flatMap(({ announced, caughtUp }) => [...announced, ...caughtUp]));
			expect(broken(history, log), told).toEqual([]);
			expect(await readAll(only(other)), told).toEqual(log);
			const standing = new Set(log.map(({ id }) => id));
			for (const { heard } of listeners)
				await expect.poll(() => [...standing].filter((id) => !heard.has(id)), { timeout: ALL_HEARD }).toEqual([]);
			expect(share(history, listeners[1]!.announced), told).toBeGreaterThan(0.2);
			expect(
				links.every(({ acknowledged }) => acknowledged),
				told,
			).toBe(true);
			for (const { program } of [one, other]) expect(program.errors(), told).toBe('');
			for (const { hangUp } of listeners) hangUp();
			console.log(told);
		} finally {
			await one.program.remove();
			await other.program.remove();
			await postgres!.close();
		}
	},
);

/** How much of what was acknowledged came to a listener by itself. */
function share({ sendings }: History, announced: readonly { id: string }[]): number {
	const heard = new Set(announced.map(({ id }) => id));
	const acknowledged = sendings.flatMap(({ acknowledged: places }) => places?.map(({ id }) => id) ?? []);
	return acknowledged.filter((id) => heard.has(id)).length / acknowledged.length;
}

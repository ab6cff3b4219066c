import Sqlite from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { expect, test } from 'vitest';
import { hear, read, readAll, write, type Target } from './testing/clients.ts';
import { foundForum } from './testing/forum.ts';
import { broken, emptyHistory } from './testing/history.ts';
import { writeLinks, type SentLink } from './testing/links.ts';
import { seeded, seedOfRun } from './testing/random.ts';
import { serverProcess } from './testing/server-process.ts';

const KILLS = Number(process.env['FAULT_KILLS'] ?? 200);
const WRITERS = 6;
/** A life is at most so long, from the moment at which it answers. Milliseconds. */
const LONGEST_LIFE = 160;
/** Some do not live to answer anything. */
const STILLBORN = 0.1;
const LONGEST_BIRTH = 400;
/** Some are killed the moment somebody is told that something is durable. */
const AT_ONCE = 0.3;
const MOST_LINKS = KILLS;

test(`nothing that was acknowledged is lost, doubled or moved by ${KILLS} kills under load`, async () => {
	const seed = seedOfRun();
	const random = seeded(seed);
	const server = await serverProcess();
	try {
		await server.start();
		const forum = await foundForum(server);
		const history = emptyHistory();
		const links: SentLink[] = [];
		let [alive, life, round] = [gate(), gate(), 0];
		let over = false;
		alive.open();
		const target: Target = {
			url: server.url,
			space: forum.space,
			cookie: forum.person.browser.cookie,
			up: () => alive.passed,
			get round() {
				return round;
			},
			acknowledged: () => life.open(),
		};
		const streams = Array.from({ length: 4 }, () => randomBytes(16).toString('base64url') as StreamId);
		const done = () => over;
		const clients = [
			...Array.from({ length: WRITERS }, (_, place) => write(target, `writer ${place}`, seeded(seed + 1 + place), streams, history, done)),
			read(target, history, done),
			writeLinks({ ...forum, up: target.up }, links, () => links.length < Math.min(MOST_LINKS, 2 * round), done),
		];
		const failed = Promise.all(clients);
		const hangUp = hear(target, history);
		for (round = 1; round <= KILLS; round++) {
			life = gate();
			const atOnce = random.chance(AT_ONCE);
			await Promise.race([atOnce ? life.passed : pause(random.below(LONGEST_LIFE)), failed]);
			alive = gate();
			await server.kill();
			if (random.chance(STILLBORN)) {
				server.begin();
				await pause(random.below(LONGEST_BIRTH));
				await server.kill();
			}
			await server.start();
			alive.open();
		}
		over = true;
		await failed;
		hangUp();
		const log = await readAll(target);
		await server.kill();
		const told = `${log.length} events, ${links.length} links, ${history.told.length} told; FAULT_SEED=${seed}`;
		expect(broken(history, log), told).toEqual([]);
		expect(history.sendings.filter(({ acknowledged }) => acknowledged).length, told).toBeGreaterThan(KILLS);
		expect(history.told.length, told).toBeGreaterThan(KILLS);
		const kept = keptIn(server.folder, forum.forum);
		expect(kept.integrity, told).toBe('ok');
		expect(kept.directory.slice(-links.length), told).toEqual(links.map(({ hash }) => hash));
		expect(server.errors(), told).toBe('');
		console.log(told);
	} finally {
		await server.remove();
	}
});

/** Something that others wait for until it opens. */
function gate() {
	let open = () => {};
	const passed = new Promise<void>((resolve) => (open = resolve));
	return { passed, open };
}

function keptIn(folder: string, directory: string) {
	const db = new Sqlite(join(folder, 'forum.db'), { readonly: true });
	const integrity = db.pragma('integrity_check', { simple: true });
	const hashes = db.prepare('select hash from links where chain = ? order by seq').pluck().all(directory);
	db.close();
	return { integrity, directory: hashes };
}

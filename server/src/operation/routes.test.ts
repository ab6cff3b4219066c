import { operation } from '@multaqa/shared/api/operation';
import { idBytes } from '@multaqa/shared/bytes/ids';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { random } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { backup } from './backup.ts';
import { makeKey } from './keys.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

test('a coordinator of the host sees how the machine is doing, in numbers', async () => {
	const state = await home.founder.browser.call(operation.read);
	expect(state).toMatchObject({ database: 'sqlite', lastBackup: null, attachmentBytes: 0, sockets: 0, waiting: 0 });
	expect(state.databaseBytes).toBeGreaterThan(4_096);
	expect(state.freeBytes).toBeGreaterThan(0);
	expect(state.since.endsWith(':00:00.000Z')).toBe(true);
});

test('after a backup its hour and its size stand there, and nothing of where it lies', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'multaqa-seen-'));
	await makeKey(join(folder, 'key'));
	const from = { file: join(server.dataDir, 'forum.db') };
	const work = { progress: () => undefined, now: Date.now };
	const { bytes } = await backup({ from, to: folder, recipient: join(folder, 'key.pub'), ...work });
	const state = await home.founder.browser.call(operation.read);
	expect(state.lastBackup?.bytes).toBe(bytes);
	expect(JSON.stringify(state)).not.toContain(folder);
	await rm(folder, { recursive: true });
});

test('members, and coordinators of another organisation, are told nothing of it', async () => {
	const member = await home.join(await home.invite());
	expect(await member.browser.refused(operation.read)).toMatchObject({ code: 'not-found' });
	const organisation = random(16);
	await home.append(home.founder, [{ kind: 'directory', chain: home.id, type: 'organisation.add', body: { organisation } }]);
	const guest = await home.join(await home.invite({ organisation }));
	const named = { kind: 'directory', chain: home.id, type: 'coordinator.add', body: { account: idBytes(guest.account) } } as const;
	await home.append(home.founder, [named]);
	expect(await guest.browser.refused(operation.read)).toMatchObject({ code: 'not-found' });
});

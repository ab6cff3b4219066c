import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup } from '@multaqa/server/operation/backup';
import { makeKey } from '@multaqa/server/operation/keys';
import { restore } from '@multaqa/server/operation/restore';
import { startServer } from '@multaqa/server/server';
import { postsOf } from '@multaqa/shared/threads/posts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openThread, PASSPHRASE, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';

let forum: TestForum;
let bob: Person;
let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-restored-'));
	forum = await startForum();
	bob = await forum.join('باسل');
});
afterEach(async () => {
	await forum.stop();
	await rm(folder, { recursive: true });
});

test('after the machine is lost, members sign in to the restored forum, read what was said and go on', async () => {
	const { stream, post } = await openThread(forum.alice, forum.space, 'قبل العطل', 'ما قيل قبل العطل');
	const textsOf = (client: Person['client']) =>
		postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
	await until('Bob reads it', () => textsOf(bob.client).length === 1);
	await bob.client.append(forum.space.id, stream, 'post.add', { text: 'جواب', reply: post });
	await sent(bob);
	const [key, to, place] = [join(folder, 'key'), join(folder, 'forum.age'), join(folder, 'data', 'forum.db')];
	await makeKey(key);
	const work = { progress: () => undefined, now: Date.now };
	await backup({ from: { file: join(forum.folder, 'forum.db') }, to, recipient: `${key}.pub`, ...work });
	await restore({ from: to, identity: key, to: { file: place }, replace: false, ...work });

	const server = await startServer({ port: 0, dataDir: join(folder, 'data'), logLevel: 'silent' });
	// Alice still has her device, whose session has ended; Bob's phone was lost as well, and he has his sheet.
	const { code } = bob.client.recoverySheet();
	await forum.alice.client.close();
	const alice = await openHeadless(headless(server.url, { store: forum.alice.device.store }));
	await alice.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
	const basel = await openHeadless(headless(server.url));
	await basel.enrol({ from: { code }, secret: secretOf('باسل') });
	const clients = [alice, basel];
	for (const client of clients) {
		await until('both posts are there', () => textsOf(client).length === 2);
		expect(textsOf(client)).toEqual(['ما قيل قبل العطل', 'جواب']);
	}
	await basel.append(forum.space.id, stream, 'post.add', { text: 'نتابع', reply: post });
	await until('Alice reads what came afterwards', () => textsOf(alice).length === 3);
	expect([...alice.findings, ...basel.findings]).toEqual([]);
	await Promise.all(clients.map((client) => client.close()));
	await server.close();
});

import { exitCodeOf } from '@multaqa/db/file/trouble';
import { forum } from '@multaqa/shared/api/accounts';
import { spaces } from '@multaqa/shared/api/log';
import { sql } from 'kysely';
import { rm } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { openForum } from './testing/forum.ts';
import { openTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
afterEach(() => rm(server.dataDir, { recursive: true, force: true }));

test('a forum whose chains were altered or lost a link is not served, and the operator is told why and what to do', async () => {
	for (const alter of ['a byte', 'a link'] as const) {
		server = await openTestServer();
		await openForum(server);
		const { db } = server.context;
		const [link] = await db.selectFrom('links').selectAll().orderBy('entry').limit(1).offset(2).execute();
		const bytes = Uint8Array.from(link!.bytes);
		bytes[bytes.length - 1] = bytes.at(-1)! ^ 1;
		if (alter === 'a byte') await db.updateTable('links').set({ bytes }).where('entry', '=', link!.entry).execute();
		else await db.deleteFrom('links').where('entry', '=', link!.entry).execute();
		const refusal: unknown = await server.restart().then(
			() => null,
			(error: unknown) => error,
		);
		expect(refusal).toMatchObject({ code: 'storage-unavailable', detail: { rule: 'chains-hold' } });
		expect(String(refusal)).toContain('restore the last backup');
		expect(exitCodeOf(refusal)).toBe(65);
	}
});

test('whoever is signed in reads on while the disk takes nothing, even when their session is due to be extended', async () => {
	server = await openTestServer();
	const { founder } = await openForum(server);
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
	await server.context.db.updateTable('sessions').set({ expires: tomorrow }).execute();
	// It is remembered for some seconds.
	server.advance(60_000);
	await sql`pragma query_only = on`.execute(server.context.db);
	expect((await founder.browser.call(spaces.list)).spaces).toHaveLength(1);
	expect((await founder.browser.call(forum.read)).waiting).toBe(false);
	await server.close();
});

import { completeAll } from '@multaqa/shared/chain/abridged';
import { acceptLinks, emptyWorld } from '@multaqa/shared/chain/world';
import { invitations } from '@multaqa/shared/api/accounts';
import { idBytes } from '@multaqa/shared/bytes/ids';
import { sign } from '@multaqa/shared/crypto/sign';
import { openInvitationMessage } from '@multaqa/shared/api/proof';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knockSignature, openForum, type Invited, type TestForum } from '../testing/forum.ts';
import { openBrowser } from '../testing/http.ts';
import { random } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let home: TestForum;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
});
afterAll(() => server.close());

const knock = async (invited: Invited) => ({ request: { invitation: invited.id, signature: await knockSignature(invited, home.id) } });

async function timedRefusal(sent: Awaited<ReturnType<typeof knock>>) {
	const started = performance.now();
	const answer = await openBrowser(server.url).refused(invitations.open, sent);
	return { code: answer.code, ms: performance.now() - started };
}

test('who holds the secret sees the chains, the sealed letter and the wraps, and nothing else', async () => {
	const invited = await home.invite();
	const answer = await openBrowser(server.url).call(invitations.open, await knock(invited));
	const { world } = home;
	const { world: shown } = await acceptLinks(emptyWorld, completeAll(answer.links, emptyWorld));
	expect([shown.directory, shown.users]).toEqual([world.directory, world.users]);
	expect(shown.rosters).toEqual(new Map([[home.space, world.rosters.get(home.space)]]));
	expect(answer.sealed).toHaveLength(100);
	expect(answer.wraps).toMatchObject([{ space: home.space, generation: 1, recipient: invited.id }]);
});

test('wrong, unknown, used, revoked and expired invitations fail alike and in the same time', async () => {
	const [wrong, used, revoked, expired] = [
		await home.invite(),
		await home.invite(),
		await home.invite(),
		await home.invite({ lifetime: 2 }),
	];
	await home.join(used);
	await home.append(home.founder, [
		{ kind: 'directory', chain: home.id, type: 'invitation.revoke', body: { invitation: idBytes(revoked.id) } },
	]);
	const unknown = { ...wrong, id: (await home.founder.browser.call(invitations.open, await knock(wrong))).wraps[0]!.recipient } as Invited;
	server.advance(5_000);
	const refusals = [
		await timedRefusal({
			request: { invitation: wrong.id, signature: await sign(home.founder.deviceKey, 'invitation-open', openInvitationMessage(home.id)) },
		}),
		await timedRefusal({ request: { invitation: unknown.id, signature: random(64) } }),
		await timedRefusal({ request: { invitation: Buffer.alloc(32).toString('base64url') as Invited['id'], signature: new Uint8Array(64) } }),
		await timedRefusal(await knock(used)),
		await timedRefusal(await knock(revoked)),
		await timedRefusal(await knock(expired)),
	];
	server.advance(-5_000);
	for (const { code, ms } of refusals) {
		expect(code).toBe('invitation-invalid');
		expect(ms).toBeGreaterThan(145);
	}
});

test('a used invitation leaves neither letter nor wraps in the database', async () => {
	const invited = await home.invite();
	await home.join(invited);
	const { db } = server.context;
	expect(await db.selectFrom('invitations').selectAll().where('id', '=', invited.id).execute()).toEqual([]);
	expect(await db.selectFrom('wraps').selectAll().where('recipient', '=', invited.id).execute()).toEqual([]);
});

import { expect, test } from 'vitest';
import { idBytes } from '../bytes/ids.ts';
import { Stage } from '../client/chains.ts';
import { forgeLink } from '../testing/forge.ts';
import { refusalOf } from '../testing/refusal.ts';
import { company } from '../testing/test-forum.ts';
import { citedAt } from './roster.ts';

test('a link that says how far its author has come stands there itself', async () => {
	const { forum, bob, space } = await company();
	const before = forum.world.users.get(bob.account);
	await forum.ofUser(bob, 'key.new', { generation: 2, key: new Uint8Array(32) });
	const stage = new Stage(forum.world, bob.signer, forum.now);
	const body = { account: idBytes(bob.account), log: forum.citeOf(bob) };
	const rekey = await stage.add({ kind: 'roster', chain: space, type: 'member.rekey', body });
	const fromBefore = await forgeLink(rekey, bob.device, { log: before ? { seq: before.seq, head: before.head } : null });
	expect(await refusalOf(forum.take(fromBefore))).toBe('user-log-goes-on');
	expect(await refusalOf(forum.take(rekey))).toBe('accepted');
	expect(citedAt(forum.roster(space), bob.account)).toBe(forum.world.users.get(bob.account)?.seq);
});

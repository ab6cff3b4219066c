import type { Announcements } from '@multaqa/shared/api/realtime';
import { chains } from '@multaqa/shared/api/chain';
import { session } from '@multaqa/shared/api/accounts';
import type { Wrap } from '@multaqa/shared/api/schemas';
import { idBytes, type ChainId } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, rotation, signInElsewhere, type TestForum } from '../testing/forum.ts';
import { keyHash, random, signLink, signLinks, type Draft, type Person } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';
import { openLine } from '../testing/socket.ts';

let server: TestServer;
let home: TestForum;
let member: Person;
beforeAll(async () => {
	server = await openTestServer();
	home = await openForum(server);
	member = await home.join(await home.invite());
});
afterAll(() => server.close());

const addOrganisation = (): Draft => ({ kind: 'directory', chain: home.id, type: 'organisation.add', body: { organisation: random(16) } });
const send = (person: Person, links: readonly { bytes: Uint8Array<ArrayBuffer> }[], wraps: Wrap[] = []) =>
	person.browser.send(chains.append, { request: { links: links.map(({ bytes }) => bytes), wraps, publicKeys: [] } });
const problemOf = async (response: Response) => (await response.json()) as { code: string; rule?: string };

test('of two links for one place one is taken, and the other is stale', async () => {
	const [one, two] = [
		await signLink(home.founder, home.world, addOrganisation()),
		await signLink(home.founder, home.world, addOrganisation()),
	];
	const responses = await Promise.all([send(home.founder, [one]), send(home.founder, [two])]);
	expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a link that is sent again is acknowledged again and changes nothing', async () => {
	const { links } = await signLinks(home.founder, home.world, [addOrganisation()]);
	const first = await (await send(home.founder, links)).bytes();
	const seq = home.world.directory!.seq;
	expect(await (await send(home.founder, links)).bytes()).toEqual(first);
	expect(home.world.directory!.seq).toBe(seq);
});

test('a batch with one bad link leaves nothing of the good ones', async () => {
	const { links, world } = await signLinks(home.founder, home.world, [addOrganisation()]);
	const upward = await signLink(home.founder, world, {
		kind: 'directory',
		chain: home.id,
		type: 'coordinator.remove',
		body: { account: idBytes(home.founder.account) },
	});
	const seq = home.world.directory!.seq;
	expect(await problemOf(await send(home.founder, [...links, upward]))).toMatchObject({
		code: 'rejected-link',
		rule: 'last-coordinator-stays',
	});
	expect(home.world.directory!.seq).toBe(seq);
	server = await server.restart();
	home = { ...home, server };
	expect(server.context.ledger.world.directory!.seq).toBe(seq);
	await server.close();
	server = await openTestServer();
	home = await openForum(server);
	member = await home.join(await home.invite());
});

test('the rules refuse a member who acts upward, with the name of the rule', async () => {
	const link = await signLink(member, home.world, addOrganisation());
	expect(await problemOf(await send(member, [link]))).toMatchObject({
		code: 'rejected-link',
		rule: 'only-coordinators-change-the-directory',
	});
});

test('nobody sends links of somebody else, or with another’s signature', async () => {
	const link = await signLink(home.founder, home.world, addOrganisation());
	expect(await problemOf(await send(member, [link]))).toMatchObject({ code: 'rejected-link', rule: 'links-are-the-senders-own' });
	const forged = await signLink({ ...home.founder, deviceKey: member.deviceKey }, home.world, addOrganisation());
	expect(await problemOf(await send(home.founder, [forged]))).toMatchObject({ code: 'rejected-link', rule: 'tampered' });
});

test('a link dated ahead of the server is refused', async () => {
	const time = Math.floor(Date.now() / 1000) + 3600;
	const link = await signLink(home.founder, home.world, { ...addOrganisation(), time });
	expect(await problemOf(await send(home.founder, [link]))).toMatchObject({ code: 'rejected-link', rule: 'time-is-not-ahead' });
});

test('an admission goes only through the route that checks the invitation', async () => {
	const { person, request } = await home.joining(await home.invite());
	const admission = request.links.slice(2, 3).map((bytes) => ({ bytes }));
	const response = await send({ ...person, browser: home.founder.browser }, admission);
	expect(await problemOf(response)).toMatchObject({ code: 'rejected-link' });
});

test('everybody signed in reads directory and user logs after a position, and hears of new ones', async () => {
	const line = await openLine(server.url, { cookie: member.browser.cookie });
	const { links, position, more } = await member.browser.call(chains.read, { request: { after: 0 } });
	expect(more).toBe(false);
	expect(position).toBe(links.length);
	await home.append(home.founder, [addOrganisation()]);
	const announced = (await line.next('links'))['links'] as unknown as Announcements['links']['links'];
	expect(announced.map((link) => link.position)).toEqual([position + 1]);
	const next = await member.browser.call(chains.read, { request: { after: position } });
	expect(next.links).toEqual(announced.map(({ link }) => link));
	line.close();
});

test('wraps come from members, for members, of a key that exists', async () => {
	const wrap = (more: Partial<Wrap>): Wrap => ({ space: home.space, generation: 1, recipient: member.account, bytes: random(8), ...more });
	const refused = async (wraps: Wrap[], by = home.founder, draft = addOrganisation()) => {
		const { links } = await signLinks(by, home.world, [draft]);
		return (await problemOf(await send(by, links, wraps))).rule;
	};
	expect(await refused([wrap({ recipient: random(32).toString() && keyHash(random(8)) })])).toBe('wraps-reach-only-the-roster');
	expect(await refused([wrap({ generation: 2 })])).toBe('wraps-are-of-a-known-generation');
	expect(await refused([wrap({ space: keyHash(random(8)) as string as ChainId })])).toBe('wraps-come-from-a-member');
	const stranger = await home.join({ ...(await home.invite({ spaces: [] })), spaces: [] });
	const own: Draft = {
		kind: 'user',
		chain: stranger.account as string as ChainId,
		type: 'device.add',
		body: { device: (await home.join(await home.invite())).deviceKey.publicKey },
	};
	expect(await refused([wrap({})], stranger, own)).toBe('wraps-come-from-a-member');
});

test('a rotation brings its wraps with it', async () => {
	const wraps = [home.founder, member].map(({ account }) => ({
		space: home.space,
		generation: 2,
		recipient: account as string,
		bytes: random(9),
	}));
	const lines = await Promise.all([home.founder, member].map(({ browser }) => openLine(server.url, { cookie: browser.cookie })));
	await home.append(home.founder, [rotation(home.world, home.space, 2)], { wraps });
	expect(home.world.rosters.get(home.space)!.generations).toHaveLength(2);
	for (const [place, line] of lines.entries()) {
		await line.next('links');
		// Each hears of the own key alone, before the link that makes it.
		expect(line.heard).toMatchObject([{ name: 'wrap', payload: { generation: 2, bytes: wraps[place]!.bytes } }]);
		line.close();
	}
});

test('a new encryption key is served to all, and only keys that a link names are kept', async () => {
	const key = random(1216);
	const draft: Draft = {
		kind: 'user',
		chain: member.account as string as ChainId,
		type: 'key.new',
		body: { generation: 2, key: idBytes(keyHash(key)) },
	};
	const { links } = await signLinks(member, home.world, [draft]);
	const request = { links: links.map(({ bytes }) => bytes), wraps: [], publicKeys: [] };
	const rule = 'keys-come-with-the-links-that-name-them';
	expect(await member.browser.refused(chains.append, { request })).toMatchObject({ rule });
	expect(await member.browser.refused(chains.append, { request: { ...request, publicKeys: [key, random(1216)] } })).toMatchObject({ rule });
	await member.browser.call(chains.append, { request: { ...request, publicKeys: [key] } });
	const unknown = keyHash(random(8));
	const { keys } = await home.founder.browser.call(chains.keys, {
		request: { hashes: [unknown, keyHash(key), keyHash(home.founder.encryptionKey)] },
	});
	expect(keys).toEqual([key, home.founder.encryptionKey]);
});

test('revoking a device ends the other sessions of the person', async () => {
	const elsewhere = await signInElsewhere(member);
	const line = await openLine(server.url, { cookie: elsewhere.browser.cookie });
	const chain = member.account as string as ChainId;
	const lost = random(0) && (await home.join(await home.invite())).deviceKey.publicKey;
	await home.append(member, [
		{ kind: 'user', chain, type: 'device.add', body: { device: lost } },
		{ kind: 'user', chain, type: 'device.revoke', body: { device: lost } },
	]);
	await line.next('ended');
	expect(await elsewhere.browser.refused(session.read)).toMatchObject({ code: 'unauthenticated' });
	expect(await member.browser.call(session.read)).toMatchObject({ account: member.account });
});

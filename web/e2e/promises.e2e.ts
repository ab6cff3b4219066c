import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accounts, chains, invitations, session, spaces, vaults } from '@multaqa/shared/api/index';
import type { StoredEvent } from '@multaqa/shared/api/log';
import { fromBase64url, toBase64url } from '@multaqa/shared/bytes/bytes';
import {
	idBytes,
	idOf,
	type AccountId,
	type ChainId,
	type DeviceId,
	type Hash,
	type InvitationId,
	type StreamId,
} from '@multaqa/shared/bytes/ids';
import { admissionMessage } from '@multaqa/shared/chain/directory';
import { abridge } from '@multaqa/shared/chain/abridged';
import { encodeLink, encodeLinkContent, type Link, type LinkContent } from '@multaqa/shared/chain/link';
import { invitationKeys } from '@multaqa/shared/client/invitation';
import { MemoryStore } from '@multaqa/shared/client/memory-store';
import { generateSigningKey, sign, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { kemKeyFromSeed, wrap } from '@multaqa/shared/crypto/wrap';
import { hash } from '@multaqa/shared/crypto/hash';
import { ATTEST, LogDigest } from '@multaqa/shared/log/attest';
import { envelopeId } from '@multaqa/shared/log/envelope';
import { postsOf } from '@multaqa/shared/threads/posts';
import { openThread, PASSPHRASE, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';
import { createLiar, type Liar } from './testing/liar.ts';
import { asServed, isOfType, readLinks } from './testing/links.ts';
import { Thief } from './testing/thief.ts';

/** What the server must not be able to do, tried by a server that lies. The table in SECURITY.md names these stories. */

let forum: TestForum;
let liar: Liar;
let bob: Person;

/** Bob reaches the server through a liar and hears nothing by himself. */
beforeEach(async () => {
	forum = await startForum();
	liar = createLiar();
	bob = await forum.join('باسل', { send: liar.send, deaf: true });
	await sent(bob);
	await until('Alice knows Bob', () => forum.alice.client.spaces[0]?.members.length === 2);
});
afterEach(() => forum.stop());

const accountOf = ({ client }: Person) => client.status.account!;
const texts = ({ client }: Person, stream: StreamId) =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const found = ({ client }: Person) => client.findings.map(({ kind, code, rule }) => `${kind}:${rule ?? code}`);
/** Bob looks again, as he does by himself every time his line opens. */
const looks = ({ client }: Person) => client.refresh(forum.space.id).catch(() => undefined);
const members = ({ client }: Person) => client.spaces[0]?.members.map(({ account }) => account) ?? [];

/** A link as somebody writes it who has a signing key and no scruples. */
async function forged(content: LinkContent, key: SigningKey): Promise<Uint8Array<ArrayBuffer>> {
	const signed = encodeLinkContent(content);
	return encodeLink(signed, await sign(key, 'link', signed));
}

const served = async () => {
	const { links } = await forum.alice.device.ports.transport.call(chains.read, { params: {}, request: { after: 0 } });
	return readLinks(links);
};
const rosterLinks = async () => {
	const request = { roster: 0, after: 0, generation: 1 };
	const { transport } = forum.alice.device.ports;
	const shared = await transport.call(chains.read, { params: {}, request: { after: 0 } });
	const { links } = await transport.call(spaces.sync, { params: { space: forum.space.id }, request });
	return readLinks([...shared.links, ...links]).filter(({ kind }) => kind === 'roster');
};

describe('G1: the server cannot add a reader', () => {
	/** A member.add of Mallory at the head of the roster, by whoever is said to have written it. */
	async function addition(by: { account: AccountId; device: DeviceId; key: SigningKey }, added: AccountId) {
		const roster = await rosterLinks();
		const directory = (await served()).filter(({ kind }) => kind === 'directory');
		const log = (await served()).filter((link) => link.kind === 'user' && link.by === by.account).at(-1)!;
		const theirs = (await served()).filter((link) => link.kind === 'user' && link.by === added).at(-1)!;
		const last = roster.at(-1)!;
		const cite = directory.at(-1)!;
		return forged(
			{
				kind: 'roster',
				chain: forum.space.id,
				seq: last.seq + 1,
				prev: last.hash,
				type: 'member.add',
				body: { account: idBytes(added), role: 'member', until: null, invitation: null, log: [theirs.seq, idBytes(theirs.hash)] },
				by: by.account,
				device: by.device,
				time: last.time,
				log: { seq: log.seq, head: log.hash },
				directory: { seq: cite.seq, head: cite.hash },
			},
			by.key,
		);
	}

	test('not by a key of its own, not in a member’s name, not through somebody outside', async () => {
		const mallory = await forum.join('مالوري');
		const stranger = await generateSigningKey();
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(mallory));
		await until('Mallory is out', () => !members(forum.alice).includes(accountOf(mallory)));
		await looks(bob);
		const device = (person: Person) => person.client.devices.find(({ current }) => current)!.id;
		const own = (await mallory.device.store.get<{ key: SigningKey }>('device', 'self'))!.key;
		const bobs = (await bob.device.store.get<{ key: SigningKey }>('device', 'self'))!.key;
		const attempts = {
			'a key of its own in the coordinator’s name': { account: accountOf(forum.alice), device: device(forum.alice), key: stranger },
			'a removed member': { account: accountOf(mallory), device: device(mallory), key: own },
			'an ordinary member': { account: accountOf(bob), device: device(bob), key: bobs },
		};
		for (const [what, by] of Object.entries(attempts)) {
			const link = await addition(by, accountOf(mallory));
			liar.about(spaces.sync, (answer) => ({ ...answer, links: [...answer.links, asServed(link)] }));
			await looks(bob);
			expect([what, members(bob).includes(accountOf(mallory))]).toEqual([what, false]);
			expect(found(bob).filter((finding) => finding.startsWith('link-refused')).length, what).toBeGreaterThan(0);
		}
		expect(found(bob)).toEqual(expect.arrayContaining(['link-refused:nobody-acts-upward']));
	});
});

describe('G2: the server cannot add a device', () => {
	test('one certified by its own key is refused, and what it writes is not shown', async () => {
		const links = await served();
		const log = links.filter((link) => link.kind === 'user' && link.by === accountOf(forum.alice)).at(-1)!;
		const mallory = await generateSigningKey();
		const link = await forged(
			{
				...log,
				seq: log.seq + 1,
				prev: log.hash,
				type: 'device.add',
				body: { device: mallory.publicKey },
				device: null,
				log: null,
				directory: null,
				chain: accountOf(forum.alice) as string as ChainId,
			},
			mallory,
		);
		liar.about(chains.read, (answer) => ({ ...answer, links: [...answer.links, asServed(link)], position: answer.position + 1 }));
		await looks(bob);
		expect(found(bob)).toContain('link-refused:tampered');
	});

	test('one that somebody adds with the recovery code raises an alarm on the person’s own devices until it is answered', async () => {
		const other = await forum.arrive();
		await other.client.enrol({ from: { code: forum.alice.client.recoverySheet().code }, secret: secretOf('a stranger') });
		await until('Alice hears', () => forum.alice.client.devices.some(({ known, current }) => !known && !current));
		const strange = forum.alice.client.devices.find(({ known }) => !known)!;
		await forum.alice.client.self.revokeDevice(strange.id);
		await until('the stranger is out', () => other.client.status.ended === 'device-revoked');
		expect(forum.alice.client.devices.find(({ id }) => id === strange.id)).toMatchObject({ revoked: true });
	});
});

describe('G4: keys reach exactly the roster', () => {
	test('a wrap of another key for one member only is found out by that member, and not used', async () => {
		const carol = await forum.join('كارول');
		await until('Alice knows Carol', () => members(forum.alice).length === 3);
		const bobsKey = (await served()).find((link) => link.type === 'identity.create' && link.by === accountOf(bob))!.body[
			'key'
		] as Uint8Array;
		const { keys } = await forum.alice.device.ports.transport.call(chains.keys, { params: {}, request: { hashes: [idOf<Hash>(bobsKey)] } });
		liar.about(spaces.sync, (answer) => ({ ...answer, wraps: answer.wraps.map((each) => ({ ...each, bytes: foreign })) }));
		const context = new Uint8Array([...idBytes(forum.space.id), 0, 0, 0, 0, 0, 0, 0, 2]);
		const foreign = await wrap(keys[0]!, 'generation', crypto.getRandomValues(new Uint8Array(32)), context);
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(carol));
		await looks(bob);
		expect(found(bob)).toContain('wrap-refused:wrap-opens-to-the-commitment');
		expect(bob.client.spaces[0]?.writable).toBe(false);
		liar.repent();
		await looks(bob);
		await bob.client.self.nameDevice(bob.client.devices[0]!.id, 'x');
		expect(bob.client.spaces[0]?.writable).toBe(true);
	});

	test('a wrap that is withheld is missed, loudly', async () => {
		const carol = await forum.join('كارول');
		await until('Alice knows Carol', () => members(forum.alice).length === 3);
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(carol));
		liar.about(spaces.sync, (answer) => ({ ...answer, wraps: [] }));
		bob.client.lock();
		await bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		expect(found(bob)).toContain('key-missing:wraps-reach-every-member');
	});

	test('another public key than the one its owner signed is not wrapped to', async () => {
		const carol = await forum.join('كارول');
		await until('Bob knows Carol', () => members(forum.alice).length === 3);
		await looks(bob);
		const { publicKey } = await kemKeyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
		liar.about(chains.keys, ({ keys }) => ({ keys: keys.map(() => publicKey) }));
		await carol.client.people.leave(forum.space.id);
		await looks(bob);
		await expect(bob.client.people.renew(forum.space.id)).rejects.toMatchObject({ detail: { rule: 'public-key-matches-its-hash' } });
	});
});

describe('G5: two views of one history', () => {
	test('a removal withheld while the later rotation is served does not pass', async () => {
		const carol = await forum.join('كارول');
		await until('Alice knows Carol', () => members(forum.alice).length === 3);
		await looks(bob);
		await forum.alice.client.people.removeMember(forum.space.id, accountOf(carol));
		liar.about(spaces.sync, (answer) => ({ ...answer, links: answer.links.filter((link) => !isOfType(link, 'member.remove')) }));
		await looks(bob);
		expect(found(bob)).toContain('split-view:stale');
	});

	test('a link that is kept from somebody is missed with the first event that stands on it', async () => {
		await looks(bob);
		await forum.alice.client.people.setHistory(forum.space.id, 'everything');
		liar.about(spaces.sync, (answer) => ({ ...answer, links: [] }));
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص');
		await sent(forum.alice);
		await looks(bob);
		expect(texts(bob, stream)).toEqual(['unverified']);
		expect(found(bob)).toContain('withheld:unknown-sender');
	});

	test('a space whose events are shown in another order differs from what somebody attests', async () => {
		const carol = await forum.join('كارول');
		await sent(carol);
		const first = await openThread(carol, forum.space, 'أول', 'نص');
		const second = await openThread(forum.alice, forum.space, 'ثان', 'نص');
		await Promise.all([sent(carol), sent(forum.alice)]);
		// Two streams change places: nothing in either of them shows it.
		liar.about(spaces.sync, (answer) => ({ ...answer, events: swapped(answer.events, first.stream, second.stream) }));
		await looks(bob);
		expect(texts(bob, first.stream)).toEqual(['نص']);
		expect(found(bob)).toEqual([]);
		const request = { roster: 99, after: 0, generation: 9 };
		const { events } = await forum.alice.device.ports.transport.call(spaces.sync, { params: { space: forum.space.id }, request });
		const digest = new LogDigest();
		for (const { envelope } of events) digest.append(envelopeId(envelope));
		const content = { position: digest.position, digest: idBytes(digest.at(digest.position)!) };
		await forum.alice.client.append(forum.space.id, forum.space.index, ATTEST, content);
		await sent(forum.alice);
		await looks(bob);
		expect(found(bob)).toContain('split-view:one-log');
	});

	test('a server that shows nothing new for a week is not taken for a quiet one', async () => {
		let clock = 0;
		const now = () => Date.now() + clock;
		const calm = await startForum(now);
		const frozen = createLiar();
		const dana = await calm.join('دانا', { send: frozen.send, deaf: true, now });
		await sent(calm.alice);
		const looksAgain = async () => {
			dana.client.lock();
			await dana.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
			return dana.client.spaces[0]?.confirmation.stale;
		};
		expect(await looksAgain()).toBe(false);
		clock = 8 * 86_400_000;
		await openThread(calm.alice, calm.space, 'موضوع', 'لا يُعرض');
		await sent(calm.alice);
		frozen.about(spaces.sync, (answer) => ({ ...answer, links: [], events: [], wraps: [], more: false }));
		expect(await looksAgain()).toBe(true);
		frozen.repent();
		expect(await looksAgain()).toBe(false);
		await calm.stop();
	});

	test('a server that serves an older state than this person has seen is caught on a device that knows nothing', async () => {
		await forum.alice.client.addOrganisation('منظمة أخرى');
		bob.client.lock();
		await bob.device.store.write([{ bucket: 'notes', key: 'pinned-at', value: undefined }]);
		await bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		let pinned: unknown;
		await until('heads are pinned', () => {
			void bob.device.store.get('notes', 'pinned-at').then((at) => (pinned = at));
			return pinned !== undefined;
		});
		const seen = await served();
		const young = createLiar();
		const last = seen.findLast(({ type }) => type === 'organisation.add')!.seq;
		const stays = ({ kind, seq }: Link) => kind !== 'directory' || seq < last;
		const cut = (links: readonly Uint8Array[]) => readLinks(links).filter(stays).map(abridge);
		// Asked again, it has nothing more to show.
		let shown: number | null = null;
		young.about(chains.read, (answer) => {
			const links = shown === null ? cut(answer.links) : [];
			shown ??= links.length;
			return { ...answer, links, position: shown, more: false };
		});
		const device = headless(forum.server.url, { send: young.send, deaf: true });
		const client = await openHeadless(device);
		await client.enrol({ from: { code: bob.client.recoverySheet().code }, secret: secretOf('new device') }).catch(() => undefined);
		expect(client.findings.map(({ kind, rule }) => `${kind}:${rule}`)).toContain('rollback:chains-never-go-back');
		await client.close();
	});
});

describe('G7: an invitation', () => {
	test('is not led into a false forum that repeats its public half and its letter', async () => {
		// The hostile server founds a forum of its own, with the true invitation's id and the true letter in it.
		const fragment = await forum.invitation();
		const [, secret] = fragment.split('.');
		const keys = await invitationKeys(fromBase64url(secret!));
		const truth = await invitedAnswer(fragment);
		const other = await startForum();
		const eve = await evilInvitation(other, keys.id, keys.kem.publicKey);
		const mallory = createLiar();
		mallory.about(invitations.open, (answer) => ({ ...answer, links: eve.links, sealed: truth.sealed, wraps: [] }));
		const invitee = await openHeadless(headless(forum.server.url, { send: mallory.send, deaf: true }));
		await expect(invitee.readInvitation(fragment)).rejects.toMatchObject({ code: 'invitation-invalid' });
		await expect(invitee.join({ fragment, person: 'هدى', secret: secretOf('huda') })).rejects.toMatchObject({ code: 'invitation-invalid' });
		await other.stop();
	});

	test('is not used by a second coordinator who saw its public half, nor by the server', async () => {
		const fragment = await forum.invitation();
		const [, , forumId] = fragment.split('.');
		const created = (await served()).filter(({ type }) => type === 'invitation.create').at(-1)!;
		const invitation = idOf<InvitationId>(created.body['invitation'] as Uint8Array);
		const identity = await signingKeyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
		const thief = await generateSigningKey();
		const key = idOf(hash('public-key', new Uint8Array(1216)));
		const proof = await sign(thief, 'admission', admissionMessage(forumId as ChainId, invitation, identity.publicKey, key as never));
		const head = (await served()).filter(({ kind }) => kind === 'directory').at(-1)!;
		const account = idOf<AccountId>(hash('account', identity.publicKey));
		const first = await forged(
			{
				kind: 'user',
				chain: account as string as ChainId,
				seq: 0,
				prev: null,
				type: 'identity.create',
				body: { ik: identity.publicKey, key: idBytes(key) },
				by: account,
				device: null,
				time: head.time,
				log: null,
				directory: null,
			},
			identity,
		);
		const admission = await forged(
			{
				kind: 'directory',
				chain: forumId as ChainId,
				seq: head.seq + 1,
				prev: head.hash,
				type: 'account.admit',
				body: { ik: identity.publicKey, key: idBytes(key), invitation: idBytes(invitation), proof },
				by: account,
				device: null,
				time: head.time,
				log: null,
				directory: null,
			},
			identity,
		);
		liar.about(chains.read, (answer) => ({
			...answer,
			links: [...answer.links, asServed(first), asServed(admission)],
			position: answer.position + 2,
		}));
		const before = bob.client.forum?.people.length;
		await looks(bob);
		expect(bob.client.forum?.people.length).toBe(before ?? 0);
		expect(found(bob)).toContain('link-refused:invitation-key-signed');
	});
});

describe('G8: a copied database', () => {
	test('with the server’s secrets and the right passphrase opens nothing; with the account secret it would', async () => {
		const { stream } = await openThread(bob, forum.space, 'سر', 'لا يقرأه أحد');
		await sent(bob);
		const thief = new Thief(forum.folder);
		expect(await thief.openWithPassphrase(accountOf(bob), secretOf('باسل').handle, PASSPHRASE, null)).toBe('wrong-key');
		const self = await bob.device.store.get<{ accountSecret: Uint8Array }>('device', 'self');
		expect(await thief.openWithPassphrase(accountOf(bob), secretOf('باسل').handle, PASSPHRASE, self!.accountSecret)).toBe('opened');
		expect(await thief.readable(forum.space.id, { generations: {}, userKeys: [] })).toEqual([]);
		expect(thief.events(forum.space.id).some((event) => event.stream === stream)).toBe(true);
		thief.close();
	});

	test('has no row by which a session could be taken over, and a stolen cookie reaches neither vault nor devices', async () => {
		const thief = new Thief(forum.folder);
		for (const { id } of thief.sessions()) {
			const response = await fetch(new URL('/api/session', forum.server.url), {
				headers: { cookie: `session=${id}`, origin: forum.server.url },
			});
			expect(response.status).toBe(401);
		}
		thief.close();
		const stolen = headless(forum.server.url, { send: (input, init) => fetch(input, withCookie(init, bob.device.cookies())), deaf: true });
		const forgedProof = async () => `${bob.client.devices[0]!.id}.${toBase64url(new Uint8Array(64))}`;
		const call = (route: typeof vaults.read | typeof session.list | typeof session.bind, prove?: () => Promise<string>) =>
			stolen.ports.transport.call(route, { params: {}, request: {}, ...(prove ? { prove } : {}) } as never);
		for (const route of [vaults.read, session.list, session.bind]) {
			await expect(call(route)).rejects.toMatchObject({ code: 'device-proof-required' });
			await expect(call(route, forgedProof)).rejects.toMatchObject({ code: 'device-proof-required' });
		}
		const credential = { kind: 'passphrase' as const, handle: 'x'.repeat(43), record: 'x' };
		await expect(
			stolen.ports.transport.call(accounts.addCredential, {
				params: {},
				request: { credential, vault: { expected: 1, blob: new Uint8Array(1) } },
			}),
		).rejects.toMatchObject({ code: 'device-proof-required' });
	});
});

describe('G11: a device that lost its storage', () => {
	test('gets everything back from vault and server, with the same heads', async () => {
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'نص');
		await sent(bob);
		await forum.alice.client.verification.mark(accountOf(bob), 'match');
		const words = await bob.client.verification.chainWords(forum.space.id);
		const { code } = bob.client.recoverySheet();
		const again = await forum.arrive();
		await again.client.enrol({ from: { code }, secret: secretOf('again') });
		await until('all is there', () => texts(again, stream).length === 1);
		expect(await again.client.verification.chainWords(forum.space.id)).toEqual(words);
		expect(again.client.findings).toEqual([]);
	});

	test.for(['events', 'links'] as const)('half of its %s: what a torn write left out is fetched again', async (bucket) => {
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'نص');
		await sent(bob);
		await looks(bob);
		const { store } = bob.device;
		const kept = await store.list(bucket, '');
		await bob.client.close();
		for (const key of [kept[1]!.key, kept.at(-1)!.key]) await store.write([{ bucket, key, value: undefined }]);
		const client = await openHeadless(bob.device);
		await client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE });
		await until('all is there', () => texts({ ...bob, client }, stream).length === 1);
		expect(client.findings).toEqual([]);
		await client.close();
	});

	test('a vault that is rolled back is not taken for new', async () => {
		const thief = new Thief(forum.folder);
		const old = thief.vaultOf(accountOf(bob));
		thief.close();
		await bob.client.self.nameDevice(bob.client.devices[0]!.id, 'جهاز');
		liar.about(session.passphraseFinish, (answer) => ({ ...answer, vault: { ...answer.vault, blob: new Uint8Array(old) } }));
		bob.client.lock();
		await expect(bob.client.signIn({ kind: 'passphrase', passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'stale' });
	});
});

test('a clock that is wrong by days is noticed, and what it would spoil is refused with a reason', async () => {
	let clock = 3 * 86_400_000;
	const carol = await forum.join('كارول', { now: () => Date.now() }).then(async (person) => {
		await sent(person);
		return person;
	});
	const { code } = carol.client.recoverySheet();
	const device = headless(forum.server.url, { now: () => Date.now() + clock, store: new MemoryStore() });
	const client = await openHeadless(device);
	await expect(client.enrol({ from: { code }, secret: secretOf('fast clock') })).rejects.toMatchObject({ code: 'clock-wrong' });
	clock = 0;
	await client.enrol({ from: { code }, secret: secretOf('fast clock') });
	expect(client.status.clockOff).toBeNull();
	clock = -3 * 86_400_000;
	await client.append(forum.space.id, client.newStream(), 'post.add', { text: 'من ساعة متأخرة', reply: null });
	await until('it is sent', () => client.status.waiting === 0);
	await client.close();
});

function swapped(events: readonly StoredEvent[], one: StreamId, other: StreamId): StoredEvent[] {
	const a = events.findIndex(({ stream }) => stream === one);
	const b = events.findIndex(({ stream }) => stream === other);
	if (a < 0 || b < 0) return [...events];
	const place = (index: number) => (index === a ? b : index === b ? a : index);
	return events.map((event, index) => ({ ...events[place(index)]!, position: event.position }));
}

function withCookie(init: RequestInit | undefined, cookie: string): RequestInit {
	const headers = new Headers(init?.headers);
	headers.set('cookie', cookie);
	return { ...init, headers };
}

async function invitedAnswer(fragment: string) {
	const liar = createLiar();
	let sealed: Uint8Array = new Uint8Array();
	liar.about(invitations.open, (answer) => {
		sealed = answer.sealed;
		return answer;
	});
	const client = await openHeadless(headless(forum.server.url, { send: liar.send, deaf: true }));
	await client.readInvitation(fragment);
	return { sealed };
}

/** In another forum, an invitation under an id that belongs to this one, by a coordinator there. */
async function evilInvitation(other: TestForum, id: InvitationId, kem: Uint8Array) {
	const { transport } = other.alice.device.ports;
	const { links } = await transport.call(chains.read, { params: {}, request: { after: 0 } });
	const read = readLinks(links);
	const head = read.filter(({ kind }) => kind === 'directory').at(-1)!;
	const log = read.filter((link) => link.kind === 'user').at(-1)!;
	const self = (await other.alice.device.store.get<{ key: SigningKey }>('device', 'self'))!.key;
	const device = other.alice.client.devices[0]!.id;
	const organisation = read.find(({ type }) => type === 'forum.create')!.body['host']!;
	const link = await forged(
		{
			kind: 'directory',
			chain: head.chain,
			seq: head.seq + 1,
			prev: head.hash,
			type: 'invitation.create',
			body: {
				invitation: idBytes(id),
				kem: hash('public-key', kem),
				organisation,
				role: 'member',
				spaces: [idBytes(other.space.id)],
				expires: head.time + 86_400,
				approval: false,
				replaces: null,
			},
			by: other.alice.client.status.account!,
			device,
			time: head.time,
			log: { seq: log.seq, head: log.hash },
			directory: null,
		},
		self,
	);
	const request = { roster: 0, after: 0, generation: 1 };
	const { links: rosters } = await transport.call(spaces.sync, { params: { space: other.space.id }, request });
	return { links: [...links, asServed(link), ...rosters] };
}

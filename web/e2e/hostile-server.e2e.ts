import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accounts, chains, invitations, spaces } from '@multaqa/shared/api/index';
import type { StoredEvent } from '@multaqa/shared/api/log';
import { decodeCbor, encodeCbor } from '@multaqa/shared/bytes/cbor';
import { idOf, type AccountId, type ChainId } from '@multaqa/shared/bytes/ids';
import { decodeLink, encodeLink, encodeLinkContent, type LinkContent } from '@multaqa/shared/chain/link';
import { hash } from '@multaqa/shared/crypto/hash';
import { sign, signingKeyFromSeed } from '@multaqa/shared/crypto/sign';
import { mixedOrderKeys } from '@multaqa/shared/testing/weak-keys';
import { postsOf } from '@multaqa/shared/threads/posts';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';
import { asServed } from './testing/links.ts';
import { createLiar, flipped, type Liar } from './testing/liar.ts';

let forum: TestForum;
let liar: Liar;
let bob: Person;

/** Bob reaches the server through a liar and hears nothing by himself; Alice does not know. */
beforeEach(async () => {
	forum = await startForum();
	liar = createLiar();
	bob = await forum.join('باسل', { send: liar.send, deaf: true });
	await sent(bob);
	await bob.client.refresh(forum.space.id);
});
afterEach(() => forum.stop());

const lieAboutEvents = (lie: (events: StoredEvent[]) => StoredEvent[]) =>
	liar.about(spaces.sync, (answer) => ({ ...answer, events: lie(answer.events) }));
const seenBy = (person: Person, stream: never) =>
	postsOf(person.client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const rulesFound = (person: Person) => person.client.findings.map(({ kind, code, rule }) => rule ?? `${kind}:${code}`);

describe('events', () => {
	test('a flipped byte is shown as unverified, never as text, and reported', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص سليم');
		await sent(forum.alice);
		lieAboutEvents((events) =>
			events.map((event) => (event.stream === stream ? { ...event, envelope: flipped(event.envelope) as never } : event)),
		);
		await bob.client.refresh(forum.space.id);
		expect(seenBy(bob, stream as never)).toEqual(['unverified']);
		expect(rulesFound(bob)).toContain('event-refused:tampered');
	});

	test('a dropped event is missed at its place, and what builds on it is refused', async () => {
		const { stream, post } = await openThread(forum.alice, forum.space, 'موضوع', 'الأول');
		await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: 'الثاني', reply: post });
		await sent(forum.alice);
		lieAboutEvents((events) => events.filter((_, place) => place !== 1));
		await bob.client.refresh(forum.space.id);
		expect(seenBy(bob, stream as never)).toEqual(['unverified']);
		expect(rulesFound(bob)).toEqual(expect.arrayContaining(['positions-have-no-gap', 'device-sequence-has-no-gap']));
	});

	test('a dropped event is missed too when the server numbers anew to hide it', async () => {
		const { stream, post } = await openThread(forum.alice, forum.space, 'موضوع', 'الأول');
		await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: 'الثاني', reply: post });
		await sent(forum.alice);
		lieAboutEvents((events) => {
			const first = events[0]?.position ?? 0;
			return events.filter((_, place) => place !== 1).map((event, place) => ({ ...event, position: first + place }));
		});
		await bob.client.refresh(forum.space.id);
		expect(seenBy(bob, stream as never)).toEqual(['unverified']);
		expect(rulesFound(bob)).toContain('device-sequence-has-no-gap');
	});

	test('reordered events are refused and reported', async () => {
		const { stream, post } = await openThread(forum.alice, forum.space, 'موضوع', 'الأول');
		await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: 'الثاني', reply: post });
		await sent(forum.alice);
		lieAboutEvents((events) => {
			const envelopes = events.map(({ envelope }) => envelope);
			const swapped = [envelopes[0], envelopes[2], envelopes[1]];
			return events.map((event, place) => ({ ...event, envelope: swapped[place] ?? event.envelope }));
		});
		await bob.client.refresh(forum.space.id);
		expect(seenBy(bob, stream as never)).toContain('unverified');
		expect(rulesFound(bob)).toContain('device-sequence-has-no-gap');
	});

	test('a replayed event is shown once and reported', async () => {
		const { stream } = await openThread(forum.alice, forum.space, 'موضوع', 'مرة واحدة');
		await sent(forum.alice);
		lieAboutEvents((events) => {
			const last = events.at(-1);
			return last ? [...events, { ...last, position: last.position + 1 }] : events;
		});
		await bob.client.refresh(forum.space.id);
		expect(seenBy(bob, stream as never)).toEqual(['مرة واحدة']);
		expect(rulesFound(bob)).toContain('event-comes-once');
	});

	test('an event moved to another thread does not open there', async () => {
		const first = await openThread(forum.alice, forum.space, 'الأول', 'هنا');
		const second = await openThread(forum.alice, forum.space, 'الثاني', 'هناك');
		await sent(forum.alice);
		lieAboutEvents((events) => events.map((event) => (event.stream === first.stream ? { ...event, stream: second.stream } : event)));
		await bob.client.refresh(forum.space.id);
		expect(seenBy(bob, first.stream as never)).toEqual([]);
		expect(seenBy(bob, second.stream as never)).toEqual(['unverified', 'هناك']);
		expect(rulesFound(bob)).toContain('event-refused:tampered');
	});

	test('a server that answers without acknowledging does not count as success', async () => {
		liar.about(spaces.append, () => ({ acknowledgements: [] }));
		const { stream } = await openThread(bob, forum.space, 'موضوع', 'في الانتظار');
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(bob.client.status.waiting).toBe(2);
		expect(bob.client.events(forum.space.id, stream).every((event) => event.verified && event.waiting)).toBe(true);
	});
});

describe('people', () => {
	test('a joiner whose identity key is swapped on the way is not admitted by anybody', async () => {
		liar.about(chains.read, (answer) => ({ ...answer, links: answer.links.map((link) => flipped(link, link.length - 100)) }));
		await forum.join('دخيل');
		const before = bob.client.forum?.organisations.reduce((sum, { accounts: count }) => sum + count, 0);
		await bob.client.refresh(forum.space.id).catch(() => undefined);
		const after = bob.client.forum?.organisations.reduce((sum, { accounts: count }) => sum + count, 0);
		expect(after).toBe(before);
		expect(bob.client.findings.some(({ kind }) => kind === 'link-refused')).toBe(true);
	});

	test('an invitee who is shown another forum, another inviter or altered chains sees only an invalid invitation', async () => {
		const other = await startForum();
		const fragment = await forum.invitation();
		const [version, secret, forumId, inviter] = fragment.split('.');
		const foreign = (await other.invitation()).split('.');
		const mallory = createLiar();
		const device = headless(forum.server.url, { send: mallory.send, deaf: true });
		const invitee = await openHeadless(device);
		await expect(invitee.readInvitation([version, secret, foreign[2], inviter].join('.'))).rejects.toMatchObject({
			code: 'invitation-invalid',
		});
		await expect(invitee.readInvitation([version, secret, forumId, foreign[3]].join('.'))).rejects.toMatchObject({
			code: 'invitation-invalid',
		});
		mallory.about(invitations.open, (answer) => ({
			...answer,
			links: answer.links.map((link, place) => (place === 2 ? flipped(link) : link)),
		}));
		await expect(invitee.readInvitation(fragment)).rejects.toMatchObject({ code: 'invitation-invalid' });
		mallory.about(invitations.open, (answer) => ({ ...answer, sealed: flipped(answer.sealed) }));
		await expect(invitee.readInvitation(fragment)).rejects.toMatchObject({ code: 'invitation-invalid' });
		mallory.about(invitations.open, (answer) => ({ ...answer, rosters: [] }));
		await expect(invitee.readInvitation(fragment)).rejects.toMatchObject({ code: 'invitation-invalid' });
		mallory.repent();
		await expect(invitee.readInvitation(fragment)).resolves.toMatchObject({
			organisation: 'منظمة الاختبار',
			inviter: 'أليس',
			role: 'member',
		});
		await other.stop();
	});

	test('a newcomer who is shown a weak key among the chains hears of it as soon as somebody could look', async () => {
		const invitee = await openHeadless(headless(forum.server.url, { send: await withWeakDevice(forum.server.url), deaf: true }));
		await invitee.join({ fragment: await forum.invitation(), person: 'نور', secret: secretOf('nour') });
		const found = () => invitee.findings.map(({ kind, code }) => `${kind}:${code}`);
		await until('the key is found', () => found().includes('link-refused:weak-key'));
		await invitee.close();
	});

	test('an invitation works once: the second to use it is told nothing but that it is invalid', async () => {
		const fragment = await forum.invitation();
		const [first, second] = await Promise.all([openHeadless(headless(forum.server.url)), openHeadless(headless(forum.server.url))]);
		await first.join({ fragment, person: 'الأولى', secret: secretOf('first') });
		await expect(second.readInvitation(fragment)).rejects.toMatchObject({ code: 'invitation-invalid' });
		await expect(second.join({ fragment, person: 'الثانية', secret: secretOf('second') })).rejects.toMatchObject({
			code: 'invitation-invalid',
		});
		await first.close();
	});

	test('a wrap of another key than the committed one is refused, and nothing is written under it', async () => {
		const carol = createLiar();
		carol.about(invitations.open, (answer) => ({
			...answer,
			wraps: answer.wraps.map((wrap) => ({ ...wrap, bytes: flipped(wrap.bytes) })),
		}));
		const fragment = await forum.invitation();
		const invitee = await openHeadless(headless(forum.server.url, { send: carol.send, deaf: true }));
		await expect(invitee.join({ fragment, person: 'كارول', secret: secretOf('carol') })).rejects.toMatchObject({ code: 'wrong-key' });
	});

	test('a server error during joining leaves nothing half made', async () => {
		const broken = createLiar();
		broken.about(accounts.create, () => ({ account: 'x', nonce: '' }));
		const fragment = await forum.invitation();
		const invitee = await openHeadless(headless(forum.server.url, { send: broken.send, deaf: true }));
		await expect(invitee.join({ fragment, person: 'كارول', secret: secretOf('carol') })).rejects.toMatchObject({ code: 'malformed' });
		expect(invitee.status.phase).toBe('new');
	});
});

/** Puts somebody of the server's own into the chains, whose device has a key about which programs might disagree. */
async function withWeakDevice(url: string): Promise<typeof fetch> {
	const links = await strangerWithWeakDevice();
	const invited = createLiar();
	invited.about(invitations.open, (answer) => ({ ...answer, links: [...answer.links, ...links] }));
	return async (input, init) => {
		if (new URL(String(input), url).pathname !== chains.read.path) return invited.send(input, init);
		// The newcomer counts two links that the true server does not have.
		const { after } = decodeCbor(new Uint8Array(init?.body as Uint8Array)) as { after: number };
		const response = await fetch(input, { ...init, body: encodeCbor({ after: after - links.length }) });
		const answer = decodeCbor(new Uint8Array(await response.arrayBuffer())) as { position: number };
		return new Response(encodeCbor({ ...answer, position: answer.position + links.length }), response);
	};
}

async function strangerWithWeakDevice(): Promise<Uint8Array[]> {
	const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
	const identity = await signingKeyFromSeed(random(32));
	const [device] = mixedOrderKeys(identity.publicKey);
	const by = idOf<AccountId>(hash('account', identity.publicKey));
	const time = Math.floor(Date.now() / 1000);
	const common = { kind: 'user', chain: by as string as ChainId, by, device: null, time, log: null, directory: null } as const;
	const sealed = async (content: LinkContent) => {
		const signed = encodeLinkContent(content);
		return encodeLink(signed, await sign(identity, 'link', signed));
	};
	const first = await sealed({ ...common, seq: 0, prev: null, type: 'identity.create', body: { ik: identity.publicKey, key: random(32) } });
	const second = await sealed({ ...common, seq: 1, prev: decodeLink(first).hash, type: 'device.add', body: { device: device! } });
	return [first, second].map(asServed);
}

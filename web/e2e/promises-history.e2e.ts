import { describe, expect, test } from 'vitest';
import { chains, spaces } from '@multaqa/shared/api/index';
import type { StoredEvent } from '@multaqa/shared/api/log';
import { idBytes, type StreamId } from '@multaqa/shared/bytes/ids';
import { abridge } from '@multaqa/shared/chain/abridged';
import type { Link } from '@multaqa/shared/chain/link';
import { MemoryStore } from '@multaqa/shared/client/memory-store';
import { ATTEST, LogDigest } from '@multaqa/shared/log/attest';
import { envelopeId } from '@multaqa/shared/log/envelope';
import { openThread, PASSPHRASE, secretOf, sent, startForum, until } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';
import { createLiar } from './testing/liar.ts';
import { isOfType, readLinks } from './testing/links.ts';
import { accountOf, found, members } from './testing/lied-to.ts';
import { bob, forum, liar, looks, served, texts } from './testing/each-lie.ts';

/** A server that lies, about one history for everybody. The table in SECURITY.md names these stories. */

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
		const request = { roster: 99, after: 0, generation: 9, whole: null };
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

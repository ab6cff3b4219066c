import { postsOf } from '@multaqa/shared/threads/posts';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openHeadless } from './testing/headless.ts';

let forum: TestForum;
let bob: Person;
let stream: StreamId;
/** Bob's clock, beside the true one. */
let ahead = 0;

beforeEach(async () => {
	ahead = 0;
	forum = await startForum();
	bob = await forum.join('باسل', { now: () => Date.now() + ahead });
	({ stream } = await openThread(forum.alice, forum.space, 'موضوع', 'نص'));
	await until('Bob reads', () => texts(bob).length === 1);
});
afterEach(() => forum.stop());

const texts = ({ client }: Pick<Person, 'client'>) =>
	postsOf(client.events(forum.space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));
const hold = (text: string) => bob.client.held.hold(forum.space.id, [{ stream, type: 'post.add', content: { text, reply: null } }]);
const said = (text: string) => [{ stream, type: 'post.add', content: { text, reply: null } }];
const reopened = async () => {
	await bob.client.close();
	const client = await openHeadless(bob.device);
	await client.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
	return { client };
};

describe('what was sent a moment ago', () => {
	test('is taken back as it was, and nobody has seen it', async () => {
		const id = await hold('ليس بعد');
		expect(bob.client.held.list).toMatchObject([{ id, said: said('ليس بعد'), problem: null }]);
		expect(await bob.client.held.withdraw(id)).toEqual(said('ليس بعد'));
		expect(bob.client.held.list).toMatchObject([{ id, problem: 'cancelled' }]);
		await bob.client.held.sendNow(id);
		await bob.client.held.drop(id);
		expect(bob.client.held.list).toEqual([]);
		expect(await bob.client.held.withdraw(id)).toBeNull();
		await bob.client.append(forum.space.id, stream, 'post.add', { text: 'لاحق', reply: null });
		await until('Alice reads on', () => texts(forum.alice).length === 2);
		expect(texts(forum.alice)).toEqual(['نص', 'لاحق']);
	});

	test('goes out once at the wish of its author, in its order', async () => {
		const [one, two] = [await hold('واحد'), await hold('اثنان')];
		await Promise.all([bob.client.held.sendNow(one), bob.client.held.sendNow(one)]);
		await bob.client.held.sendNow(two);
		await sent(bob);
		await until('Alice reads both', () => texts(forum.alice).length === 3);
		expect(texts(forum.alice)).toEqual(['نص', 'واحد', 'اثنان']);
		expect(bob.client.held.list).toEqual([]);
	});

	test('is not lost when the phone dies, and not sent twice', async () => {
		await hold('قبل الانطفاء');
		const again = await reopened();
		expect(again.client.held.list).toHaveLength(1);
		expect(texts(forum.alice)).toEqual(['نص']);
		await again.client.close();
		ahead = 60_000;
		const later = await reopened();
		await until('Alice reads it', () => texts(forum.alice).length === 2);
		await later.client.close();
		const last = await reopened();
		expect(last.client.held.list).toEqual([]);
		expect(texts(forum.alice)).toEqual(['نص', 'قبل الانطفاء']);
		await last.client.close();
	});

	test('stays with its author, and says why, when it may not be sent any more', async () => {
		const id = await hold('متأخر');
		await forum.alice.client.people.setRole(forum.space.id, bob.client.status.account!, 'observer');
		await until('Bob knows', () => bob.client.spaces[0]?.role === 'observer');
		await bob.client.held.sendNow(id);
		expect(bob.client.held.list).toMatchObject([{ id, problem: 'not-allowed' }]);
		await expect(hold('آخر')).rejects.toMatchObject({ code: 'not-allowed' });
		expect(await bob.client.held.withdraw(id)).toEqual(said('متأخر'));
	});

	test('stays with its author after the phone died, when it was refused or on its way into a draft', async () => {
		await bob.client.held.withdraw(await hold('إلى المسودة'));
		ahead = 60_000;
		const again = await reopened();
		expect(again.client.held.list).toMatchObject([{ said: said('إلى المسودة'), problem: 'cancelled' }]);
		expect(texts(again)).toEqual(['نص']);
		await again.client.close();
	});

	test('goes out before the browser is left', async () => {
		await hold('قبل الخروج');
		await bob.client.signOut({ erase: false });
		await until('Alice reads it', () => texts(forum.alice).includes('قبل الخروج'));
	});

	test('is a whole discussion: its title first, and none of it when it is taken back', async () => {
		const fresh = bob.client.newStream();
		const whole = [
			{ stream: forum.space.index, type: 'thread.open', content: { stream: fresh, title: 'جديد' } },
			{ stream: fresh, type: 'post.add', content: { text: 'أول الكلام', reply: null } },
		];
		const taken = await bob.client.held.hold(forum.space.id, whole);
		expect(await bob.client.held.withdraw(taken)).toEqual(whole);
		await bob.client.held.drop(taken);
		const before = bob.client.events(forum.space.id, forum.space.index).length;
		const id = await bob.client.held.hold(forum.space.id, whole);
		await bob.client.held.sendNow(id);
		expect(bob.client.events(forum.space.id, forum.space.index)).toHaveLength(before + 1);
		expect(bob.client.events(forum.space.id, fresh).map((event) => event.id)).toEqual([bob.client.held.became(id)]);
	});

	test('never overtakes what the same person said there before', async () => {
		await hold('أولًا');
		await bob.client.held.sendNow(await hold('ثانيًا'));
		await until('Alice reads both', () => texts(forum.alice).length === 3);
		expect(texts(forum.alice)).toEqual(['نص', 'أولًا', 'ثانيًا']);
	});

	test('is the same in two tabs: sent once by either, and taken back for both', async () => {
		const other = await openHeadless(bob.device);
		await other.signIn({ kind: 'passphrase', passphrase: secretOf('x').passphrase });
		const [one, two] = [await hold('يبقى'), await hold('يعود')];
		await other.held.look();
		expect(other.held.list).toHaveLength(2);
		expect(await other.held.withdraw(two)).toEqual(said('يعود'));
		await bob.client.held.look();
		expect(bob.client.held.list).toMatchObject([{ id: one }, { id: two, problem: 'cancelled' }]);
		await other.held.drop(two);
		await Promise.all([bob.client.held.sendNow(one), other.held.sendNow(one), bob.client.held.sendNow(two)]);
		await Promise.all([bob.client.held.look(), other.held.look()]);
		expect([bob.client.held.list, other.held.list]).toEqual([[], []]);
		expect(texts(bob)).toEqual(['نص', 'يبقى']);
		expect(texts({ client: other })).toEqual(['نص', 'يبقى']);
		await until('Alice reads it', () => texts(forum.alice).length === 2);
		await other.close();
	});

	test('lies sealed on the device', async () => {
		await hold('كلام لم يُرسل');
		const kept = await bob.device.store.list('drafts', 'held/');
		expect(kept).toHaveLength(1);
		expect(JSON.stringify(kept)).not.toContain('كلام');
		expect(Buffer.from((kept[0]!.value as { sealed: Uint8Array }).sealed).toString('utf8')).not.toContain('كلام');
	});
});

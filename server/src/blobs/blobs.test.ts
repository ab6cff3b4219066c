import { blobs } from '@multaqa/shared/api/blobs';
import { blobIdOf } from '@multaqa/shared/attachments/pieces';
import { lockOf } from '@multaqa/shared/attachments/removal';
import { idBytes } from '@multaqa/shared/bytes/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openForum, type TestForum } from '../testing/forum.ts';
import { random } from '../testing/person.ts';
import { openTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let home: TestForum;
const ROOM = 3_000;
beforeAll(async () => {
	server = await openTestServer({ attachmentRoom: ROOM });
	home = await openForum(server);
});
afterAll(() => server.close());

/** What has pieces of the founder removed. */
const key = random(32);
const lock = lockOf(key);
const params = () => ({ space: home.space });

test('a member keeps a piece and another fetches it; the same one again takes no more room', async () => {
	const member = await home.join(await home.invite());
	const bytes = random(1_000);
	const { id } = await home.founder.browser.call(blobs.write, { params: params(), request: { bytes, lock } });
	expect(id).toBe(blobIdOf(bytes));
	for (let again = 0; again < 3; again++) await home.founder.browser.call(blobs.write, { params: params(), request: { bytes, lock } });
	expect(await member.browser.call(blobs.read, { params: { ...params(), blob: id } })).toEqual({ bytes });
	expect(await member.browser.call(blobs.probe, { params: { ...params(), blob: id } })).toEqual({ there: true });
	const other = blobIdOf(random(8));
	expect(await member.browser.call(blobs.probe, { params: { ...params(), blob: other } })).toEqual({ there: false });
	expect(await member.browser.refused(blobs.read, { params: { ...params(), blob: other } })).toMatchObject({ code: 'not-found' });
});

test('whoever is not in the space, or only reads, brings nothing, and a stranger cannot tell what is there', async () => {
	const stranger = await home.join({ ...(await home.invite({ spaces: [] })), spaces: [] });
	const observer = await home.join(await home.invite({ role: 'observer' }));
	const bytes = random(20);
	const { id } = await home.founder.browser.call(blobs.write, { params: params(), request: { bytes, lock } });
	expect(await stranger.browser.refused(blobs.write, { params: params(), request: { bytes, lock } })).toMatchObject({ code: 'not-found' });
	expect(await stranger.browser.refused(blobs.read, { params: { ...params(), blob: id } })).toMatchObject({ code: 'not-found' });
	expect(await stranger.browser.refused(blobs.probe, { params: { ...params(), blob: id } })).toMatchObject({ code: 'not-found' });
	expect(await observer.browser.refused(blobs.write, { params: params(), request: { bytes, lock } })).toMatchObject({
		rule: 'observers-read',
	});
	expect(await observer.browser.call(blobs.read, { params: { ...params(), blob: id } })).toEqual({ bytes });
});

test('whoever was removed fetches nothing any more', async () => {
	const leaver = await home.join(await home.invite());
	const { id } = await home.founder.browser.call(blobs.write, { params: params(), request: { bytes: random(20), lock } });
	const removal = { kind: 'roster', chain: home.space, type: 'member.remove', body: { account: idBytes(leaver.account) } } as const;
	await home.append(home.founder, [removal]);
	expect(await leaver.browser.refused(blobs.read, { params: { ...params(), blob: id } })).toMatchObject({ code: 'not-found' });
});

test('a piece goes when its key is shown, by whoever has it; nobody learns from the answer whether it fitted', async () => {
	const member = await home.join(await home.invite());
	const bytes = random(500);
	const { id } = await home.founder.browser.call(blobs.write, { params: params(), request: { bytes, lock } });
	const remove = (by: typeof member, shown: typeof key, piece = id) =>
		by.browser.call(blobs.remove, { params: params(), request: { pieces: [{ id: piece, key: shown }] } });
	const isThere = async () => (await home.founder.browser.call(blobs.probe, { params: { ...params(), blob: id } })).there;
	const answers = [await remove(member, random(32)), await remove(member, lock), await remove(member, key, blobIdOf(random(8)))];
	expect([answers, await isThere()]).toEqual([[{}, {}, {}], true]);
	await member.browser.call(blobs.write, { params: params(), request: { bytes, lock: lockOf(random(32)) } });
	expect([await remove(home.founder, key), await isThere()]).toEqual([{}, false]);
});

test('whoever is not in the space has nothing removed there, and what was removed leaves room', async () => {
	const stranger = await home.join({ ...(await home.invite({ spaces: [] })), spaces: [] });
	const write = () => home.founder.browser.send(blobs.write, { params: params(), request: { bytes: random(1_200), lock } });
	const { id } = await home.founder.browser.call(blobs.write, { params: params(), request: { bytes: random(1_200), lock } });
	const request = { pieces: [{ id, key }] };
	expect((await write()).status).toBe(507);
	expect(await stranger.browser.refused(blobs.remove, { params: params(), request })).toMatchObject({ code: 'not-found' });
	expect((await write()).status).toBe(507);
	await home.founder.browser.call(blobs.remove, { params: params(), request });
	const again = random(1_200);
	const there = await home.founder.browser.call(blobs.write, { params: params(), request: { bytes: again, lock } });
	await home.founder.browser.call(blobs.remove, { params: params(), request: { pieces: [{ id: there.id, key }] } });
});

test('when there is no more room it says so, keeps what it has and takes smaller ones', async () => {
	const write = (size: number) => home.founder.browser.send(blobs.write, { params: params(), request: { bytes: random(size), lock } });
	expect((await write(2_500)).status).toBe(507);
	expect((await write(100)).status).toBe(200);
});

test('a piece that is too large is refused before it is read', async () => {
	const request = { bytes: new Uint8Array(300 * 1024), lock };
	expect(await home.founder.browser.refused(blobs.write, { params: params(), request })).toMatchObject({ code: 'too-large' });
});

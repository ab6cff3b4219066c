import type { StreamId } from '@multaqa/shared/bytes/ids';
import { packed } from '@multaqa/shared/documents/live/packed';
import { DocumentLog } from '@multaqa/shared/documents/live/document-log';
import { snapshotOf } from '@multaqa/shared/documents/live/snapshots';
import { liveText } from '@multaqa/shared/documents/live/text';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { openDocumentAs, Scribe } from './testing/scribe.ts';

let forum: TestForum;
let bob: Person;
let mallory: Person;
let stream: StreamId;

beforeAll(async () => {
	forum = await startForum();
	[bob, mallory] = [await forum.join('باسل'), await forum.join('مالوري')];
	stream = await openDocumentAs(forum.alice.client, forum.space.id, 'بيان', 'open-letter');
	await sent(forum.alice);
});
afterAll(() => forum?.stop());

const scribe = ({ client }: Person) => new Scribe(client, forum.space.id, stream);
const events = ({ client }: Person) => client.events(forum.space.id, stream);
const hears = (person: Person, count: number) => until('the events are here', () => events(person).length >= count);

test('a hostile member who sends broken changes changes nothing for anybody, and both readers count the same', async () => {
	await hears(mallory, 1);
	const alice = scribe(forum.alice);
	const before = alice.text;
	const said = { version: null, session: new Uint8Array(8), online: true };
	const own = events(mallory).find((event) => event.verified && event.type === 'document.update');
	const broken = [
		{ ...said, update: new Uint8Array(0) },
		{ ...said, update: packed(crypto.getRandomValues(new Uint8Array(2_000))) },
		{ ...said, update: packed(new Uint8Array([255, 255, 255, 255, 15, 1, 2, 3])) },
		{ ...said, update: new Uint8Array(150_000).fill(1) },
		{ ...said, version: 'nothing' },
		// What Alice's session wrote, as if it were Mallory's.
		own?.verified ? own.content : said,
	];
	for (const content of broken) await mallory.client.append(forum.space.id, stream, 'document.update', content as never);
	await mallory.client.append(forum.space.id, stream, 'document.freeze', { version: null } as never);
	await sent(mallory);
	for (const person of [forum.alice, bob]) {
		await hears(person, 1 + broken.length + 1);
		const reader = scribe(person);
		expect(reader.text).toEqual(before);
		expect(reader.look().broken).toBe(broken.length + 1);
	}
});

test('an observer cannot sign a change at all', async () => {
	const observer = await forum.join('مراقب', { role: 'observer' });
	await hears(observer, 1);
	await expect(scribe(observer).writes((editing, { pairs }) => editing.write(pairs[0]!.id, 'en', 'Letter'))).rejects.toMatchObject({
		code: 'not-allowed',
		detail: { rule: 'role-may-write' },
	});
});

test('where history is closed, who comes later reads on from the first snapshot that somebody leaves', async () => {
	await forum.alice.client.people.setHistory(forum.space.id, 'joining');
	const late = await forum.join('لاحقة');
	const alice = scribe(forum.alice);
	await alice.writes((editing, { pairs }) => editing.write(pairs[1]!.id, 'ar', 'قبل الصورة'));
	await sent(forum.alice);
	await until('something is here', () => events(late).length > 0);
	const closed = new DocumentLog();
	closed.take(events(late));
	expect(closed.isClosed).toBe(true);
	const log = alice.look();
	const state = snapshotOf(log.textOf(null)!.doc)!;
	await alice.says('document.snapshot', { version: null, heads: [...log.heads], state, before: null });
	await alice.writes((editing, { pairs }) => editing.write(pairs[1]!.id, 'ar', 'بعد الصورة'));
	await sent(forum.alice);
	await until('it is all here', () => events(late).length >= 3);
	const opened = new DocumentLog();
	opened.take(events(late));
	expect(liveText(opened.textOf(null)!.doc)).toEqual(alice.text);
});

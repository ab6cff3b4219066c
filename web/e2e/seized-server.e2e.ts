import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openThread, PASSPHRASE, sent, startForum, type Person, type TestForum } from './testing/forum.ts';
import { findLeaks } from './testing/leaks.ts';

let forum: TestForum;
let bob: Person;
const TITLE = 'عنوان سري جدا للنقاش';
const BODY = 'A confidential sentence that nobody but members may read';

beforeEach(async () => {
	forum = await startForum();
	bob = await forum.join('باسل المدعو');
	await openThread(bob, forum.space, TITLE, BODY);
	await sent(bob);
});
afterEach(() => forum.stop());

function needles(): Record<string, string> {
	return {
		title: TITLE,
		body: BODY,
		forum: 'ملتقى التجربة',
		host: 'المنظمة المضيفة',
		organisation: 'منظمة الاختبار',
		space: 'المساحة الأولى',
		author: 'باسل المدعو',
		login: 'login of باسل المدعو',
		passphrase: PASSPHRASE,
		sheet: forum.alice.client.recoverySheet().code,
		session: forum.alice.device.cookies().split('=')[1] ?? '',
		address: '127.0.0.1',
		agent: 'undici',
		type: 'post.add',
	};
}

test('who copies the database and the log finds no title, text, name, passphrase, session or address', async () => {
	expect(findLeaks(forum.folder, forum.log, needles())).toEqual([]);
});

test('the search finds what is planted, in the log and in a file, plain and encoded', () => {
	for (const [what, text] of Object.entries(needles())) {
		expect(findLeaks(forum.folder, [...forum.log, `x ${text} y`], { [what]: text })).not.toEqual([]);
	}
	writeFileSync(join(forum.folder, 'planted'), `zz${Buffer.from(`y${BODY}z`).toString('base64url')}`);
	expect(findLeaks(forum.folder, forum.log, { body: BODY })).toEqual([
		{ what: 'body', where: 'planted', as: 'base64' },
		{ what: 'body', where: 'planted', as: 'base64' },
	]);
});

test('a forwarded address and a user agent sent by a client reach neither log nor table', async () => {
	const headers = { 'x-forwarded-for': '198.51.100.77', forwarded: 'for=198.51.100.77', 'user-agent': 'TelltaleBrowser/9' };
	await fetch(`${forum.server.url}/api/forum`, { headers });
	await fetch(`${forum.server.url}/nowhere/TelltalePath`, { headers });
	expect(findLeaks(forum.folder, forum.log, { address: '198.51.100.77', agent: 'TelltaleBrowser', path: 'TelltalePath' })).toEqual([]);
	expect(forum.log.length).toBeGreaterThan(0);
});

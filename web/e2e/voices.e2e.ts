import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { postsOf, type Post } from '@multaqa/shared/threads/posts';
import { toBase64url } from '@multaqa/shared/bytes/bytes';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, secretOf, sent, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { joinInBrowser } from './testing/member.ts';

let browser: Browser;
let forum: TestForum;
let bob: Person;
let stream: StreamId;
beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser?.close());
beforeEach(async () => {
	forum = await startForum();
	bob = await forum.join('باسل');
	({ stream } = await openThread(forum.alice, forum.space, 'موقفنا', 'ما موقف المنظمات؟'));
	await sent(forum.alice);
});
afterEach(() => forum.stop());

const postsSeenBy = ({ client }: Person) =>
	postsOf(client.events(forum.space.id, stream)).filter((item): item is Post => item.kind === 'post');
const voicesSeenBy = (person: Person) => postsSeenBy(person).map(({ voice }) => voice);
const said = (text: string, voice: 'person' | 'organisation') =>
	[{ stream, type: 'post.add', content: { text, reply: null }, voice }] as const;
const represents = ({ client }: Person) => client.spaces[0]?.may.speakForOrganisation === true;
const account = ({ client }: Person) => client.status.account!;

/** Says it at once, for the person's organisation. */
async function sayFor(person: Person, text: string): Promise<void> {
	const { held } = person.client;
	await held.sendNow(await held.hold(forum.space.id, said(text, 'organisation')));
}

describe('speaking for an organisation', () => {
	test('may whoever a coordinator made its representative, until that ends; everybody is shown for whom it was said', async () => {
		const { alice } = forum;
		expect(represents(bob)).toBe(false);
		await alice.client.people.addRepresentative(account(bob));
		await until('Bob knows', () => represents(bob));
		await sayFor(bob, 'منظمتنا مع الصياغة');
		await sent(bob);
		await until('Alice reads it', () => voicesSeenBy(alice).length === 2);
		expect(voicesSeenBy(alice)).toEqual(['person', 'organisation']);
		await alice.client.people.removeRepresentative(account(bob));
		await until('Bob knows that too', () => !represents(bob));
		expect(voicesSeenBy(alice)).toEqual(['person', 'organisation']);
		await sayFor(bob, 'لم يعد لي ذلك');
		await until('it is not sent', () => bob.client.held.list.some(({ problem }) => problem === 'not-allowed'));
		expect([...alice.client.findings, ...bob.client.findings]).toEqual([]);
	});
});

describe('the key of an organisation', () => {
	const keyOf = ({ client }: Person) => client.representation.key && toBase64url(client.representation.key);
	const holds = (who: string, person: Person) => until(`${who} holds the key`, () => keyOf(person) !== null, 30_000);

	test('is made by a representative, handed on to the next, and made anew when one of them no longer represents', async () => {
		const { alice } = forum;
		const carol = await forum.join('كارول');
		await alice.client.people.addRepresentative(account(bob));
		await until('Bob knows', () => represents(bob));
		expect(keyOf(bob)).toBeNull();
		await expect(carol.client.representation.prepare()).rejects.toMatchObject({ code: 'not-allowed' });
		await bob.client.representation.prepare();
		const first = keyOf(bob);
		expect(first).not.toBeNull();
		await alice.client.people.addRepresentative(account(carol));
		await holds('Carol', carol);
		expect(keyOf(carol)).toBe(first);
		// Alice represents the host, which has a key of its own.
		await alice.client.representation.prepare();
		expect(keyOf(alice)).not.toBe(first);
		await alice.client.people.removeRepresentative(account(bob));
		await until('Carol has made another', () => keyOf(carol) !== null && keyOf(carol) !== first, 30_000);
		expect(keyOf(bob)).toBeNull();
		expect([...alice.client.findings, ...bob.client.findings, ...carol.client.findings]).toEqual([]);
	});

	test('is there on a further device of a representative', async () => {
		await forum.alice.client.people.addRepresentative(account(bob));
		await until('Bob knows', () => represents(bob));
		await bob.client.representation.prepare();
		const phone = await forum.arrive();
		await phone.client.enrol({ from: { code: bob.client.recoverySheet().code }, secret: secretOf('second') });
		await until('it is there', () => keyOf(phone) === keyOf(bob), 30_000);
	});
});

describe.each([
	['ar', 360],
	['en', 1280],
] as const)('on the page, in %s at %i px', (language, width) => {
	test('a representative chooses for each post, and readers see a badge', async () => {
		const member = await joinInBrowser(browser, forum, 'نور', { language, width, height: 800 });
		const { page, steps } = member;
		await page.getByText('موقفنا').first().click();
		await steps.sees('ما موقف المنظمات؟');
		expect(await page.getByText(steps.t('voice_as_organisation')).count()).toBe(0);
		const nur = forum.alice.client.forum?.people.find(({ name }) => name === 'نور');
		await forum.alice.client.people.addRepresentative(nur!.account);
		await page.getByText(steps.t('voice_as_organisation')).click();
		await steps.sees(steps.t('voice_binds', { organisation: 'منظمة الاختبار' }));
		await steps.field('composer_post').fill('باسمنا جميعًا');
		await steps.button('send').click();
		await until('Alice reads it', () => voicesSeenBy(forum.alice).includes('organisation'), 20_000);
		await page.getByRole('article').filter({ hasText: 'باسمنا جميعًا' }).getByText('منظمة الاختبار').first().waitFor();
		expect(await page.getByRole('radio', { name: steps.t('voice_as_person') }).isChecked()).toBe(true);
		expect(await fitsWidth(page)).toBe(true);
		expect(member.console.filter((line) => line.startsWith('error'))).toEqual([]);
		await page.screenshot({ path: `/tmp/shots/voice-${language}.png` });
		await member.context.close();
	});
});

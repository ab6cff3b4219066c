import { readdirSync } from 'node:fs';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { arrive, fitsWidth, startBrowser, type Visitor } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';
import type { Steps } from './testing/steps.ts';

/** A page, in one of the states it may be in. */
interface State {
	readonly name: string;
	/** Its folder under the routes. */
	readonly route: string;
	readonly address: () => string;
	/** Brings the page into the state. */
	readonly reach?: (steps: Steps) => Promise<unknown>;
	/** Takes that back. */
	readonly leave?: (steps: Steps) => Promise<unknown>;
}

let browser: Browser;
let forum: TestForum;
let stream: StreamId;
let empty: StreamId;
const space = () => `/s/${forum.space.id}`;
const thread = () => `${space()}/t/${stream}`;
const LIST = '(app)/(member)/s/[space]/(list)';
const menu = /^(?:خيارات مشاركة|Options for the post)/;
const escape = ({ page }: Steps) => page.keyboard.press('Escape');
const choose = async ({ page, t }: Steps, what: Parameters<typeof t>[0]) => {
	await page.getByRole('button', { name: menu }).last().click();
	await page.getByRole('menuitem', { name: t(what), exact: true }).click();
};
const member = (path: string): Pick<State, 'route' | 'address'> => ({ route: `(app)/(member)${path}`, address: () => path || '/' });

const INSIDE: readonly State[] = [
	{ name: 'Today', ...member('') },
	{
		name: 'Today without a line',
		...member(''),
		reach: async ({ page, t }) => (await page.context().setOffline(true), page.getByText(t('offline_strip')).waitFor()),
		leave: ({ page }) => page.context().setOffline(false),
	},
	{ name: 'search', ...member('/search') },
	{
		name: 'search with hits',
		...member('/search'),
		reach: async ({ page, field }) => (await page.getByRole('searchbox').fill('نص'), field),
	},
	{ name: 'search that finds nothing', ...member('/search'), reach: ({ page }) => page.getByRole('searchbox').fill('لاشيءبهذا') },
	{ name: 'the forum', ...member('/forum') },
	{ name: 'safety', ...member('/safety') },
	{ name: 'who sees what', ...member('/who-sees-what') },
	{ name: 'the own account', ...member('/me') },
	{ name: 'own devices', ...member('/me/devices') },
	{ name: 'locking', ...member('/me/lock') },
	{ name: 'notifications', ...member('/me/notifications') },
	{ name: 'the way out', ...member('/me/exit') },
	{ name: 'without a connection', ...member('/me/offline') },
	{ name: 'a space', route: LIST, address: space },
	{ name: 'people of a space', route: '(app)/(member)/s/[space]/members', address: () => `${space()}/members` },
	{ name: 'moderation of a space', route: '(app)/(member)/s/[space]/moderation', address: () => `${space()}/moderation` },
	{ name: 'the moderation log', route: '(app)/(member)/s/[space]/moderation/log', address: () => `${space()}/moderation/log` },
	{ name: 'watch-words', route: '(app)/(member)/s/[space]/moderation/words', address: () => `${space()}/moderation/words` },
	{ name: 'a new topic', route: `${LIST}/new`, address: () => `${space()}/new` },
	{
		name: 'a new topic without a title',
		route: `${LIST}/new`,
		address: () => `${space()}/new`,
		reach: async (steps) => {
			await steps.field('thread_first_post').fill('نص');
			await steps.button('thread_open').click();
			await steps.sees(steps.t('field_required'));
		},
	},
	{ name: 'a thread', route: `${LIST}/t/[stream]`, address: thread },
	{
		name: 'a thread with the menu of a post',
		route: `${LIST}/t/[stream]`,
		address: thread,
		reach: async ({ page }) => (await page.getByRole('button', { name: menu }).last().click(), page.getByRole('menu').waitFor()),
		leave: escape,
	},
	{
		name: 'a thread in which one answers',
		route: `${LIST}/t/[stream]`,
		address: thread,
		reach: async (steps) => (await steps.button('reply').last().click(), steps.sees(steps.t('reply_cancel'))),
		leave: ({ page, t }) => page.getByRole('button', { name: t('reply_cancel') }).click(),
	},
	{
		name: 'a thread with a post that goes out',
		route: `${LIST}/t/[stream]`,
		address: thread,
		reach: async (steps) => {
			await steps.field('composer_post').fill('نص **غامق** و[رابط](https://example.org/a)\n\n> اقتباس');
			await steps.button('send').click();
			await steps.button('undo').waitFor();
		},
		leave: (steps) => steps.sendNow(),
	},
	{
		name: 'a thread with own posts',
		route: `${LIST}/t/[stream]`,
		address: thread,
		reach: (steps) => choose(steps, 'edit'),
		leave: ({ page, t }) => page.getByRole('button', { name: t('cancel'), exact: true }).click(),
	},
	{
		name: 'a post about to be deleted',
		route: `${LIST}/t/[stream]`,
		address: thread,
		reach: (steps) => choose(steps, 'delete_post'),
		leave: escape,
	},
	{ name: 'a thread that is not there', route: `${LIST}/t/[stream]`, address: () => `${space()}/t/${empty}` },
	{ name: 'a space that is not there', route: LIST, address: () => `/s/${'A'.repeat(43)}` },
	{
		name: 'the palette',
		...member(''),
		reach: async ({ page }) => (await page.keyboard.press('Control+k'), page.getByRole('combobox').waitFor()),
		leave: escape,
	},
	{
		name: 'the palette that finds nothing',
		...member(''),
		reach: async ({ page }) => (await page.keyboard.press('Control+k'), page.getByRole('combobox').fill('قققق')),
		leave: escape,
	},
	{
		name: 'the keyboard map',
		...member(''),
		reach: async ({ page }) => (await page.keyboard.press('?'), page.getByRole('dialog').waitFor()),
		leave: escape,
	},
];

const OUTSIDE: readonly State[] = [
	{ name: 'signing in', route: '(app)/(entry)/sign-in', address: () => '/sign-in' },
	{ name: 'setting up when it is done', route: '(app)/(entry)/setup', address: () => '/setup#nothing' },
	{ name: 'an invitation that is none', route: '(app)/(entry)/join', address: () => '/join#1.nothing' },
];

/** Folders under the routes in which a page stands. */
function routes(folder = ''): readonly string[] {
	return readdirSync(new URL(`../src/routes/${folder}`, import.meta.url), { withFileTypes: true }).flatMap((entry) => {
		if (entry.isDirectory()) return routes(folder === '' ? entry.name : `${folder}/${entry.name}`);
		return entry.name === '+page.svelte' ? [folder] : [];
	});
}

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	({ stream } = await openThread(forum.alice, forum.space, 'نقاش طويل العنوان فيه كلمة', 'نص أول فيه رابط https://example.org ثم كلام.'));
	empty = forum.alice.client.newStream();
	await sent(forum.alice);
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

test('every page has its place in this walk', () => {
	expect([...INSIDE, ...OUTSIDE].map(({ route }) => route)).toEqual(expect.arrayContaining([...routes()]));
});

describe.each([
	['ar', 360, 'light'],
	['en', 1280, 'dark'],
] as const)('in %s at %i px, %s', (language, width, theme) => {
	let visitor: Visitor;
	let reader: Member;
	beforeAll(async () => {
		visitor = await arrive(browser, forum.server.url, { language, width, theme });
		const fragment = await forum.invitation({ role: 'facilitator' });
		reader = await joinInBrowser(browser, forum, language === 'ar' ? 'لينا' : 'Fatima', { language, width, theme, fragment, height: 800 });
		for (const { context } of [visitor, reader]) context.setDefaultTimeout(8_000);
	});
	afterAll(async () => {
		await visitor?.context.close();
		await reader?.context.close();
	});

	test.each(OUTSIDE)('$name has nothing that axe finds', async ({ address }) => {
		await visitor.page.goto(address());
		await visitor.page.locator('h1').first().waitFor();
		expect(await violations(visitor.page)).toEqual([]);
		expect(await fitsWidth(visitor.page)).toBe(true);
	});

	test.each(INSIDE)('$name has nothing that axe finds', async ({ address, reach, leave }) => {
		await go(reader.page, address());
		await reach?.(reader.steps);
		const found = await violations(reader.page);
		const fits = await fitsWidth(reader.page);
		await leave?.(reader.steps);
		expect(found).toEqual([]);
		expect(fits).toBe(true);
	});
});

import { tellingPng } from '@multaqa/shared/testing/telling-files';
import { go } from './people.ts';
import type { Steps } from './steps.ts';

/** Where the walk goes in its forum. */
export interface Walk {
	readonly space: string;
	readonly thread: string;
	/** A document with a frozen version. */
	readonly document: string;
	/** An issue with a text, stances and a decision that runs. */
	readonly issue: string;
	/** A stream of which nothing is known. */
	readonly nowhere: string;
}

/** A page, in one of the states it may be in. */
export interface State {
	readonly name: string;
	/** Its folder under the routes. */
	readonly route: string;
	readonly address: (walk: Walk) => string;
	/** Brings the page into the state. */
	readonly reach?: (steps: Steps, walk: Walk) => Promise<unknown>;
	/** Takes that back. */
	readonly leave?: (steps: Steps) => Promise<unknown>;
}

/** What a picture in the thread is said to show. */
export const DESCRIPTION = 'خريطة المخيم';
const PICTURE = 'plan.png';
const REFUSED = 'page.html';
const LIST = '(app)/(member)/s/[space]/(list)';
const POSITIONS = '(app)/(member)/s/[space]/positions';
const DOCUMENTS = '(app)/(member)/s/[space]/documents';
const STATEMENTS = '(app)/(member)/s/[space]/statements';
const menu = /^(?:خيارات مشاركة|Options for the post)/;
const escape = ({ page }: Steps) => page.keyboard.press('Escape');
const choose = async ({ page, t }: Steps, what: Parameters<typeof t>[0], of: 'first' | 'last' = 'last') => {
	await page.getByRole('button', { name: menu })[of]().click();
	await page.getByRole('menuitem', { name: t(what), exact: true }).click();
};
const member = (path: string): Pick<State, 'route' | 'address'> => ({ route: `(app)/(member)${path}`, address: () => path || '/' });

/** What a member meets. */
export const INSIDE: readonly State[] = [
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
	{
		name: 'own posts that disappear',
		...member('/me/lock'),
		reach: ({ page, t }) => page.getByLabel(t('protection_days')).selectOption({ index: 1 }),
		leave: ({ page, t }) => page.getByLabel(t('protection_days')).selectOption({ index: 0 }),
	},
	{ name: 'notifications', ...member('/me/notifications') },
	{ name: 'the way out', ...member('/me/exit') },
	{ name: 'without a connection', ...member('/me/offline') },
	{ name: 'a space', route: LIST, address: ({ space }) => space },
	{ name: 'people of a space', route: '(app)/(member)/s/[space]/members', address: ({ space }) => `${space}/members` },
	{ name: 'moderation of a space', route: '(app)/(member)/s/[space]/moderation', address: ({ space }) => `${space}/moderation` },
	{ name: 'the moderation log', route: '(app)/(member)/s/[space]/moderation/log', address: ({ space }) => `${space}/moderation/log` },
	{ name: 'watch-words', route: '(app)/(member)/s/[space]/moderation/words', address: ({ space }) => `${space}/moderation/words` },
	{ name: 'a new topic', route: `${LIST}/new`, address: ({ space }) => `${space}/new` },
	{
		name: 'a new topic without a title',
		route: `${LIST}/new`,
		address: ({ space }) => `${space}/new`,
		reach: async (steps) => {
			await steps.field('thread_first_post').fill('نص');
			await steps.button('thread_open').click();
			await steps.sees(steps.t('field_required'));
		},
	},
	{ name: 'a thread', route: `${LIST}/t/[stream]`, address: ({ thread }) => thread },
	{
		name: 'a thread with the menu of a post',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: async ({ page }) => (await page.getByRole('button', { name: menu }).last().click(), page.getByRole('menu').waitFor()),
		leave: escape,
	},
	{
		name: 'a thread in which one answers',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: async (steps) => (await steps.button('reply').last().click(), steps.sees(steps.t('reply_cancel'))),
		leave: ({ page, t }) => page.getByRole('button', { name: t('reply_cancel') }).click(),
	},
	{
		name: 'a thread with a post that goes out',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
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
		address: ({ thread }) => thread,
		reach: (steps) => choose(steps, 'edit'),
		leave: ({ page, t }) => page.getByRole('button', { name: t('cancel'), exact: true }).click(),
	},
	{
		name: 'a post about to be deleted',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: (steps) => choose(steps, 'delete_post'),
		leave: escape,
	},
	{
		name: 'a thread with files about to go, one of them refused',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: async ({ page }) => {
			await page.locator('.composer input[type=file][multiple]').setInputFiles([
				{ name: PICTURE, mimeType: 'image/png', buffer: Buffer.from(tellingPng()) },
				{ name: REFUSED, mimeType: 'text/html', buffer: Buffer.from('<script>') },
			]);
			await page.locator('.composer .clean').waitFor();
			await page.locator('.composer').getByRole('alert').waitFor();
		},
		leave: async ({ page, t }) => {
			for (const name of [REFUSED, PICTURE]) await page.getByRole('button', { name: t('file_remove', { name }) }).click();
		},
	},
	{
		name: 'a picture over the whole screen',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: async ({ page, t }) => {
			await page.getByRole('button', { name: t('file_view', { what: DESCRIPTION }) }).click();
			await page.getByRole('dialog').locator('img').waitFor();
		},
		leave: escape,
	},
	{
		name: 'a post that is reported',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: (steps) => choose(steps, 'flag_menu', 'first'),
		leave: escape,
	},
	{
		name: 'a post that is decided upon',
		route: `${LIST}/t/[stream]`,
		address: ({ thread }) => thread,
		reach: (steps) => choose(steps, 'decide_menu', 'first'),
		leave: escape,
	},
	{ name: 'positions of a space', route: POSITIONS, address: ({ space }) => `${space}/positions` },
	{
		name: 'positions as the other view',
		route: POSITIONS,
		address: ({ space }) => `${space}/positions`,
		reach: ({ page, t }) =>
			page
				.getByRole('group', { name: t('position_view') })
				.getByRole('radio', { checked: false })
				.check({ force: true }),
	},
	{
		name: 'positions of which none fits',
		route: POSITIONS,
		address: ({ space }) => `${space}/positions`,
		reach: (steps) => steps.field('position_filter_text').fill('لاشيءبهذا'),
	},
	{
		name: 'a new issue without a title',
		route: `${POSITIONS}/new`,
		address: ({ space }) => `${space}/positions/new`,
		reach: (steps) => steps.button('issue_open').click(),
	},
	{
		name: 'organisations and their constituencies',
		route: `${POSITIONS}/organisations`,
		address: ({ space }) => `${space}/positions/organisations`,
	},
	{
		name: 'an issue',
		route: `${POSITIONS}/[stream]`,
		address: ({ issue }) => issue,
		reach: ({ page }) => page.locator('#paragraph-1').waitFor(),
	},
	{
		name: 'an issue and its agreement as a table',
		route: `${POSITIONS}/[stream]`,
		address: ({ issue }) => issue,
		reach: ({ page, t }) => page.getByLabel(t('position_as_table')).check(),
	},
	{ name: 'statements of a space', route: STATEMENTS, address: ({ space }) => `${space}/statements` },
	{
		name: 'a statement that is not there',
		route: `${STATEMENTS}/[stream]`,
		address: ({ space, nowhere }) => `${space}/statements/${nowhere}`,
	},
	{ name: 'an issue that is not there', route: `${POSITIONS}/[stream]`, address: ({ space, nowhere }) => `${space}/positions/${nowhere}` },
	{ name: 'documents of a space', route: DOCUMENTS, address: ({ space }) => `${space}/documents` },
	{ name: 'a new document', route: `${DOCUMENTS}/new`, address: ({ space }) => `${space}/documents/new` },
	{
		name: 'a document that is written',
		route: `${DOCUMENTS}/[stream]`,
		address: ({ document }) => document,
		reach: ({ page }) => page.locator('li[data-pair] textarea').first().waitFor(),
	},
	{
		name: 'a document with comments of a paragraph',
		route: `${DOCUMENTS}/[stream]`,
		address: ({ document }) => document,
		reach: async ({ page, t }) => {
			await page.locator('li[data-pair]').nth(1).getByRole('button').first().click();
			await page.locator('li[data-pair]').nth(1).getByLabel(t('comment_new')).waitFor();
		},
	},
	{
		name: 'a document and what keeps it from being frozen',
		route: `${DOCUMENTS}/[stream]`,
		address: ({ document }) => document,
		reach: (steps) => steps.button('document_freeze').click(),
		leave: escape,
	},
	{
		name: 'the settings of a document',
		route: `${DOCUMENTS}/[stream]`,
		address: ({ document }) => document,
		reach: (steps) => steps.button('document_settings').click(),
		leave: escape,
	},
	{
		name: 'the history of a document',
		route: `${DOCUMENTS}/[stream]/history`,
		address: ({ document }) => `${document}/history`,
		reach: (steps) => steps.sees(steps.t('document_compare')),
	},
	{
		name: 'a frozen version alone',
		route: `${DOCUMENTS}/[stream]/[number]`,
		address: ({ document }) => `${document}/1`,
		reach: ({ page }) => page.locator('li[data-pair]').first().waitFor(),
	},
	{
		name: 'a document that is not there',
		route: `${DOCUMENTS}/[stream]`,
		address: ({ space, nowhere }) => `${space}/documents/${nowhere}`,
	},
	{
		name: 'what waits to be sent',
		...member(''),
		reach: async (steps, { thread }) => {
			const { page, t } = steps;
			await go(page, thread);
			await page.context().setOffline(true);
			await steps.post('ينتظر الاتصال');
			await go(page, '/');
			await page
				.getByRole('region', { name: t('waiting') })
				.getByRole('link')
				.waitFor();
		},
		leave: async ({ page, t }) => {
			await page.context().setOffline(false);
			await page.getByRole('region', { name: t('waiting') }).waitFor({ state: 'hidden' });
		},
	},
	{ name: 'a thread that is not there', route: `${LIST}/t/[stream]`, address: ({ space, nowhere }) => `${space}/t/${nowhere}` },
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

/** What is there before the door. */
export const OUTSIDE: readonly State[] = [
	{ name: 'statements for the public', route: '(public)/statements', address: () => '/statements' },
	{ name: 'a public statement that is not there', route: '(public)/statements/[address]', address: () => '/statements/aaaaaaaaaa' },
	{ name: 'checking a proof', route: '(public)/verify', address: () => '/verify' },
	{ name: 'signing in', route: '(app)/(entry)/sign-in', address: () => '/sign-in' },
	{ name: 'setting up when it is done', route: '(app)/(entry)/setup', address: () => '/setup#nothing' },
	{ name: 'an invitation that is none', route: '(app)/(entry)/join', address: () => '/join#1.nothing' },
];

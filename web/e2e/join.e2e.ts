import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrive, fitsWidth, startBrowser, type VisitorOptions } from './testing/browser.ts';
import { recordsOnDevice } from './testing/device.ts';
import { startForum, until, type TestForum } from './testing/forum.ts';
import { Steps } from './testing/steps.ts';

let browser: Browser;
let forum: TestForum;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

async function visit(fragment: string, options: VisitorOptions = {}) {
	const visitor = await arrive(browser, forum.server.url, { width: 320, height: 640, ...options });
	const steps = new Steps(visitor, options.language ?? 'ar');
	await visitor.page.goto(`/join#${fragment}`);
	return { ...visitor, steps };
}

/** Everything on the page but the switch of language. */
const seen = (page: Awaited<ReturnType<typeof visit>>['page']) => page.locator('main').innerText();

describe('a link that opens nothing', () => {
	const pages = new Map<string, string>();
	const wrong: [string, () => Promise<string>][] = [
		['nonsense', async () => 'hello'],
		['cut short', async () => (await forum.invitation()).slice(0, -9)],
		['with one letter changed', async () => flipped(await forum.invitation())],
		['of another forum', async () => (await forum.invitation()).replace(/\.[^.]{43}\./, `.${'A'.repeat(43)}.`)],
		['that was used', used],
		['that was revoked', revoked],
		['that has ended', ended],
		['that is empty', async () => ''],
	];

	test.each(wrong)('%s says the same as every other', async (what, link) => {
		const { page, steps, context } = await visit(await link());
		await steps.sees(steps.t('problem_invitation_invalid'));
		pages.set(what, await seen(page));
		expect(new Set(pages.values()).size).toBe(1);
		expect(await page.getByRole('textbox').count()).toBe(0);
		await context.close();
	});
});

describe('an invitation', () => {
	test('tells everything before any key is made, on 320 pixels', async () => {
		const { page, steps, context } = await visit(await forum.invitation());
		for (const shown of ['ملتقى التجربة', 'منظمة الاختبار', 'أليس', steps.t('role_member'), 'المساحة الأولى']) await steps.sees(shown);
		expect(await fitsWidth(page)).toBe(true);
		expect(page.url()).not.toContain('#');
		expect(await recordsOnDevice(page)).toBe(0);
		await context.close();
	});

	test('is still there after a reload in the middle, with the name that was typed', async () => {
		const { page, steps, context } = await visit(await forum.invitation());
		await steps.button('join_accept').click();
		await steps.field('person_name').fill('لينا');
		await page.reload();
		await steps.button('join_accept').click();
		expect(await steps.field('person_name').inputValue()).toBe('لينا');
		await context.close();
	});

	test('that somebody else uses in the meantime ends in the neutral page, and no account is left', async () => {
		const link = await forum.invitation();
		const { page, steps, context } = await visit(link);
		await steps.button('join_accept').click();
		await steps.field('person_name').fill('لينا');
		await steps.protect(null);
		await take(link, 'أسرع منها');
		await steps.button('join_do').click();
		await steps.sees(steps.t('problem_invitation_invalid'));
		expect(await recordsOnDevice(page)).toBe(0);
		await context.close();
	});

	test('with approval shows six words, the same on both sides, and opens by itself', async () => {
		const { page, steps, context } = await visit(await forum.invitation({ approval: true }));
		await steps.sees(steps.t('join_approval'));
		await steps.button('join_accept').click();
		await steps.field('person_name').fill('سلمى');
		await steps.protect(null);
		await steps.button('join_do').click();
		await steps.confirmSheet();
		await steps.sees(steps.t('awaiting_title'));
		expect(
			await page
				.getByRole('list', { name: steps.t('six_words') })
				.getByRole('listitem')
				.count(),
		).toBe(6);
		expect(await page.getByText('المساحة الأولى').count()).toBe(0);

		const { client } = forum.alice;
		await until('the coordinator sees who waits', () => (client.forum?.pending.length ?? 0) > 0);
		await client.approve(client.forum!.pending[0]!.account);
		await steps.sees('المساحة الأولى');
		await context.close();
	});
});

function flipped(fragment: string): string {
	const at = 6;
	const other = fragment[at] === 'A' ? 'B' : 'A';
	return fragment.slice(0, at) + other + fragment.slice(at + 1);
}

async function used(): Promise<string> {
	const link = await forum.invitation();
	await take(link, 'الأولى');
	return link;
}

async function take(link: string, name: string): Promise<void> {
	const { context, page, steps } = await visit(link, { width: 1280 });
	await steps.button('join_accept').click();
	await steps.field('person_name').fill(name);
	await steps.protect(null);
	await steps.button('join_do').click();
	await page.getByRole('heading', { name: steps.t('sheet_title') }).waitFor({ timeout: 60_000 });
	await context.close();
}

async function ended(): Promise<string> {
	const link = await forum.invitation({ lifetime: 1 });
	await new Promise((resolve) => setTimeout(resolve, 2500));
	return link;
}

async function revoked(): Promise<string> {
	const { client } = forum.alice;
	const link = await forum.invitation();
	const made = client.forum?.invitations.find(({ fragment }) => fragment === link);
	await client.revokeInvitation(made!.id);
	return link;
}

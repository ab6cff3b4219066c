import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { arrive, type VisitorOptions } from './browser.ts';
import type { Person, TestForum } from './forum.ts';
import type { Member } from './member.ts';
import { Steps } from './steps.ts';

export interface EnterOptions extends VisitorOptions {
	/** Puts something on the line before the first page is asked for. */
	readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** A browser as a further device of somebody whose first device is an engine without a screen. */
export async function enterInBrowser(browser: Browser, forum: TestForum, person: Person, options: EnterOptions = {}): Promise<Member> {
	const visitor = await arrive(browser, forum.server.url, options);
	await options.prepare?.(visitor.context);
	const steps = new Steps(visitor, options.language ?? 'ar');
	const { fragment } = await person.client.offerEnrolment();
	await visitor.page.goto(`/sign-in#${fragment}`);
	await steps.sees(steps.t('protect_device_title'));
	await steps.protect(null);
	await steps.button('protect_device_do').click();
	await visitor.page.getByRole('navigation').first().waitFor();
	return { ...visitor, steps, sheet: '' };
}

/** Goes there without loading the page anew, as a link does. */
export async function go(page: Page, address: string): Promise<void> {
	await page.evaluate((href) => {
		const link = document.createElement('a');
		link.href = href;
		document.body.append(link);
		link.click();
		link.remove();
	}, address);
	await page.waitForURL(`**${address}`);
	await page.locator('h1:visible').first().waitFor();
}

/** The row of somebody in a list of people. */
export const rowOf = ({ page }: Member, name: string): Locator =>
	page.locator('main').getByRole('listitem').filter({ hasText: name }).first();

/** Opens the sheet of somebody from the list that is on the screen. */
export async function openSheet(member: Member, name: string): Promise<Locator> {
	await rowOf(member, name).getByRole('button').click();
	const sheet = member.page.getByRole('dialog', { name });
	await sheet.waitFor();
	return sheet;
}

/** Closes the sheet that is open. */
export const closeSheet = ({ steps }: Member): Promise<void> => steps.button('close').click();

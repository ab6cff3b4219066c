import type { Browser, BrowserContext } from 'playwright-core';
import { arrive, type Visitor, type VisitorOptions } from './browser.ts';
import type { TestForum } from './forum.ts';
import { Steps } from './steps.ts';

export interface Member extends Visitor {
	readonly steps: Steps;
	/** Code of the recovery sheet. */
	readonly sheet: string;
}

export interface MemberOptions extends VisitorOptions {
	/** With a passkey, unless a passphrase is given. */
	readonly passphrase?: string;
	/** Of the invitation; an ordinary one is made when it is left out. */
	readonly fragment?: string;
	/** Puts something on the line before the first page is asked for. */
	readonly prepare?: (context: BrowserContext) => Promise<void>;
}

/** Somebody who joins in a browser by an invitation and is in the forum's first space. */
export async function joinInBrowser(browser: Browser, forum: TestForum, name: string, options: MemberOptions = {}): Promise<Member> {
	const visitor = await arrive(browser, forum.server.url, options);
	const steps = new Steps(visitor, options.language ?? 'ar');
	await options.prepare?.(visitor.context);
	await visitor.page.goto(`/join#${options.fragment ?? (await forum.invitation())}`);
	await steps.button('join_accept').click();
	await steps.field('person_name').fill(name);
	await steps.protect(options.passphrase ?? null);
	await steps.button('join_do').click();
	const sheet = await steps.confirmSheet();
	await steps.link('thread_new').first().waitFor();
	return { ...visitor, steps, sheet };
}

/** Unlocks with the passkey after a reload. */
export async function unlock({ steps }: Member): Promise<void> {
	await steps.button('unlock_passkey').click();
	await steps.page.getByRole('navigation').first().waitFor();
}

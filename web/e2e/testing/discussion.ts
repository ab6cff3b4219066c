import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { openThread, sent, startForum, type Person, type TestForum } from './forum.ts';
import { joinInBrowser, type Member } from './member.ts';
import { go } from './people.ts';

/** Three people who discuss. */
export class Discussion {
	readonly forum: TestForum;
	readonly browser: Browser;
	readonly bob: Person;
	/** On a phone, in Arabic. */
	readonly lina: Member;
	/** A facilitator at a desk, in English. */
	readonly fatima: Member;

	private constructor(forum: TestForum, browser: Browser, bob: Person, lina: Member, fatima: Member) {
		this.forum = forum;
		this.browser = browser;
		this.bob = bob;
		this.lina = lina;
		this.fatima = fatima;
	}

	static async start(): Promise<Discussion> {
		const browser = await startBrowser();
		const forum = await startForum();
		const bob = await forum.join('باسل');
		const lina = await joinInBrowser(browser, forum, 'لينا', { width: 360, height: 740 });
		const fragment = await forum.invitation({ role: 'facilitator' });
		const fatima = await joinInBrowser(browser, forum, 'Fatima', { language: 'en', width: 1320, height: 900, fragment });
		// A newcomer has read what was there before: time passes between coming and what is written next.
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		return new Discussion(forum, browser, bob, lina, fatima);
	}

	/** Errors in the console, but for the line that was cut on purpose. */
	get errors(): readonly string[] {
		return [...this.lina.console, ...this.fatima.console].filter(
			(line) => line.startsWith('error') && !line.includes('ERR_INTERNET_DISCONNECTED'),
		);
	}

	/** Bob says something. */
	say(type: string, stream: StreamId, content: object) {
		return this.bob.client.append(this.forum.space.id, stream, type, content as never);
	}

	add(stream: StreamId, text: string, reply: Hash | null = null) {
		return this.say('post.add', stream, { text, reply });
	}

	addressOf(stream: StreamId): string {
		return `/s/${this.forum.space.id}/t/${stream}`;
	}

	/** A thread by Bob, so many posts long. */
	async thread(title: string, posts: number) {
		const opened = await openThread(this.bob, this.forum.space, title, `${title}: البداية`);
		for (let n = 2; n <= posts; n++) await this.add(opened.stream, `${title}: المشاركة ${n}. ${'نص للقراءة. '.repeat(12)}`);
		await sent(this.bob);
		return opened;
	}

	async open(member: Member, stream: StreamId, seen: string): Promise<void> {
		await go(member.page, this.addressOf(stream));
		await member.steps.sees(seen);
	}

	async stop(): Promise<void> {
		await this.browser.close();
		await this.forum.stop();
	}
}

export const postWith = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

export const onScreen = (page: Page, text: string) =>
	postWith(page, text)
		.first()
		.evaluate((post) => post.getBoundingClientRect().top < innerHeight && post.getBoundingClientRect().bottom > 0);

/** Chooses from the menu of a post. */
export async function choose({ page, steps }: Member, text: string, what: Parameters<typeof steps.t>[0]): Promise<void> {
	const names = { ar: /^خيارات مشاركة/, en: /^Options for the post/ };
	await postWith(page, text).first().getByRole('button', { name: names[steps.language] }).click();
	await page.getByRole('menuitem', { name: steps.t(what), exact: true }).click();
}

/** Chooses from the menu of the thread. */
export async function chooseOfThread({ page, steps }: Member, what: Parameters<typeof steps.t>[0]): Promise<void> {
	await steps.button('thread_menu').click();
	await page.getByRole('menu').getByText(steps.t(what), { exact: true }).click();
}

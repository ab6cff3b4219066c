import type { Hash, StreamId } from '@multaqa/shared/bytes/ids';
import { act } from '@multaqa/shared/moderation/desk';
import type { Act } from '@multaqa/shared/moderation/events';
import { sendFlag } from '@multaqa/shared/moderation/flags';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './axe.ts';
import { fitsWidth } from './browser.ts';
import { openThread, sent, startForum, until, type Person, type TestForum } from './forum.ts';
import { accountOf } from './lied-to.ts';
import type { Member } from './member.ts';
import { enterInBrowser, go, type EnterOptions } from './people.ts';

export const PHONE = { width: 360, height: 740 } as const;
export const DESK = { language: 'en', width: 1280, height: 900 } as const;
export const SLUR = 'كلام يحرض على جماعة';

/** A space with two facilitators, Fatima and Karim, in which Bob has written what Dana would report. */
export class Moderated {
	readonly forum: TestForum;
	readonly bob: Person;
	readonly dana: Person;
	readonly fatima: Person;
	readonly karim: Person;
	/** The discussion, and Bob's post in it. */
	readonly stream: StreamId;
	readonly slur: Hash;
	/** Whoever came in a browser; they leave at the end. */
	readonly visitors: Member[] = [];
	readonly #browser: Browser;

	private constructor(browser: Browser, forum: TestForum, people: readonly [Person, Person, Person, Person], said: Said) {
		this.#browser = browser;
		this.forum = forum;
		[this.bob, this.dana, this.fatima, this.karim] = people;
		this.stream = said.stream;
		this.slur = said.post;
	}

	static async start(browser: Browser): Promise<Moderated> {
		const forum = await startForum();
		const bob = await forum.join('باسل');
		const dana = await forum.join('دانا');
		const fatima = await forum.join('فاطمة', { role: 'facilitator' });
		const karim = await forum.join('كريم', { role: 'facilitator' });
		const said = await openThread(bob, forum.space, 'أولويات الأسبوع', SLUR);
		await sent(bob);
		for (const { client } of [dana, fatima, karim])
			await until('the post is seen', () => client.events(forum.space.id, said.stream).length === 1);
		return new Moderated(browser, forum, [bob, dana, fatima, karim], said);
	}

	async enter(person: Person, options: EnterOptions): Promise<Member> {
		const member = await enterInBrowser(this.#browser, this.forum, person, options);
		this.visitors.push(member);
		return member;
	}

	/** Somebody of the space does what a screen would do. */
	does(person: Person, type: Act['type'], content: object) {
		return act(person.client, this.#spaceOf(person), { type, content } as unknown as Act, Math.floor(Date.now() / 1000));
	}

	/** Somebody reports Bob's post. */
	flags(person: Person) {
		const { stream, slur } = this;
		const flag = { stream, post: slur, revision: slur, reason: 'incitement', note: '' } as const;
		return sendFlag(person.client, this.#spaceOf(person), accountOf(this.bob), flag);
	}

	addressOf(part = ''): string {
		return `/s/${this.forum.space.id}${part}`;
	}

	openThread({ page }: Member): Promise<void> {
		return go(page, this.addressOf(`/t/${this.stream}`));
	}

	openModeration({ page }: Member, part = ''): Promise<void> {
		return go(page, this.addressOf(`/moderation${part}`));
	}

	async stop(): Promise<void> {
		for (const { context } of this.visitors.splice(0)) await context.close();
		await this.forum.stop();
	}

	#spaceOf({ client }: Person) {
		return client.spaces.find(({ id }) => id === this.forum.space.id)!;
	}
}

type Said = Awaited<ReturnType<typeof openThread>>;

export const dialogOf = ({ page }: Member) => page.getByRole('dialog');

/** Presses the button of the dialog that does it, and waits until the dialog is gone. */
export async function confirm(member: Member, key: Parameters<Member['steps']['t']>[0]): Promise<void> {
	await dialogOf(member)
		.getByRole('button', { name: member.steps.t(key), exact: true })
		.click();
	await dialogOf(member).waitFor({ state: 'detached' });
}

/** It fits the screen, and axe finds nothing: on a tall one, where no bar lies over anything. */
export async function isSound({ page }: Member): Promise<void> {
	expect.soft(await fitsWidth(page)).toBe(true);
	const { width, height } = page.viewportSize() ?? DESK;
	await page.setViewportSize({ width, height: 3_000 });
	const found = await violations(page);
	await page.setViewportSize({ width, height });
	expect.soft(found).toEqual([]);
}

import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { threadsOf } from '@multaqa/shared/threads/threads';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, startForum, until, type Person, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';

const OVERRIDE = String.fromCodePoint(0x202e);
const ORIGINAL = 'نوافق على نشر التقرير في آذار، بشرط موافقة الناجين.';
let browser: Browser;
let forum: TestForum;
let samer: Person;

beforeAll(async () => {
	browser = await startBrowser();
	forum = await startForum();
	samer = await forum.join('سامر');
	await until('Alice knows Samer', () => nameKnown(forum.alice, 'سامر'));
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
});

const nameKnown = ({ client }: Person, name: string) => client.spaces[0]!.members.some((member) => member.name === name);

describe.each([
	['ar', 360],
	['ar', 1280],
	['en', 360],
	['en', 1280],
] as const)('writing in %s at %i px', (language, width) => {
	const title = `نقاش ${language} ${width}`;
	const name = `Lina ${language} ${width}`;
	let member: Member;
	let field: Locator;

	beforeAll(async () => {
		await openThread(forum.alice, forum.space, title, ORIGINAL);
		member = await joinInBrowser(browser, forum, name, { language, width, height: 800 });
		await member.page.getByText(title).first().click();
		await member.steps.sees(ORIGINAL);
		field = member.page.getByRole('textbox');
	});
	afterAll(() => member?.context.close());

	const post = (text: string) => member.page.getByRole('article').filter({ hasText: text });
	const threadOf = ({ client }: Person) =>
		threadsOf(client.events(forum.space.id, forum.space.index)).find((one) => one.title === title)!.stream;
	const signed = async (words: string): Promise<string> => {
		const { client } = forum.alice;
		const texts = () =>
			client
				.events(forum.space.id, threadOf(forum.alice))
				.flatMap((event) => (event.verified && event.type === 'post.add' ? [(event.content as { text: string }).text] : []));
		await until(`a post with ${words}`, () => texts().some((text) => text.includes(words)), 15_000);
		return texts().find((text) => text.includes(words))!;
	};
	const tool = (key: Parameters<Member['steps']['t']>[0]) =>
		member.page.getByRole('toolbar').getByRole('button', { name: member.steps.t(key) });

	test('tools and keys write a post that everybody sees as it was previewed', async () => {
		const { page, steps } = member;
		await field.click();
		await tool('format_heading').click();
		await page.keyboard.type('الخلاصة');
		await page.keyboard.press('Enter');
		await page.keyboard.type('- بند أول');
		await page.keyboard.press('Enter');
		await page.keyboard.type('second item');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Control+b');
		await page.keyboard.type('عاجل');
		await page.keyboard.press('Control+b');
		expect(await field.inputValue()).toBe('# الخلاصة\n- بند أول\n- second item\n**عاجل**');
		await page.keyboard.press('Control+z');
		expect(await field.inputValue()).not.toContain('عاجل');
		await page.keyboard.press('Control+Shift+z');

		await steps.button('preview').click();
		const preview = page.getByRole('region', { name: steps.t('preview') });
		await preview.getByRole('heading', { level: 2, name: 'الخلاصة' }).waitFor();
		expect(await fitsWidth(page)).toBe(true);
		await steps.button('preview_end').click();
		await steps.send();
		const sent = post('second item');
		await sent.getByRole('listitem').nth(1).waitFor();
		expect(await sent.getByRole('listitem').evaluateAll((all) => all.map((item) => getComputedStyle(item).direction))).toEqual([
			'rtl',
			'ltr',
		]);
		expect(await sent.locator('strong').innerText()).toBe('عاجل');
		expect(await signed('second item')).toBe('# الخلاصة\n- بند أول\n- second item\n**عاجل**');
		expect(await fitsWidth(page)).toBe(true);
	});

	test('a person of this space is offered, chosen by keyboard and signed with the id; a stranger stays plain text', async () => {
		const { page, steps } = member;
		await field.click();
		await page.keyboard.type('شكرًا @سام');
		await page.getByRole('listbox').getByRole('option', { name: 'سامر' }).waitFor();
		await page.keyboard.press('Enter');
		await page.keyboard.type('و@فلان');
		expect(await page.getByRole('listbox').count()).toBe(0);
		await page.keyboard.type(' و@[فلان]');
		await steps.send();
		const account = samer.client.status.account!;
		expect(await signed('فلان')).toBe(`شكرًا @[سامر](account:${account}) و@فلان و@[فلان]`);
		await post('فلان').getByText('@سامر', { exact: true }).waitFor();
		expect(await post('فلان').innerText()).not.toContain(account);
	});

	test('selected words are quoted with author, time and a way back; altered by hand they lose all of it', async () => {
		const { page, steps } = member;
		await select(page.getByRole('article').first(), 'شر التقري');
		await steps.button('quote_do').click();
		await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('> نشر التقرير') ?? false);
		await page.keyboard.type(`أتفق ${width}`);
		await steps.send();
		const quoting = post(`أتفق ${width}`);
		await quoting.locator('figcaption').getByText('أليس').waitFor();
		expect(await quoting.locator('blockquote').innerText()).toBe('نشر التقرير');
		await quoting.locator('figcaption').getByRole('link').click();
		await page.waitForFunction((words) => document.activeElement?.textContent?.includes(words) ?? false, ORIGINAL);
		const text = await signed(`أتفق ${width}`);

		await forum.alice.client.append(forum.space.id, threadOf(forum.alice), 'post.add', {
			text: text.replace('نشر', 'إخفاء').replace('أتفق', 'زور'),
			reply: null,
		});
		const forged = post(`زور ${width}`);
		await forged.getByText(steps.t('quote_mismatch')).waitFor();
		expect(await forged.locator('figcaption').innerText()).not.toContain('أليس');
		expect(await forged.locator('figcaption').getByRole('link').count()).toBe(0);
	});

	test('a post by another program shows no HTML, loads no image and hides no direction', async () => {
		const { page, steps } = member;
		const text = `<img src="https://evil.example/a.png">\n![خريطة](https://evil.example/b.png)\n[https://bank.example](https://evil.example/c)\nخطر ${OVERRIDE}gnp.exe ${width}`;
		await forum.alice.client.append(forum.space.id, threadOf(forum.alice), 'post.add', { text, reply: null });
		const shown = post(`gnp.exe ${width}`);
		await shown.getByText('RLO', { exact: true }).waitFor();
		expect(await shown.locator('img, script, iframe').count()).toBe(0);
		const said = await shown.innerText();
		expect(said).toContain('<img src="');
		expect(said).toContain(steps.t('image_blocked'));
		expect(said).toContain('https://evil.example/b.png');
		expect(said).toContain('https://evil.example/c');
		expect(said).not.toContain(OVERRIDE);
		expect(member.elsewhere).toEqual([]);
		expect(await fitsWidth(page)).toBe(true);
	});

	test('what is empty cannot be sent, and 20,001 characters are refused with the count', async () => {
		const { steps } = member;
		for (const empty of ['', ' \n\t ']) {
			await field.fill(empty);
			expect(await steps.button('send').isDisabled()).toBe(true);
		}
		await field.fill('كلمة '.repeat(4_001).slice(0, 20_001).replace(/ $/, 'ة'));
		await steps.sees(steps.t('problem_text_too_long', { actual: '20,001', limit: '20,000' }));
		expect(await steps.button('send').isDisabled()).toBe(true);
		await field.fill('');
	});

	test('a post that is made to be expensive opens', async () => {
		const { page } = member;
		const heavy = ['> - **a *b ', '> - a\n', '*a* ', 'س'].map((piece) => piece.repeat(Math.floor(19_900 / piece.length)));
		for (const [place, text] of heavy.entries()) {
			await forum.alice.client.append(forum.space.id, threadOf(forum.alice), 'post.add', {
				text: `ثقيلة ${width} ${place}\n${text}`,
				reply: null,
			});
			await post(`ثقيلة ${width} ${place}`).waitFor();
		}
		expect(await fitsWidth(page)).toBe(true);
		expect(member.console.filter((line) => line.startsWith('error'))).toEqual([]);
	});
});

/** Selects words as a finger or a mouse does. */
async function select(article: Locator, words: string): Promise<void> {
	await article.evaluate((element, wanted) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const at = node.textContent?.indexOf(wanted) ?? -1;
			if (at < 0) continue;
			getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
			return;
		}
		throw new Error('the words are not there');
	}, words);
}

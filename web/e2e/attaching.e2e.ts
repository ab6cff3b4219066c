import { ATTACHMENT_LIMIT, type Attachment } from '@multaqa/shared/attachments/manifest';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { tellingFiles, tellingJpeg, tellingPng } from '@multaqa/shared/testing/telling-files';
import { postsOf, type Post } from '@multaqa/shared/threads/posts';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { openThread, sent, startForum, until, type TestForum } from './testing/forum.ts';
import { inTime } from './testing/kept.ts';
import { joinInBrowser, unlock, type Member } from './testing/member.ts';

const ORIGINAL = 'صور من المخيم ومحضر الاجتماع.';
const files = new Map(tellingFiles().map((file) => [file.name, file]));
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

/** As a phone calls a photograph. */
const PHOTO = { name: 'IMG_20260102_030405.jpg', mimeType: 'image/jpeg' };
const told = (name: string) => files.get(name) ?? { planted: [] as string[], bytes: new Uint8Array() };
const bufferOf = (name: string) => Buffer.from(told(name).bytes);

describe.each([
	['ar', 360],
	['ar', 1280],
	['en', 360],
	['en', 1280],
] as const)('attaching in %s at %i px', (language, width) => {
	let member: Member;
	let stream: StreamId;
	let uploads = 0;

	beforeAll(async () => {
		const title = `مرفقات ${language} ${width}`;
		({ stream } = await openThread(forum.alice, forum.space, title, ORIGINAL));
		await sent(forum.alice);
		member = await joinInBrowser(browser, forum, `Rana ${language} ${width}`, { language, width, height: 800 });
		member.page.on('request', (request) => {
			if (request.url().includes('/blobs') && request.method() === 'POST') uploads++;
		});
		await member.page.getByText(title).first().click();
		await member.steps.sees(ORIGINAL);
	});
	afterAll(() => member?.context.close());

	const t = (key: Parameters<Member['steps']['t']>[0], values: Record<string, string> = {}) => member.steps.t(key, values);
	const composer = () => member.page.locator('.composer');
	const chip = (name: string) => composer().getByRole('listitem').filter({ hasText: name });
	const choose = (chosen: { name: string; mimeType: string; buffer: Buffer }[]) =>
		composer().locator('input[type=file][multiple]').setInputFiles(chosen);
	const picture = () => t('file_kind_picture');
	/** The posts that another member sees. */
	const seen = () =>
		postsOf(forum.alice.client.events(forum.space.id, stream)).filter(
			(item): item is Post => item.kind === 'post' && item.attachments.length > 0,
		);
	const opened = async (attachment: Attachment) =>
		Buffer.from(await forum.alice.client.attachments.open(forum.space.id, attachment)).toString('latin1');
	const removed = (chip: Locator) => chip.locator('.clean').innerText();

	test('a photograph says what was removed, is sent without it, and the other gets bytes that tell nothing', async () => {
		const { page, steps } = member;
		await choose([{ ...PHOTO, buffer: bufferOf('photo.jpg') }]);
		expect(await removed(chip(`${picture()}.jpg`))).toContain(t('trace_location'));
		expect(await removed(chip(`${picture()}.jpg`))).toContain(t('trace_author'));
		expect(await fitsWidth(page)).toBe(true);
		expect(uploads).toBe(0);
		await steps.send();
		await until('Alice sees the photograph', () => seen().length === 1);
		const [attachment] = seen()[0]!.attachments;
		expect(attachment).toMatchObject({ name: picture(), type: 'image/jpeg', pixels: [16, 24] });
		const bytes = await opened(attachment!);
		for (const secret of [...told('photo.jpg').planted, 'IMG_2026']) expect(bytes).not.toContain(secret);
		const shown = page.getByRole('article').getByRole('img', { name: t('file_picture_undescribed') });
		await shown.waitFor();
		expect(await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([16, 24]);
	});

	test('files are dropped and pasted, named and described, and go out with the words', async () => {
		const { page, steps } = member;
		await give('drop', 'report.docx', bufferOf('report.docx'));
		await chip('report.docx').locator('.clean').waitFor();
		expect(await chip('report.docx').innerText()).toContain(t('file_keeps_changes'));
		await give('paste', 'image.png', Buffer.from(tellingPng()));
		await chip('.png').locator('.clean').waitFor();
		await chip('.png').getByText(t('file_change_picture')).click();
		await composer().getByLabel(t('file_description'), { exact: true }).fill('خريطة المخيم');
		await steps.field('composer_post').fill('المحضر والخريطة');
		await steps.send();
		await until('Alice sees both', () => seen().length === 2);
		const [document, map] = seen()[1]!.attachments;
		expect(document).toMatchObject({ name: 'report', pixels: null });
		expect(map).toMatchObject({ type: 'image/png', description: 'خريطة المخيم' });
		for (const secret of told('report.docx').planted) expect(await opened(document!)).not.toContain(secret);
		await page.getByRole('article').getByRole('img', { name: 'خريطة المخيم' }).waitFor();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: t('file_save', { name: 'report.docx' }) }).click(),
		]);
		expect(download.suggestedFilename()).toBe('report.docx');
	});

	test('what is mislabelled, of another kind, locked or too large is refused with the reason, and nothing goes out', async () => {
		const { steps } = member;
		const before = uploads;
		const refusals = [
			['photo.png', bufferOf('photo.jpg'), 'file_mislabelled'],
			['page.html', Buffer.from('<script>'), 'file_unsupported'],
			['cut.jpg', bufferOf('photo.jpg').subarray(0, 300), 'file_uncleanable'],
			['secret.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_locked'],
			['film.jpg', Buffer.alloc(ATTACHMENT_LIMIT + 1), 'file_too_large'],
		] as const;
		await choose(refusals.map(([name, buffer]) => ({ name, buffer, mimeType: 'image/jpeg' })));
		for (const [name, , reason] of refusals) {
			await chip(name).getByRole('alert').waitFor();
			expect(await chip(name).innerText()).toContain(t(reason));
		}
		expect(await steps.button('send').isDisabled()).toBe(true);
		for (const [name] of refusals)
			await composer()
				.getByRole('button', { name: t('file_remove', { name }) })
				.click();
		expect(await composer().getByRole('listitem').count()).toBe(0);
		expect(uploads).toBe(before);
	});

	test('a file of a draft is there after a reload, and gone when it is taken away', async () => {
		const { page, steps } = member;
		await choose([{ name: 'محضر.pdf', mimeType: 'application/pdf', buffer: bufferOf('report.pdf') }]);
		await chip('محضر.pdf').locator('.clean').waitFor();
		await page.reload();
		await unlock(member);
		await chip('محضر.pdf').locator('.clean').waitFor();
		expect(await removed(chip('محضر.pdf'))).toContain(t('trace_author'));
		await composer()
			.getByRole('button', { name: t('file_remove', { name: 'محضر.pdf' }) })
			.click();
		await chip('محضر.pdf').waitFor({ state: 'detached' });
		await page.reload();
		await unlock(member);
		await steps.field('composer_post').waitFor();
		await page
			.getByRole('button', { name: t('file_attach') })
			.and(page.locator(':enabled'))
			.waitFor();
		expect(await chip('محضر.pdf').count()).toBe(0);
	});

	test('a post taken back brings its files back', async () => {
		const { steps } = member;
		await choose([{ name: 'قائمة.txt', mimeType: 'text/plain', buffer: Buffer.from('أسماء') }]);
		await chip('قائمة.txt').locator('.clean').waitFor();
		await steps.field('composer_post').fill('أُرسل خطأً');
		await steps.button('send').click();
		await steps.button('undo').click();
		await chip('قائمة.txt').locator('.clean').waitFor();
		await inTime('the words come back', async () => (await steps.field('composer_post').inputValue()) === 'أُرسل خطأً');
		await composer()
			.getByRole('button', { name: t('file_remove', { name: 'قائمة.txt' }) })
			.click();
		await steps.field('composer_post').fill('');
	});

	test('pictures are looked at by keyboard alone, and the keyboard comes back', async () => {
		const { page, steps } = member;
		await choose([
			{ ...PHOTO, name: 'first.jpg', buffer: Buffer.from(tellingJpeg(1)) },
			{ name: 'second.png', mimeType: 'image/png', buffer: Buffer.from(tellingPng()) },
		]);
		for (const name of ['first.jpg', 'second.png']) await chip(name).locator('.clean').waitFor();
		await steps.send();
		const last = page.getByRole('article').last();
		const view = last.getByRole('button', { name: t('file_view', { what: t('file_picture_undescribed') }) });
		await view.first().waitFor();
		// On a phone the second one is fetched when it comes before the eyes; what is under way moves the page meanwhile.
		const seen = async () => {
			await last.locator('.box').last().scrollIntoViewIfNeeded();
			return view.count();
		};
		await expect.poll(seen).toBe(2);
		await view.first().focus();
		await page.keyboard.press('Enter');
		const viewer = page.getByRole('dialog', { name: t('file_viewer') });
		await viewer.getByText('first.jpg').waitFor();
		await page.keyboard.press(language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
		await viewer.getByText('second.png').waitFor();
		expect(await viewer.getByRole('button', { name: t('exit') }).count()).toBe(1);
		const size = () => viewer.getByRole('img').evaluate((image) => image.getBoundingClientRect().width);
		const whole = await size();
		await page.keyboard.press('+');
		expect(await size()).toBeGreaterThan(whole * 1.4);
		await page.keyboard.press('-');
		expect(await size()).toBeCloseTo(whole);
		expect(await fitsWidth(page)).toBe(true);
		await page.keyboard.press('Escape');
		await viewer.waitFor({ state: 'hidden' });
		expect(await view.first().evaluate((button) => button === document.activeElement)).toBe(true);
		expect(member.console).toEqual([]);
	});

	/** Drops a file onto the composer, or pastes it into its field. */
	async function give(how: 'drop' | 'paste', name: string, buffer: Buffer) {
		await composer().evaluate(
			(element, { how, name, bytes }) => {
				const data = new DataTransfer();
				data.items.add(new File([new Uint8Array(bytes)], name));
				if (how === 'paste') {
					const target = element.querySelector('textarea');
					target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
				} else {
					for (const kind of ['dragenter', 'dragover', 'drop'])
						element.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
				}
			},
			{ how, name, bytes: [...buffer] },
		);
	}
});

test('in low-data mode pictures are made smaller before they go, and fetched only when asked for', async () => {
	const { stream } = await openThread(forum.alice, forum.space, 'صور كبيرة', ORIGINAL);
	const bytes = tellingPng(300, 200);
	const attachment = await forum.alice.client.attachments.attach(forum.space.id, {
		bytes,
		name: 'map',
		type: 'image/png',
		pixels: [300, 200],
	});
	await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: 'خريطة', reply: null, attachments: [attachment] });
	await sent(forum.alice);
	const member = await joinInBrowser(browser, forum, 'Sami', {
		language: 'en',
		prepare: async (context) => void (await context.addInitScript(() => localStorage.setItem('low-data', 'on'))),
	});
	const { page, steps } = member;
	let fetched = 0;
	page.on('request', (request) => {
		if (request.url().includes('/blobs') && request.method() === 'GET') fetched++;
	});
	await page.getByText('صور كبيرة').first().click();
	const ask = page.getByRole('button', { name: /Show the picture \(\d+ kB\)/ });
	await ask.waitFor();
	expect(fetched).toBe(0);
	await ask.click();
	await page.getByRole('article').getByRole('img').waitFor();
	// Whoever asked has the picture in hand, not the page.
	await expect.poll(() => page.evaluate(() => document.activeElement?.matches('button:has(img)'))).toBe(true);
	expect(fetched).toBeGreaterThan(0);
	await page
		.locator('.composer input[type=file][multiple]')
		.setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from(tellingPng(2_400, 1_200)) });
	await page.getByText(/kB before, .* made smaller|MB before, .* made smaller/).waitFor();
	await steps.button('file_original').click();
	await steps.button('file_smaller').waitFor();
	await page.locator('.composer').getByRole('listitem').filter({ hasText: 'plan.png' }).waitFor();
	await member.context.close();
});

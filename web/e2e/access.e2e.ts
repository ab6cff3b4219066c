import { readdirSync } from 'node:fs';
import { tellingPng } from '@multaqa/shared/testing/telling-files';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { arrive, fitsWidth, startBrowser, type Visitor } from './testing/browser.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { joinInBrowser, type Member } from './testing/member.ts';
import { go } from './testing/people.ts';
import { drafted } from './testing/drafted.ts';
import { walkedIssue } from './testing/council.ts';
import { DESCRIPTION, INSIDE, OUTSIDE, type Walk } from './testing/states.ts';

let browser: Browser;
let forum: TestForum;
let walk: Walk;

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
	const { stream } = await openThread(
		forum.alice,
		forum.space,
		'نقاش طويل العنوان فيه كلمة',
		'نص أول فيه رابط https://example.org ثم كلام.',
	);
	const attachment = await forum.alice.client.attachments.attach(forum.space.id, {
		bytes: tellingPng(),
		name: 'map',
		type: 'image/png',
		pixels: [24, 16],
		description: DESCRIPTION,
	});
	await forum.alice.client.append(forum.space.id, stream, 'post.add', { text: 'خريطة', reply: null, attachments: [attachment] });
	const space = `/s/${forum.space.id}`;
	const issue = await walkedIssue(forum);
	const document = await drafted(forum);
	walk = {
		space,
		thread: `${space}/t/${stream}`,
		document: `${space}/documents/${document}`,
		issue: `${space}/positions/${issue}`,
		nowhere: forum.alice.client.newStream(),
	};
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
		await visitor.page.goto(address(walk));
		await visitor.page.locator('h1').first().waitFor();
		expect(await violations(visitor.page)).toEqual([]);
		expect(await fitsWidth(visitor.page)).toBe(true);
	});

	test.each(INSIDE)('$name has nothing that axe finds', async ({ address, reach, leave }) => {
		await go(reader.page, address(walk));
		await reach?.(reader.steps, walk);
		const found = await violations(reader.page);
		const fits = await fitsWidth(reader.page);
		await leave?.(reader.steps);
		expect(found).toEqual([]);
		expect(fits).toBe(true);
	});
});

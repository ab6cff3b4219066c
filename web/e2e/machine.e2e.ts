import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup } from '@multaqa/server/operation/backup';
import { makeKey } from '@multaqa/server/operation/keys';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { OperationState } from '@multaqa/shared/client/types';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { startForum, type TestForum } from './testing/forum.ts';
import type { Member } from './testing/member.ts';
import { enterInBrowser, go } from './testing/people.ts';
import type { Steps } from './testing/steps.ts';

type Word = Parameters<Steps['t']>[0];
const LIMITS = { bytes: 2 ** 20, items: 1_000, depth: 8 };
const GIGABYTE = 1_000_000_000;
const DAY = 86_400_000;
const PHONE = { language: 'ar', width: 360, height: 740 } as const;
const DESK = { language: 'en', width: 1280, height: 900, theme: 'dark' } as const;

let browser: Browser;
let forum: TestForum;
let folder: string;
/** What the server says of itself instead, while a story asks how that looks. */
let instead: Partial<OperationState> = {};
/** The driver would answer for the server though there is no line. */
let isCut = false;
beforeAll(async () => {
	browser = await startBrowser();
	folder = await mkdtemp(join(tmpdir(), 'multaqa-machine-'));
	forum = await startForum();
});
afterAll(async () => {
	await browser?.close();
	await forum?.stop();
	await rm(folder, { recursive: true });
});

/** Somebody who looks after the machine, in front of a screen. */
const enter = (options: typeof PHONE | typeof DESK) =>
	enterInBrowser(browser, forum, forum.alice, {
		...options,
		prepare: async (context) => {
			await context.route('**/api/operation', async (route) => {
				if (isCut) return route.abort('internetdisconnected');
				const response = await route.fetch();
				const told = decodeCbor(await response.body(), LIMITS) as Record<string, Cbor>;
				await route.fulfill({ response, body: Buffer.from(encodeCbor({ ...told, ...(instead as Record<string, Cbor>) })) });
			});
		},
	});

/** Opens the page anew, as somebody does who wants to know how it is now. */
async function look({ page, steps }: Member, state: Partial<OperationState> = {}): Promise<void> {
	instead = state;
	await go(page, '/me');
	await go(page, '/forum');
	await page.getByText(steps.t('machine_database'), { exact: true }).waitFor();
}

const hourOf = (time: number) => `${new Date(time).toISOString().slice(0, 13)}:00:00.000Z`;
const whenOf = (time: number, bytes = GIGABYTE) => ({ hour: hourOf(time), bytes });
/** The server as one hopes to find it. */
const WELL: Partial<OperationState> = { lastBackup: whenOf(Date.now() - DAY / 2), freeBytes: 20 * GIGABYTE };
const STATES: readonly (readonly [string, Partial<OperationState>, readonly Word[]])[] = [
	['well', {}, ['machine_fine']],
	['old', { lastBackup: whenOf(Date.now() - 9 * DAY) }, ['machine_backup_old']],
	['ahead', { lastBackup: whenOf(Date.now() + 400 * DAY) }, ['machine_backup_ahead']],
	['little', { freeBytes: 400_000_000, lastBackup: null }, ['machine_disk_full', 'machine_backup_none']],
	['slow', { waiting: 900, attachmentBytes: 4_900_000_000, attachmentRoom: 5 * GIGABYTE }, ['machine_slow', 'machine_attachments_full']],
	['elsewhere', { freeBytes: null, database: 'postgres', databaseBytes: 1_234_567_890_123 }, ['machine_fine', 'machine_disk_elsewhere']],
];
const WORDS: readonly Word[] = [...new Set(STATES.flatMap(([, , words]) => words))];

test.each([PHONE, DESK])('every state of the server is told in words, on %o', async (screen) => {
	const member = await enter(screen);
	const { page, steps } = member;
	for (const [name, state, words] of STATES) {
		await look(member, { ...WELL, ...state });
		for (const word of WORDS) {
			const shown = await page.getByText(steps.t(word), { exact: true }).count();
			expect([name, word, shown]).toEqual([name, word, words.includes(word) ? 1 : 0]);
		}
		expect([name, await fitsWidth(page)]).toEqual([name, true]);
		expect([name, await violations(page)]).toEqual([name, []]);
	}
	expect([...member.console, ...member.elsewhere]).toEqual([]);
	await member.context.close();
});

test('without a line the page says so, and asks again when told to', async () => {
	for (const screen of [PHONE, DESK]) {
		const member = await enter(screen);
		const { page, steps, context } = member;
		await look(member, WELL);
		await go(page, '/me');
		isCut = true;
		await context.setOffline(true);
		await go(page, '/forum');
		await steps.button('retry').waitFor();
		expect(await page.getByText(steps.t('machine_fine')).count()).toBe(0);
		expect([await fitsWidth(page), await violations(page)]).toEqual([true, []]);
		isCut = false;
		await context.setOffline(false);
		await steps.button('retry').click();
		await steps.sees(steps.t('machine_fine'));
		expect(member.elsewhere).toEqual([]);
		await context.close();
	}
});

test('the server itself says that a backup is missing, and after one that it is there', async () => {
	const member = await enter(PHONE);
	await look(member);
	await member.steps.sees(member.steps.t('machine_backup_none'));
	await makeKey(join(folder, 'key'));
	const from = { file: join(forum.folder, 'forum.db') };
	await backup({ from, to: folder, recipient: join(folder, 'key.pub'), progress: () => undefined, now: Date.now });
	await look(member);
	expect(await member.page.getByText(member.steps.t('machine_backup_none')).count()).toBe(0);
	expect(await member.page.getByText(member.steps.t('machine_backup_never'), { exact: true }).count()).toBe(0);
	await member.context.close();
});

test('members, and coordinators of another organisation, see nothing of it and ask for nothing', async () => {
	const [member, guest] = [await forum.join('سلمى'), await forum.join('زياد', { role: 'coordinator' })];
	for (const person of [forum.alice, member, guest]) {
		const other = await enterInBrowser(browser, forum, person, PHONE);
		const asked: string[] = [];
		other.page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
		await go(other.page, '/forum');
		await other.steps.sees(other.steps.t('forum_people'));
		await other.page.waitForLoadState('networkidle');
		const shown = await other.page.getByRole('heading', { name: other.steps.t('machine_title'), exact: true }).count();
		const isHost = person === forum.alice;
		expect([shown, asked.includes('/api/operation')]).toEqual([isHost ? 1 : 0, isHost]);
		await other.context.close();
	}
});

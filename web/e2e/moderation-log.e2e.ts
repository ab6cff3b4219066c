import { spaces } from '@multaqa/shared/api/index';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { moderationStreamOf } from '@multaqa/shared/moderation/desk';
import { expect, test } from 'vitest';
import { sent } from './testing/forum.ts';
import { flipped } from './testing/liar.ts';
import { unlock } from './testing/member.ts';
import { isSound, PHONE } from './testing/moderated.ts';
import { go } from './testing/people.ts';
import { at } from './testing/each-moderated.ts';

/** What a page is told of a space, as far as these stories change it. */
interface Synced {
	events: { stream: StreamId; envelope?: Uint8Array<ArrayBuffer> }[];
}

test('a server that drops a line of the log raises the red banner before everybody', async () => {
	const { dana, fatima, forum, stream, slur } = at;
	await at.does(fatima, 'moderation.hide', { stream, post: slur, reason: 'تحريض' });
	await at.does(fatima, 'moderation.slow', { stream, seconds: 60, reason: 'تهدئة' });
	await sent(fatima);
	await at.flags(dana);
	const acts = moderationStreamOf(forum.space.id);
	const member = await at.enter(dana, {
		...PHONE,
		prepare: async (context) => {
			let dropped = 0;
			await context.route(`**${spaces.sync.path.replace(':space', '*')}`, async (route) => {
				const response = await route.fetch();
				const answer = decodeCbor(await response.body(), { bytes: 2 ** 24, items: 500_000, depth: 16 }) as unknown as Synced;
				answer.events = answer.events.filter((event) => event.stream !== acts || dropped++ > 0);
				await route.fulfill({ response, body: Buffer.from(encodeCbor(answer as unknown as Cbor)) });
			});
		},
	});
	await at.openModeration(member, '/log');
	await member.steps.sees(member.steps.t('log_broken'));
	await isSound(member);
	await at.openThread(member);
	await member.steps.sees(member.steps.t('log_broken'));
	await member.page.getByRole('alert').getByRole('link').first().click();
	await member.page.waitForURL('**/safety');
});

test('something forged is told once, with what it was, and stays where it is looked up', async () => {
	const { dana, stream } = at;
	let forge = true;
	const member = await at.enter(dana, {
		...PHONE,
		prepare: async (context) => {
			await context.route(`**${spaces.sync.path.replace(':space', '*')}`, async (route) => {
				const response = await route.fetch();
				const answer = decodeCbor(await response.body(), { bytes: 2 ** 24, items: 500_000, depth: 16 }) as unknown as Synced;
				const last = answer.events.findLast((event) => event.stream === stream && event.envelope !== undefined);
				if (!forge || !last?.envelope) return route.fulfill({ response });
				forge = false;
				last.envelope = new Uint8Array(flipped(last.envelope));
				await route.fulfill({ response, body: Buffer.from(encodeCbor(answer as unknown as Cbor)) });
			});
		},
	});
	const { page, steps } = member;
	const banner = page.getByRole('alert').filter({ hasText: steps.t('found_altered') });
	await at.openModeration(member, '/log');
	await banner.waitFor();
	await isSound(member);
	await steps.button('acknowledge').click();
	await banner.waitFor({ state: 'detached' });
	await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
	await steps.sees(steps.t('log_broken_seen'));
	await isSound(member);
	await page.reload();
	await unlock(member);
	await at.openModeration(member, '/log');
	await steps.sees(steps.t('log_broken_seen'));
	await go(page, at.addressOf());
	await steps.sees('أولويات الأسبوع');
	expect(await banner.count()).toBe(0);
	await go(page, '/safety');
	await steps.sees(steps.t('found_altered_means'));
	expect(await page.getByText(steps.t('found_new'), { exact: true }).count()).toBe(0);
});

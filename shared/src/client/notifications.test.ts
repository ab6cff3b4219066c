import { expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { Notifications } from './notifications.ts';
import type { Ports } from './ports.ts';
import type { Keys } from './keys.ts';

/** A server that says `text`, and what it was asked. */
function asking(text: string | null) {
	const asked: unknown[] = [];
	const call = (_route: unknown, { request }: { request: unknown }) => {
		asked.push(request);
		return Promise.resolve({ push: null, mail: null, text });
	};
	const forum = { ports: { transport: { call } } as unknown as Ports, keys: { prove: async () => '' } as unknown as Keys };
	return { asked, notifications: new Notifications(forum, () => ['ملتقى التجربة', 'المنظمة المضيفة']) };
}

test.each([
	['تذكير', 'تذكير'],
	[null, null],
	['جديد في ملتقى التجربة', null],
	['من المنظمـــة المضيفة', null],
	['جديد في {title}', null],
	['forum.example.org', null],
])('of what a server wants notices to say (%j), %j is shown', async (text, shown) => {
	expect((await asking(text).notifications.read()).text).toBe(shown);
});

test('a coordinator cannot send a text that tells, or that holds a variable', async () => {
	const { asked, notifications } = asking(null);
	expect(await refusalOf(notifications.setText('جديد في {title}'))).toBe('notice-holds-no-variables');
	expect(await refusalOf(notifications.setText('أخبار ملتقى التجربة'))).toBe('notice-names-nobody');
	expect(asked).toEqual([]);
	await notifications.setText('تذكير');
	expect(asked).toEqual([{ text: 'تذكير' }]);
});

import { afterEach, expect, test } from 'vitest';
import { forgetNotice, keepNotice, keptNotice, type KeptNotice } from './kept-notice.ts';
import { openPage, showNotice } from './woken.ts';

const NOTICE: KeptNotice = {
	title: 'حاسبة',
	body: 'لديك جديد',
	icon: 'data:image/png;base64,AA==',
	lang: 'ar',
	dir: 'rtl',
	quiet: null,
	trial: 0,
};
const NOON = new Date(2026, 10, 22, 12);
afterEach(forgetNotice);

/** Where a worker runs, with these windows open, and what happens to it. */
function surroundings(...windows: { focused: boolean; visibilityState: 'visible' | 'hidden' }[]) {
	const shown: { title: string; options: Record<string, unknown> }[] = [];
	const done: string[] = [];
	return {
		shown,
		done,
		registration: { showNotification: async (title: string, options: object) => void shown.push({ title, options: { ...options } }) },
		clients: {
			claim: async () => undefined,
			matchAll: async () => windows.map((window, place) => ({ ...window, focus: async () => void done.push(`focus ${place}`) })),
			openWindow: async (address: string) => void done.push(`open ${address}`),
		},
	};
}

test('a device that is woken says what was kept for it, under the name and picture of its disguise', async () => {
	await keepNotice(NOTICE);
	const scope = surroundings({ focused: false, visibilityState: 'hidden' });
	await showNotice(scope, NOON);
	expect(scope.shown).toEqual([
		{
			title: 'حاسبة',
			options: { body: 'لديك جديد', lang: 'ar', dir: 'rtl', tag: 'new', renotify: true, silent: false, icon: 'data:image/png;base64,AA==' },
		},
	]);
});

test('where nothing is kept, or it is broken, the constant words are said', async () => {
	const scope = surroundings();
	await showNotice(scope, NOON);
	await (await caches.open('notice')).put('/notice', new Response('{'));
	await showNotice(scope, NOON);
	expect(scope.shown.map(({ title, options }) => [title, options['body'], options['icon']])).toEqual([
		['لديك جديد', '', undefined],
		['لديك جديد', '', undefined],
	]);
});

test('in quiet hours it makes no sound', async () => {
	await keepNotice({ ...NOTICE, quiet: { from: 22, to: 7 } });
	const scope = surroundings();
	await showNotice(scope, new Date(2026, 10, 22, 23));
	await showNotice(scope, NOON);
	expect(scope.shown.map(({ options }) => [options['silent'], options['renotify']])).toEqual([
		[true, false],
		[false, true],
	]);
});

test('nothing is said to somebody who looks at the page, but for a trial', async () => {
	await keepNotice(NOTICE);
	const scope = surroundings({ focused: true, visibilityState: 'visible' });
	await showNotice(scope, NOON);
	expect(scope.shown).toEqual([]);
	await keepNotice({ ...NOTICE, trial: NOON.getTime() + 1 });
	await showNotice(scope, NOON);
	expect(scope.shown).toHaveLength(1);
});

test('a tap brings the page to the front, or opens it at its beginning', async () => {
	const open = surroundings({ focused: false, visibilityState: 'hidden' });
	await openPage(open);
	expect(open.done).toEqual(['focus 0']);
	const closed = surroundings();
	await openPage(closed);
	expect(closed.done).toEqual(['open /']);
});

test('what was kept goes without a trace', async () => {
	await keepNotice(NOTICE);
	await forgetNotice();
	expect(await caches.keys()).not.toContain('notice');
	expect((await keptNotice()).title).toBe('لديك جديد');
});

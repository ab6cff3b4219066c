import type { AccountId, OrganisationId } from '@multaqa/shared/bytes/ids';
import type { MemberView } from '@multaqa/shared/client/types';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { formatFor } from '../i18n/format.ts';
import { provideFormat } from '../i18n/words.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { DraftText } from './draft.svelte.ts';
import { Mentions, provideMentions } from '../text/mentions.svelte.ts';
import Around from '../text/testing/Around.svelte';
import WritingField from './WritingField.svelte';

const person = (name: string, organisation: string, role = 'member'): MemberView =>
	({
		account: name.padEnd(43, 'x') as AccountId,
		name,
		organisation: organisation.padEnd(22, 'x') as OrganisationId,
		organisationName: organisation,
		role,
		trust: 'vouched',
	}) as MemberView;
const members = [person('لينا حداد', 'منظمة الأمل'), person('أحمد العلي', 'دار السلام', 'facilitator'), person('Rami Haddad', 'Hope')];

overwriteGetLocale(() => 'ar');
let shown: ReturnType<typeof mount>;
let field: HTMLTextAreaElement;
let draft: DraftText;
let sent = 0;

beforeEach(async () => {
	sent = 0;
	draft = new DraftText({ readDraft: async () => null, writeDraft: async () => 1, removeDraft: async () => undefined }, 'thread:a');
	await draft.open();
	const target = document.body.appendChild(document.createElement('div'));
	target.dir = 'rtl';
	shown = mount(Around as Component<{ child: unknown; props: unknown; provide: () => void }>, {
		target,
		props: {
			child: WritingField,
			props: { id: 'field', draft, invalid: false, focused: true, onsend: () => sent++ },
			provide: () => {
				provideFormat(formatFor('ar', 'latn'));
				provideMentions(
					new Mentions(
						() => ({ members, role: 'member' }),
						() => members[0]?.account ?? null,
					),
				);
			},
		},
	});
	flushSync();
	field = document.querySelector('textarea')!;
});
afterEach(async () => {
	await unmount(shown);
	document.body.replaceChildren();
});

const type = (keys: string) => userEvent.keyboard(keys);
const tool = (name: string) => document.querySelector<HTMLElement>(`[role=toolbar] button[aria-label="${name}"]`)!;
const offered = () => [...document.querySelectorAll('[role=option] .name')].map(({ textContent }) => textContent);

describe('a list', () => {
	test('goes on with Enter, and ends with Enter on an empty item', async () => {
		await type('- أول{Enter}ثانٍ{Enter}{Enter}بعد');
		expect(field.value).toBe('- أول\n- ثانٍ\nبعد');
	});

	test('with numbers counts on, in the digits it began with', async () => {
		await type('٩- تسعة{Enter}عشرة');
		expect(field.value).toBe('٩- تسعة\n١٠- عشرة');
	});

	test('nests once, and comes out by Enter', async () => {
		await type('- a{Enter}b{Control>}]{/Control}{Control>}]{/Control}{Enter}c{Enter}{Enter}d');
		expect(field.value).toBe('- a\n  - b\n  - c\n- d');
	});

	test('is left alone by Shift and Enter? No: a line break is a line break', async () => {
		await type('- a{Shift>}{Enter}{/Shift}b');
		expect(field.value).toBe('- a\n- b');
	});
});

describe('the toolbar', () => {
	test.each([
		['خط عريض', '**نص**'],
		['تأكيد', '*نص*'],
		['عنوان', '# نص'],
		['قائمة نقطية', '- نص'],
		['قائمة مرقمة', '1. نص'],
		['اقتباس', '> نص'],
		['رابط', '[نص](https://)'],
	])('%s changes what is selected, tells the draft, and is undone by the keys of the browser', async (name, then) => {
		await type('نص');
		field.select();
		await userEvent.click(tool(name));
		expect(field.value).toBe(then);
		expect(draft.text).toBe(then);
		expect(document.activeElement).toBe(field);
		await type('{Control>}z{/Control}');
		expect(field.value).toBe('نص');
		await type('{Control>}{Shift>}z{/Shift}{/Control}');
		expect(field.value).toBe(then);
	});

	test('what was typed before and after it is undone step by step', async () => {
		await type('أ ');
		await userEvent.click(tool('خط عريض'));
		await type('ب');
		expect(field.value).toBe('أ **ب**');
		await type('{Control>}z{/Control}{Control>}z{/Control}');
		expect(field.value).toBe('أ ');
	});

	test('is one stop for the Tab key; arrows go on in the direction of the page', async () => {
		const stops = [...document.querySelectorAll('[role=toolbar] button')].filter((button) => (button as HTMLElement).tabIndex === 0);
		expect(stops).toHaveLength(1);
		tool('خط عريض').focus();
		await type('{ArrowLeft}');
		expect(document.activeElement).toBe(tool('تأكيد'));
		await type('{ArrowRight}{ArrowRight}');
		expect(document.activeElement).toBe(tool('رابط'));
		await type('{Home}');
		expect(document.activeElement).toBe(tool('خط عريض'));
	});
});

describe('keys', () => {
	test.each([
		['{Control>}b{/Control}', '**نص**'],
		['{Control>}i{/Control}', '*نص*'],
		['{Control>}k{/Control}', '[نص](https://)'],
		['{Control>}{Shift>}8{/Shift}{/Control}', '- نص'],
		['{Control>}{Shift>}7{/Shift}{/Control}', '1. نص'],
		['{Control>}{Shift>}9{/Shift}{/Control}', '> نص'],
	])('%s', async (keys, then) => {
		await type('نص');
		field.select();
		await type(keys);
		expect(field.value).toBe(then);
	});

	test('are the same on an Arabic keyboard, and do not reach the page', async () => {
		let reached = false;
		const listen = () => (reached = true);
		addEventListener('keydown', listen);
		await type('نص');
		reached = false;
		field.select();
		const event = new KeyboardEvent('keydown', { code: 'KeyB', key: 'لا', ctrlKey: true, bubbles: true, cancelable: true });
		field.dispatchEvent(event);
		removeEventListener('keydown', listen);
		expect(field.value).toBe('**نص**');
		expect(event.defaultPrevented).toBe(true);
		expect(reached).toBe(false);
	});

	test('Ctrl and Enter send', async () => {
		await type('x{Control>}{Enter}{/Control}');
		expect([sent, field.value]).toEqual([1, 'x']);
	});
});

describe('a mention', () => {
	test('offers persons, organisations and roles of this space', async () => {
		await type('@');
		expect(offered()).toEqual(['أحمد العلي', 'لينا حداد', 'Rami Haddad', 'دار السلام', 'منظمة الأمل', 'Hope', 'التيسير', 'الأعضاء']);
	});

	test.each([
		['@لي', ['لينا حداد']],
		['@احمد', ['أحمد العلي']],
		['@علي', ['أحمد العلي']],
		['@HAD', ['Rami Haddad']],
		['@تيسير', ['التيسير']],
		['@فلان', []],
		['a@لي', []],
	])('%s offers %j', async (typed, names) => {
		await type(typed);
		expect(offered()).toEqual(names);
	});

	test('is chosen with arrows and Enter, and bound by its name', async () => {
		await type('شكرًا @{ArrowDown}');
		const chosen = document.querySelector('[role=option][aria-selected=true]');
		expect(field.getAttribute('aria-activedescendant')).toBe(chosen?.id);
		expect(chosen?.textContent).toContain('لينا حداد');
		await type('{Enter}جدًا');
		expect(field.value).toBe('شكرًا @[لينا حداد] جدًا');
		expect(offered()).toEqual([]);
	});

	test('is refused with Escape, and the keys are those of the field again', async () => {
		await type('@لي{Escape}ن{Enter}x');
		expect(field.value).toBe('@لين\nx');
	});

	test('is taken by a click without leaving the field', async () => {
		await type('@ram');
		await userEvent.click(document.querySelector('[role=option]')!);
		expect(field.value).toBe('@[Rami Haddad] ');
		expect(document.activeElement).toBe(field);
	});
});

test('an image copied from another page becomes a blocked link, and nothing is loaded', () => {
	const copied = new DataTransfer();
	copied.setData('text/html', '<meta charset="utf-8"><img src="https://evil.example/p.png?a=1&amp;b=2" alt="x">');
	field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: copied, bubbles: true, cancelable: true }));
	expect(field.value).toBe('![](https://evil.example/p.png?a=1&b=2)');
	expect(performance.getEntriesByType('resource').filter(({ name }) => name.includes('evil.example'))).toEqual([]);
});

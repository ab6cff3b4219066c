import type { AccountId, Hash } from '@multaqa/shared/bytes/ids';
import type { MemberView } from '@multaqa/shared/client/types';
import type { Post } from '@multaqa/shared/threads/posts';
import { createRawSnippet, flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { formatFor } from '../i18n/format.ts';
import { provideFormat } from '../i18n/words.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { Mentions, provideMentions } from './mentions.svelte.ts';
import PostText from './PostText.svelte';
import { provideQuotes, QuoteSources } from './quotes.svelte.ts';
import Around from './testing/Around.svelte';

const LINA = 'L'.repeat(43) as AccountId;
const STRANGER = 'S'.repeat(43);
const POST = 'p'.repeat(43) as Hash;
const EDITED = 'e'.repeat(43) as Hash;
const member = {
	account: LINA,
	name: 'لينا حداد',
	organisation: null,
	organisationName: null,
	role: 'member',
	trust: 'vouched',
} as MemberView;
const source = {
	kind: 'post',
	id: POST,
	author: LINA,
	text: 'نوافق على النص المعدَّل.',
	revisions: [
		{ id: POST, text: 'نوافق على النص.\n> لا نوافق', time: 1_000 },
		{ id: EDITED, text: 'نوافق على النص المعدَّل.', time: 2_000 },
	],
} as unknown as Post;

overwriteGetLocale(() => 'ar');
let shown: ReturnType<typeof mount> | undefined;
let followed: string[] = [];

function show(text: string): HTMLElement {
	followed = [];
	const target = document.body.appendChild(document.createElement('div'));
	shown = mount(Around as Component<{ child: unknown; props: unknown; provide: () => void }>, {
		target,
		props: {
			child: PostText,
			props: { text },
			provide: () => {
				provideFormat(formatFor('ar', 'latn'));
				provideMentions(
					new Mentions(
						() => ({ members: [member], role: 'member' }),
						() => null,
					),
				);
				provideQuotes({
					sources: new QuoteSources(() => [source]),
					name: createRawSnippet(() => ({ render: () => '<bdi>لينا حداد</bdi>' })),
					follow: (id) => followed.push(id),
				});
			},
		},
	});
	flushSync();
	return target;
}

afterEach(async () => {
	if (shown) await unmount(shown);
	document.body.replaceChildren();
});

const tags = (root: HTMLElement) => [...root.querySelectorAll('*')].map(({ localName }) => localName);

describe('HTML', () => {
	test.each([
		'<img src=x onerror=alert(1)>',
		'<script>alert(1)</script>',
		'<iframe srcdoc="x"></iframe>',
		'<a href="javascript:alert(1)">x</a>',
		'[<b>x</b>](https://a.example)',
		'> <style>*{display:none}</style>',
		'- <svg onload=alert(1)>',
	])('%s is shown as it was typed', (text) => {
		const root = show(text);
		for (const tag of ['img', 'script', 'iframe', 'b', 'style', 'svg']) expect(tags(root)).not.toContain(tag);
		expect(root.textContent).toContain(text.replace(/^(> |- |\[)/, '').replace(/\]\(.*/, ''));
		for (const link of root.querySelectorAll('a')) expect(link.protocol).toBe('https:');
	});
});

test('a remote image is not loaded: it is a link with its whole address', () => {
	const root = show('![مخطط](https://evil.example/pixel.png?id=7)');
	expect(tags(root)).not.toContain('img');
	expect(root.querySelector('a')?.textContent).toContain('https://evil.example/pixel.png?id=7');
	expect(root.querySelector('a')?.rel).toContain('noreferrer');
});

test('words over a link do not hide where it leads', () => {
	expect(show('[https://bank.example](https://evil.example)').textContent).toContain('https://evil.example/');
});

describe('direction', () => {
	const directions = (text: string) =>
		[...show(text).querySelectorAll<HTMLElement>('p, li, h2, h3, blockquote')].map(
			(one) => `${one.localName} ${getComputedStyle(one).direction}`,
		);

	test.each([
		['سلام\nhello\n1,000', ['p rtl', 'p ltr', 'p rtl']],
		['hello\n1,000', ['p ltr', 'p ltr']],
		['# عنوان\n## Title', ['h2 rtl', 'h3 ltr']],
		['- بند\n- item', ['li rtl', 'p rtl', 'li ltr', 'p ltr']],
		['> قول\n> words', ['blockquote rtl', 'p rtl', 'p ltr']],
		['https://a.example هذا الرابط', ['p rtl']],
		['`code` ثم كلام', ['p rtl']],
		[`@[Lina](account:${LINA}) أهلًا`, ['p rtl']],
		['https://a.example', ['p ltr']],
	])('%j', (text, expected) => expect(directions(text)).toEqual(expected));

	test('an override is a mark, wherever it stands', () => {
		for (const text of [
			'a\u202Eb',
			'**a\u202Eb**',
			'# a\u202Eb',
			'`a\u202Eb`',
			'- a\u202Eb',
			'[a\u202Eb](https://a.example)',
			'> a\u202Eb',
		]) {
			const root = show(text);
			expect(root.textContent).not.toContain('\u202E');
			expect(root.textContent).toContain('RLO');
		}
	});

	test('names, numbers and addresses stand in isolates', () => {
		const root = show(`اتصال +963 11 222 3344 و@[لينا](account:${LINA}) وhttps://a.example`);
		const isolated = [...root.querySelectorAll('bdi, .address')].map(({ textContent }) => textContent);
		expect(isolated).toEqual(['+963 11 222 3344', '@لينا حداد', 'https://a.example/']);
		for (const one of root.querySelectorAll('bdi, .address')) expect(getComputedStyle(one).unicodeBidi).toBe('isolate');
	});
});

describe('a mention', () => {
	test('of a member bears the name that this space knows, whatever its author wrote', () => {
		const chip = show(`@[رئيسة الملتقى](account:${LINA})`).querySelector('.mention');
		expect(chip?.textContent).toBe('@لينا حداد');
	});

	test.each([
		['somebody who is not of this space', `@[فلان](account:${STRANGER})`],
		['an organisation that is not of this space', `@[فلان](organisation:${'o'.repeat(22)})`],
		['a role that nobody has here', '@[فلان](role:facilitator)'],
		['a role that does not exist', '@[فلان](role:constructor)'],
	])('of %s is a word like others', (_, text) => {
		const root = show(text);
		expect(root.querySelector('.mention')).toBeNull();
		expect(root.textContent?.trim()).toBe('@فلان');
	});
});

describe('a quote', () => {
	const caption = (text: string) => show(text).querySelector('figcaption')?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? null;

	test('with the words of a post bears its author and time, and leads there', () => {
		const root = show(`> [كان اسمها](post:${EDITED})\n> النص المعدَّل`);
		expect(root.querySelector('figcaption')?.textContent).toContain('لينا حداد');
		expect(root.querySelector('time')?.dateTime).toBe('1970-01-01T00:33:20.000Z');
		root.querySelector<HTMLElement>('figcaption a')?.click();
		expect(followed).toEqual([POST]);
	});

	test('of a text that was changed afterwards says so', () => {
		expect(caption(`> [x](post:${POST})\n> نوافق على النص.`)).toContain('عُدِّلت بعد ذلك');
	});

	test.each([
		['words that were altered', `> [لينا](post:${EDITED})\n> لا نوافق على النص`],
		['half a word', `> [لينا](post:${EDITED})\n> نواف`],
		['words of another text of the post', `> [لينا](post:${POST})\n> المعدَّل`],
		['words that the post quotes itself', `> [لينا](post:${POST})\n> لا نوافق`],
		['words of a post that is not here', `> [لينا](post:${STRANGER})\n> نوافق`],
		['no words', `> [لينا](post:${EDITED})`],
	])('of %s says that it does not match, and names nobody', (_, text) => {
		expect(caption(text)).toBe('اقتباس غير مطابق للأصل');
	});

	test('of nobody is a quote', () => expect(caption('> قول مأثور')).toBeNull());
});

test('a list that begins at three counts from three', () => {
	const root = show('3. ثالث\n5. خامس');
	expect([...root.querySelectorAll('li')].map(({ value }) => value)).toEqual([3, 5]);
});

test('every blank of a line is kept, and none is added', () => {
	expect(show('a **b** `c`  d\n  e').querySelector('p')?.textContent).toBe('a b c  d');
	expect(show('  e *f*g').querySelector('p')?.textContent).toBe('  e *f*g');
});

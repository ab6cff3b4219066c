import { fromUtf8 } from '@multaqa/shared/bytes/bytes';
import type { ExportedText } from '@multaqa/shared/exchange/exported-text';
import type { Pair } from '@multaqa/shared/documents/pair';
import { mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Display, provideDisplay } from '../../display/display.svelte.ts';
import { formatFor } from '../../i18n/format.ts';
import { provideFormat } from '../../i18n/words.ts';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import Around from '../../text/testing/Around.svelte';
import ExportMenu from './ExportMenu.svelte';
import ImportDialog from './ImportDialog.svelte';

overwriteGetLocale(() => 'ar');
const text: ExportedText = {
	authority: 'both',
	pairs: [
		{ kind: 'title', level: 1, ar: 'بيان مشترك', en: 'Joint statement' },
		{ kind: 'paragraph', level: 1, ar: 'لم يتغيّر شيء 😀', en: 'Nothing has changed' },
	],
	title: { ar: 'بيان', en: 'Statement' },
	number: 1,
	hash: null,
	day: null,
	credit: null,
	reservations: [],
	signatories: null,
};
let shown: ReturnType<typeof mount> | undefined;
let saved: { name: string; blob: Blob }[] = [];
let taken: { pairs: readonly Pair[]; side: string }[] = [];

function show(child: unknown, props: unknown): void {
	const target = document.body.appendChild(document.createElement('div'));
	document.documentElement.dir = 'rtl';
	const provide = () => {
		provideFormat(formatFor('ar', 'latn'));
		provideDisplay(new Display(null, null));
	};
	shown = mount(Around as Component<{ child: unknown; props: unknown; provide: () => void }>, { target, props: { child, props, provide } });
}

beforeEach(() => {
	[saved, taken] = [[], []];
	const blobs = new Map<string, Blob>();
	vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
		blobs.set(`blob:${blobs.size}`, blob as Blob);
		return `blob:${blobs.size - 1}`;
	});
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
		saved.push({ name: this.download, blob: blobs.get(this.getAttribute('href') ?? '') ?? new Blob() });
	});
});
afterEach(async () => {
	if (shown) await unmount(shown);
	document.body.replaceChildren();
	document.documentElement.dir = '';
	vi.restoreAllMocks();
});

test('a member saves the text as a document of the format and language that were chosen', async () => {
	show(ExportMenu, { text: () => text, name: 'بيان' });
	await userEvent.click(page.getByRole('button', { name: 'تصدير' }));
	await expect.element(page.getByText('لا يرد فيه اسم أي شخص', { exact: false })).toBeVisible();
	await userEvent.click(page.getByRole('radio', { name: 'نص مجرّد', exact: false }));
	await userEvent.click(page.getByRole('radio', { name: 'الإنكليزية' }));
	await userEvent.click(page.getByRole('button', { name: 'حفظ الملف' }));
	await expect.element(page.getByText('بيان (en).txt')).toBeVisible();
	expect(saved.map(({ name }) => name)).toEqual(['بيان (en).txt']);
	expect(fromUtf8(new Uint8Array(await saved[0]!.blob.arrayBuffer()))).toContain('Joint statement\n\n1. Nothing has changed');
});

test('letters that a PDF cannot draw are told', async () => {
	show(ExportMenu, { text: () => text, name: 'بيان' });
	await userEvent.click(page.getByRole('button', { name: 'تصدير' }));
	await userEvent.click(page.getByRole('radio', { name: 'ملف PDF', exact: false }));
	await userEvent.click(page.getByRole('button', { name: 'حفظ الملف' }));
	await expect.element(page.getByText('😀')).toBeVisible();
	expect(saved[0]?.name).toBe('بيان (ar).pdf');
});

test('what is pasted is shown with what was left out, and handed over when it is taken', async () => {
	show(ImportDialog, { onTaken: (pairs: readonly Pair[], side: string) => taken.push({ pairs, side }) });
	await userEvent.click(page.getByRole('button', { name: 'استيراد' }));
	const clipboard = new DataTransfer();
	clipboard.setData(
		'text/html',
		'<h1>عنوان</h1><p>نص<span style="display:none">سر</span></p><h1>Title</h1><p>Text</p><p>More</p><img src="https://evil.example/x.png">',
	);
	document
		.querySelector('textarea')
		?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
	await expect.element(page.getByText('حذف مقطع مخفي واحد')).toBeVisible();
	await expect.element(page.getByText('حذف صورة واحدة تُجلب من الإنترنت')).toBeVisible();
	await expect.element(page.getByText('فقرة واحدة بلا مقابل', { exact: false })).toBeVisible();
	expect(document.body.textContent).not.toContain('سر');
	expect(taken).toEqual([]);
	await userEvent.click(page.getByRole('button', { name: 'إضافة إلى الوثيقة' }));
	expect(taken[0]?.side).toBe('both');
	expect(taken[0]?.pairs.map(({ ar, en }) => [ar, en])).toEqual([
		['عنوان', 'Title'],
		['نص', 'Text'],
		['', 'More'],
	]);
});

test('a damaged file says so, what can be done, and takes nothing', async () => {
	show(ImportDialog, { onTaken: (pairs: readonly Pair[], side: string) => taken.push({ pairs, side }) });
	await userEvent.click(page.getByRole('button', { name: 'استيراد' }));
	const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
	const chosen = new DataTransfer();
	chosen.items.add(new File(['PK\x03\x04 nothing'], 'a.docx'));
	input.files = chosen.files;
	input.dispatchEvent(new Event('change', { bubbles: true }));
	await expect.element(page.getByText('الملف تالف', { exact: false })).toBeVisible();
	expect(document.querySelector('[role=alert]')?.textContent).toContain('لصق النص');
	expect(taken).toEqual([]);
});

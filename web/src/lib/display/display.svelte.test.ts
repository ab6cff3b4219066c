import { beforeEach, expect, test } from 'vitest';
import { Display } from './display.svelte.ts';

beforeEach(() => localStorage.clear());

const page = () => document.createElement('html');

test('a device that was never here shows Arabic, Latin digits and its own theme', () => {
	const display = new Display(localStorage, page());
	expect([display.language, display.digits, display.theme]).toEqual(['ar', 'latn', 'system']);
});

test('one tap turns the page, and the choice is there after a reload', () => {
	const element = page();
	new Display(localStorage, element).language = 'en';
	expect([element.lang, element.dir]).toEqual(['en', 'ltr']);
	expect(new Display(localStorage, page()).language).toBe('en');
});

test('a theme is forced and released again', () => {
	const element = page();
	const display = new Display(localStorage, element);
	display.theme = 'dark';
	expect(element.dataset['theme']).toBe('dark');
	display.theme = 'system';
	expect(element.dataset['theme']).toBeUndefined();
});

test.each(['', 'null', '{"language":"fr","theme":7}', '[]', '{'])('a broken entry (%s) is the default, not a blank page', (kept) => {
	localStorage.setItem('display', kept);
	expect(new Display(localStorage, page()).language).toBe('ar');
});

test('a browser that forbids storage still switches for this page', () => {
	const forbidding = {
		getItem: () => null,
		setItem: () => {
			throw new DOMException('no', 'SecurityError');
		},
	} as unknown as Storage;
	const element = page();
	new Display(forbidding, element).language = 'en';
	expect(element.lang).toBe('en');
});

import { expect, test } from 'vitest';
import { isHalfWritten } from './half-written.ts';

function page(make: (form: HTMLFormElement) => void): HTMLElement {
	const form = document.createElement('form');
	make(form);
	return form;
}
const field = (name: 'textarea' | 'input', value: string) => Object.assign(document.createElement(name), { value });

test('a sentence that was begun keeps the page', () => {
	expect(isHalfWritten(page((form) => form.append(field('textarea', 'بداية جملة'))))).toBe(true);
	expect(isHalfWritten(page((form) => form.append(field('input', 'عنوان'))))).toBe(true);
});

test('empty fields, gaps, and what only stands there to be read do not', () => {
	const shown = Object.assign(field('input', 'https://example.org'), { readOnly: true });
	expect(isHalfWritten(page((form) => form.append(field('textarea', ' \n'), field('input', ''), shown)))).toBe(false);
});

import { expect, test } from 'vitest';
import { shortForms } from './short-forms.ts';

const id = 'Q'.repeat(43);
const nobody = { mention: () => null, post: () => null };

test('ids are out of the way while a text is changed', () => {
	expect(shortForms(`شكرًا @[ليلى](account:${id})، و@[العدالة](organisation:${id.slice(0, 22)})`)).toBe('شكرًا @[ليلى]، و@[العدالة]');
	expect(shortForms(`> [ليلى](post:${id})\n> كلمات`)).toBe('> [ليلى](post:QQQQQQQQ)\n> كلمات');
});

test('what could not be spelled out again keeps its id', () => {
	const text = `@[ليلى](account:${id})\n> [ليلى](post:${id})\n> كلمات`;
	expect(shortForms(text, nobody)).toBe(text);
});

test('code is left alone, and so are links', () => {
	const text = `\`@[ليلى](account:${id})\` [موقع](https://example.org)`;
	expect(shortForms(text)).toBe(text);
});

import { expect, test } from 'vitest';
import { addressFrom, codeFrom } from './code.ts';

test.each(['12345678', '1234 5678', ' ١٢٣٤ ٥٦٧٨ ', '۱۲۳۴۵۶۷۸', '1234-5678'])('%j is the code', (typed) => {
	expect(codeFrom(typed)).toBe('12345678');
});
test.each(['', '1234567', '123456789', '1234567a', '１２３４５６７８'])('%j is no code', (typed) => {
	expect(codeFrom(typed)).toBeNull();
});
test.each(['reader@example.org', ' reader+notes@mail.example.org ', 'قارئ@مثال.موقع'])('%j is an address', (typed) => {
	expect(addressFrom(typed)).toBe(typed.trim());
});
test.each(['', 'reader', 'reader@', '@example.org', 'a b@example.org', 'a@b', 'a@example.org, b@example.org'])('%j is none', (typed) => {
	expect(addressFrom(typed)).toBeNull();
});

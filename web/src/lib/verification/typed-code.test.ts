import { expect, test } from 'vitest';
import { readTyped } from './typed-code.ts';

const groups = Array.from({ length: 12 }, (_, place) => String(10_000 + place * 1111));
const payload = `safe:${'A'.repeat(40)}`;
const read = (text: string) => readTyped(text, groups, payload);

test.each([
	['as shown', groups.join(' ')],
	['in one piece', groups.join('')],
	['with lines and dashes', groups.join('-\n')],
	['in Arabic digits', groups.join(' ').replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!)],
	['in Persian digits', groups.join(' ').replaceAll(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!)],
	['with the marks that copying from Arabic text adds', `\u200f${groups.join(' \u200e')}`],
])('the same code matches %s', (_, text) => {
	expect(read(text)).toEqual({ kind: 'same' });
});

test('a wrong digit names the group it stands in', () => {
	expect(read(groups.with(2, '99999').with(11, '00000').join(' '))).toEqual({ kind: 'different', groups: [3, 12] });
});

test.each(['', ' ', '12345', groups.slice(1).join(' '), `${groups.join(' ')} 1`, `${groups.join(' ')} x`])(
	'"%s" is no code and decides nothing',
	(text) => {
		expect(read(text)).toEqual({ kind: 'incomplete' });
	},
);

test('the text of a QR code is taken as such, but not that of another kind', () => {
	expect(read(` ${payload.slice(0, -1)}B `)).toEqual({ kind: 'payload', text: `${payload.slice(0, -1)}B` });
	expect(read('https://forum.example/join#1.secret')).toEqual({ kind: 'incomplete' });
});

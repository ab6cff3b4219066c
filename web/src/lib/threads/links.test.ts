import { expect, test } from 'vitest';
import { spansOf, spelledOut } from './links.ts';

test('an address inside an Arabic sentence ends before the comma that follows it', () => {
	expect(spansOf('الرابط https://www.ohchr.org/en، ثم الاتفاق.')).toEqual([
		{ text: 'الرابط ' },
		{ address: 'https://www.ohchr.org/en' },
		{ text: '، ثم الاتفاق.' },
	]);
});

test('only web addresses become links', () => {
	for (const text of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'www.example.org']) {
		expect(spansOf(text)).toEqual([{ text }]);
	}
});

test('a host in look-alike letters is shown as what it is', () => {
	expect(spelledOut('https://аpple.example/')).toContain('xn--');
});

test('text without addresses stays whole', () => {
	expect(spansOf('')).toEqual([]);
	expect(spansOf('http:// ليس عنوانًا')).toEqual([{ text: 'http:// ليس عنوانًا' }]);
});

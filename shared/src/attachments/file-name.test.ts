import { expect, test } from 'vitest';
import { isDeviceName, NAME_LIMIT, plainName, stemOf } from './file-name.ts';

test.each([
	'IMG_20260102_030405',
	'IMG-20260102-WA0007',
	'PXL_20260102_030405123',
	'DSC01234',
	'Screenshot_20260102-030405_WhatsApp',
	'WhatsApp Image 2026-01-02 at 03.04.05',
	'signal-2026-01-02-030405',
	'لقطة شاشة 2026-01-02',
	'2026-01-02 محضر',
	'3f2504e0-4f89-11d3-9a0c-0305e82c3301',
	'1735786245123',
])('%s is what a device calls a picture', (name) => expect(isDeviceName(name)).toBe(true));

test.each(['محضر الاجتماع', 'خطة 2026', 'Draft agenda v3', 'budget', 'قائمة ١٢'])('%s is what a person calls a file', (name) =>
	expect(isDeviceName(name)).toBe(false),
);

test('a name shows what it is, and means nothing to a system of files', () => {
	expect(plainName('../..\\etc/pass:wd\n')).toBe('etc pass wd');
	expect(plainName('report\u{202E}gpj.exe')).toBe('reportgpj.exe');
	expect(plainName('کتێب\u{200C}ەکان')).toBe('کتێب\u{200C}ەکان');
	expect(plainName(' . ')).toBe('');
	expect(plainName('a'.repeat(500))).toHaveLength(NAME_LIMIT);
	expect(stemOf('محضر.الأخير.docx')).toBe('محضر.الأخير');
});

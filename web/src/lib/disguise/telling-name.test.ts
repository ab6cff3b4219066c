import { describe, expect, test } from 'vitest';
import { toldBy } from './telling-name.ts';

const names = ['المرصد المضيف', 'ملتقى التجربة', 'Harbour House'];

describe('a title is refused that tells', () => {
	test.each([
		['ملتقى', 'ملتقى'],
		['الملتقى اليومي', 'ملتقى'],
		['مـلـتـقـى', 'ملتقى'],
		['م ل ت ق ى', 'ملتقى'],
		['MULTAQA', 'multaqa'],
		['Мultаqа notes', 'multaqa'],
		['أخبار المرصد المضيف', 'المرصد المضيف'],
		['مرصد المضيف', 'المرصد المضيف'],
		['harbour-house', 'Harbour House'],
	])('%s, because of %s', (title, name) => {
		expect(toldBy(title, names)).toBe(name);
	});
});

test.each(['حاسبة', 'ملاحظات البيت', 'الطقس', 'Recipes', 'مرصد الطيور'])('%s tells nothing', (title) => {
	expect(toldBy(title, names)).toBeNull();
});

test('a host organisation of two letters does not forbid every title', () => {
	expect(toldBy('Calculator', ['Al', ''])).toBeNull();
});

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

describe('a title is refused that tells a part of the name', () => {
	const hosts = ['المركز السوري للعدالة والمساءلة', 'Harbour House for Syrian Voices', 'رابطة نور'];
	test.each([
		['أخبار العدالة', 'للعدالة'],
		['دفتر عدالة', 'للعدالة'],
		['وبالمساءلة', 'والمساءلة'],
		['الْعَدَالَة', 'للعدالة'],
		['عـدالـه', 'للعدالة'],
		['ع د ا ل ة', 'للعدالة'],
		['طبخ سوري', 'السوري'],
		['Harbours', 'Harbour'],
		['our harbour', 'Harbour'],
		['Hаrbour', 'Harbour'],
		['my voices', 'Voices'],
		['دفتر نور', 'نور'],
		['بالنور', 'نور'],
	])('%s, because of %s', (title, word) => {
		expect(toldBy(title, hosts)).toBe(word);
	});

	test.each(['مركز الصيانة', 'House plants', 'A list for the shop', 'رابطة القراء', 'تنور', 'أنوار', 'Notes', 'الطقس في دمشق'])(
		'%s does not',
		(title) => {
			expect(toldBy(title, hosts)).toBeNull();
		},
	);

	test('a name of words that many have is told whole all the same', () => {
		expect(toldBy('بيت الكل', ['بيت الكل'])).toBe('بيت الكل');
		expect(toldBy('بيت', ['بيت الكل'])).toBeNull();
	});
});

test.each(['حاسبة', 'ملاحظات البيت', 'الطقس', 'Recipes', 'مرصد الطيور'])('%s tells nothing', (title) => {
	expect(toldBy(title, names)).toBeNull();
});

test('a host organisation of two letters does not forbid every title', () => {
	expect(toldBy('Calculator', ['Al', ''])).toBeNull();
});

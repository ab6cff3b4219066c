import { expect, test } from 'vitest';
import { compareNames, initialOf } from './names.ts';

test('organisations sort without the article', () => {
	const names = ['المركز السوري', 'بيت التراث', 'الشبكة السورية', 'أطباء من أجل الحق', 'Baytna', 'دولتي'];
	expect(names.toSorted(compareNames)).toEqual(
		['أطباء من أجل الحق', 'بيت التراث', 'دولتي', 'الشبكة السورية', 'المركز السوري', 'Baytna'].toSorted(compareNames),
	);
	const arabic = names.filter((name) => name !== 'Baytna').toSorted(compareNames);
	expect(arabic).toEqual(['أطباء من أجل الحق', 'بيت التراث', 'دولتي', 'الشبكة السورية', 'المركز السوري']);
});

test('a word that only begins with those letters keeps them', () => {
	expect(compareNames('ال', 'ب')).toBeLessThan(0);
});

test.each([
	['الأرشيف السوري', 'بدائل', -1],
	['اتحاد المنظمات', 'الاتحاد النسائي', -1],
	['النساء الآن', 'نواة', -1],
	['إحياء', 'الآغا', 1],
	['ألوان', 'أمل', -1],
	['منظمة 2', 'منظمة 10', -1],
])('%s stands where it belongs beside %s', (one, other, order) => {
	expect(Math.sign(compareNames(one, other))).toBe(order);
	expect(Math.sign(compareNames(other, one))).toBe(-order);
});

test('who has no name yet comes last', () => {
	expect([null, 'ياسمين', 'أمل'].toSorted(compareNames)).toEqual(['أمل', 'ياسمين', null]);
});

test('the badge shows a letter of the name, not of the article', () => {
	expect(initialOf('المركز السوري')).toBe('م');
	expect(initialOf('Lina')).toBe('L');
	expect(initialOf('')).toBe('');
});

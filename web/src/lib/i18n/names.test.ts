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

test('who has no name yet comes last', () => {
	expect([null, 'ياسمين', 'أمل'].toSorted(compareNames)).toEqual(['أمل', 'ياسمين', null]);
});

test('the badge shows a letter of the name, not of the article', () => {
	expect(initialOf('المركز السوري')).toBe('م');
	expect(initialOf('Lina')).toBe('L');
	expect(initialOf('')).toBe('');
});

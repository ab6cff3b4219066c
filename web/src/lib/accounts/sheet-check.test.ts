import { expect, test } from 'vitest';
import { groupsOf, isGroup } from './sheet-check.ts';

const code = 'K7QF-2M9X-0NAS-ME3F-3MPM-0DAS-4WH4-MR14';

test('a sheet has eight groups', () => {
	expect(groupsOf(code)).toHaveLength(8);
});

test('a group is recognised however it was typed', () => {
	for (const typed of ['2M9X', '2m9x', ' 2m9x ', '2M 9X', '٢m٩x']) expect(isGroup(code, 1, typed)).toBe(true);
});

test('another group, a part of it, or nothing does not show that the sheet is at hand', () => {
	for (const typed of ['K7QF', '2M9', '', '   ', '2M9XX']) expect(isGroup(code, 1, typed)).toBe(false);
});

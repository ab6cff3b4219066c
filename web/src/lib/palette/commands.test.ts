import { beforeEach, describe, expect, test } from 'vitest';
import { forgetRecent, found, remember, type Command } from './commands.ts';

const command = (text: string, about?: string): Command => ({
	id: text,
	kind: 'thread',
	text,
	does: () => undefined,
	...(about === undefined ? {} : { about }),
});
const all = [
	command('أولويات المناصرة'),
	command('المسؤولية المشتركة', 'لجنة الإغاثة'),
	command('Budget for March', 'Relief'),
	command('الوضع في حلب'),
];
const texts = (typed: string) => found(all, typed).map(({ text }) => text);

beforeEach(forgetRecent);

describe('what is typed into the palette', () => {
	test.each([
		['اولويات', ['أولويات المناصرة']],
		['مناصره', ['أولويات المناصرة']],
		['المناصرة', ['أولويات المناصرة']],
		['مسو', ['المسؤولية المشتركة']],
		['اغاثة', ['المسؤولية المشتركة']],
		['relief', ['Budget for March']],
		['mar bud', ['Budget for March']],
		['حَلَب', ['الوضع في حلب']],
		['قمر', []],
		['؟', []],
	])('«%s» finds %j', (typed, expected) => {
		expect(texts(typed)).toEqual(expected);
	});

	test('without words everything stands there, what was chosen last first', () => {
		expect(texts('')).toHaveLength(4);
		remember(all[3]!);
		remember(all[2]!);
		expect(texts(' ').slice(0, 2)).toEqual(['Budget for March', 'الوضع في حلب']);
	});
});

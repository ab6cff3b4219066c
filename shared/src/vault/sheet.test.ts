import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unsafeTestingRandom } from '../testing/random.ts';
import { refusalOf } from '../testing/refusal.ts';
import { readSheetCode, ROOT_LENGTH, sheetCode } from './sheet.ts';

const root = unsafeTestingRandom('sheet')(ROOT_LENGTH);
const code = sheetCode(root);
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const arabicDigits = (text: string, zero: number) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(zero + Number(digit)));

describe('the recovery sheet', () => {
	test('is eight groups of four that nobody can misread', () => {
		expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
	});

	test('comes back for every root', () => {
		const roots = fc.uint8Array({ minLength: ROOT_LENGTH, maxLength: ROOT_LENGTH });
		const property = fc.property(roots, (any) => {
			expect(readSheetCode(sheetCode(any))).toEqual(new Uint8Array(any));
		});
		fc.assert(property);
	});

	const typings: [how: string, typed: string][] = [
		['in lower case', code.toLowerCase()],
		['without hyphens', code.replaceAll('-', '')],
		['with spaces', ` ${code.replaceAll('-', '  ')} `],
		['with another hyphen', code.replaceAll('-', '–')],
		['with a non-breaking space', code.replaceAll('-', '\u00A0')],
		['with letters for digits', code.replaceAll('0', 'o').replaceAll('1', 'l')],
		['with I for one', code.replaceAll('1', 'I')],
		['with Arabic digits', arabicDigits(code, 0x660)],
		['with Persian digits', arabicDigits(code, 0x6f0)],
		['copied out of a line that runs from the right', `\u2066${code}\u2069\u200F`],
	];
	test.each(typings)('is read %s', (_, typed) => {
		expect(readSheetCode(typed)).toEqual(root);
	});

	test.each(['', code.slice(1), `${code}0`, code.replace(/./, 'U'), code.replace(/./, 'ش'), `${code}-${code}`])(
		'is refused when it is not whole: %s',
		async (typed) => {
			expect(await refusalOf(() => readSheetCode(typed))).toBe('code-mismatch');
		},
	);

	test('tells of a wrong character, all but one time in 256', async () => {
		let missed = 0;
		let tried = 0;
		for (let place = 0; place < code.length; place++) {
			if (code[place] === '-') continue;
			for (const letter of ALPHABET.replace(code[place] as string, '')) {
				const typed = code.slice(0, place) + letter + code.slice(place + 1);
				const refusal = await refusalOf(() => readSheetCode(typed));
				tried++;
				if (refusal !== 'code-mismatch') missed++;
			}
		}
		expect(tried).toBe(32 * 31);
		// One in 256 is 3.9 of 992; three standard deviations more is 9.8.
		expect(missed).toBeLessThan(10);
	});
});

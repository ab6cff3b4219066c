import { expect, test } from 'vitest';
import { numberSpansOf } from './numbers.ts';

test.each([
	['الهاتف +963 11 222 3344، صباحًا', ['+963 11 222 3344']],
	['من 2024-03-15 حتى 2024-04-01', ['2024-03-15', '2024-04-01']],
	['انخفض بنحو -5.5 ثم +3', ['-5.5', '+3']],
	['القرار 2254 (2015) والصفحات 10-15', []],
	['2011, 2012, 2013', []],
	['A-1-2 وB2-3-4', []],
	['+1', ['+1']],
])('of %j, %j keep their own order', (text, numbers) => {
	expect(numberSpansOf(text).flatMap((span) => ('number' in span ? [span.number] : []))).toEqual(numbers);
	expect(
		numberSpansOf(text)
			.map((span) => ('number' in span ? span.number : span.text))
			.join(''),
	).toBe(text);
});

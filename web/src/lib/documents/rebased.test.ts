import { expect, test } from 'vitest';
import { caretAfter, rebased } from './rebased.ts';

test('what is typed while others write before or behind it stays, and so does theirs', () => {
	expect(rebased('نطالب بالعدالة', 'نطالب بالعدالة الآن', 'نحن نطالب بالعدالة')).toBe('نحن نطالب بالعدالة الآن');
	expect(rebased('نطالب بالعدالة', 'اليوم نطالب بالعدالة', 'نطالب بالعدالة والحقيقة')).toBe('اليوم نطالب بالعدالة والحقيقة');
	expect(rebased('one two', 'one two', 'one three')).toBe('one three');
	expect(rebased('one two', 'one 2', 'one two')).toBe('one 2');
});

test('of two who change the same word neither loses a letter', () => {
	const both = rebased('justice', 'truth', 'peace');
	expect(both).toContain('peace');
	expect(both).toContain('tru');
});

test('the caret stays beside its letters', () => {
	expect(caretAfter(5, 'abcdef', 'XXabcdef')).toBe(7);
	expect(caretAfter(2, 'abcdef', 'abcdefXX')).toBe(2);
	expect(caretAfter(3, 'abcdef', 'abXef')).toBe(3);
});

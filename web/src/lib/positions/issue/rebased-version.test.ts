import { expect, test } from 'vitest';
import type { Hash } from '@multaqa/shared/bytes/ids';
import type { Wording } from '@multaqa/shared/positions/register-types';
import { rebasedText } from './rebased-version.ts';
import { withWording, type VersionFields } from './version-fields.ts';

const one = (id: string, ar = id) => ({ id, ar, en: '' });
const text = (...paragraphs: ReturnType<typeof one>[]) => ({ paragraphs });
const BEGUN = text(one('a'), one('b'), one('c'));

test('what somebody wrote stays upon the newer version, and what they left alone is as that has it', () => {
	const written = [one('a'), one('b', 'mine'), one('new'), one('c')];
	const newest = text(one('first'), one('a', 'theirs'), one('b', 'theirs'), one('after b'));
	expect(rebasedText(written, BEGUN, newest)).toEqual([one('first'), one('a', 'theirs'), one('b', 'mine'), one('after b'), one('new')]);
});

test('what both left alone and what only one of them removed is not brought back', () => {
	expect(rebasedText([one('a'), one('c')], BEGUN, text(one('a'), one('b', 'theirs'), one('c')))).toEqual([one('a'), one('c')]);
	expect(rebasedText(BEGUN.paragraphs, BEGUN, text(one('c')))).toEqual([one('c')]);
});

test('suggested words come into their paragraph with their reason, once; and nowhere when it is gone', () => {
	const fields: VersionFields = { paragraphs: BEGUN.paragraphs, reason: '', frozen: null, wanted: [], begun: null };
	const wording = { id: 'w' as Hash, paragraph: 'b', ar: 'بل هكذا', en: 'so' } as Wording;
	const put = withWording(fields, wording, 'because');
	expect(put).toMatchObject({ paragraphs: [one('a'), { id: 'b', ar: 'بل هكذا', en: 'so' }, one('c')], reason: 'because', wanted: ['w'] });
	expect(put && withWording(put, wording, 'because')).toEqual(put);
	expect(withWording(fields, { ...wording, paragraph: 'gone' }, 'because')).toBeNull();
});

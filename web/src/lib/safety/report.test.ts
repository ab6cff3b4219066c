import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { expect, test } from 'vitest';
import { reportName, reportText } from './report.ts';

const words = { words: [1, 2, 3, 4, 5, 6], links: 12 };

test('a report tells kinds, rules, times and words, and numbers spaces instead of naming them', () => {
	const text = reportText({
		now: 1_795_000_000,
		findings: [
			{
				id: 'x',
				kind: 'event-refused',
				code: 'tampered',
				rule: null,
				space: 'Secret-Space' as SpaceId,
				since: 1_794_000_000,
				times: 3,
				seen: true,
			},
			{ id: 'y', kind: 'missing', code: 'stale', rule: 'positions-have-no-gap', space: null, since: 1_794_000_000, times: 1, seen: false },
			{ id: 'z', kind: 'rollback', code: 'stale', rule: null, space: 'Left-Space' as SpaceId, since: 1_794_000_000, times: 1, seen: false },
		],
		forum: words,
		spaces: [{ id: 'Secret-Space', words, confirmation: { by: 0, stale: true }, renewing: false }],
		unknownDevices: 1,
		wordAt: (place) => `word${place}`,
	});
	expect(text.split('\n')).toEqual([
		'Safety report, 2026-11-18T11:06Z',
		'No names, no texts, no identifiers.',
		'',
		'forum: word1 word2 word3 word4 word5 word6 (after 12 links)',
		'space 1: word1 word2 word3 word4 word5 word6 (after 12 links); confirmed by 0, stale',
		'unknown devices: 1',
		'',
		'findings: 3',
		'event-refused | tampered | - | space 1 | first 2026-11-06T21:20Z | 3x',
		'missing | stale | positions-have-no-gap | forum | first 2026-11-06T21:20Z | 1x',
		'rollback | stale | - | former space | first 2026-11-06T21:20Z | 1x',
		'',
	]);
	expect(text).not.toContain('Secret');
	expect(text).not.toContain('Left');
});

test('the name of the file says a day and nothing else', () => {
	expect(reportName(1_795_000_000)).toBe('report-2026-11-18.txt');
});

import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Finding } from '@multaqa/shared/client/types';
import { expect, test } from 'vitest';
import { groupFindings, meaningOf } from './meaning.ts';

const finding = (about: Partial<Finding>): Finding => ({
	id: crypto.randomUUID(),
	kind: 'event-refused',
	code: 'tampered',
	rule: null,
	space: 'space' as SpaceId,
	since: 100,
	times: 1,
	seen: false,
	...about,
});

test.each([
	[{ kind: 'event-refused', code: 'tampered', rule: null }, 'altered'],
	[{ kind: 'event-refused', code: 'not-allowed', rule: 'device-sequence-has-no-gap' }, 'missing'],
	[{ kind: 'event-refused', code: 'not-allowed', rule: 'event-comes-once' }, 'repeated'],
	[{ kind: 'event-refused', code: 'unknown-version', rule: null }, 'newer'],
	[{ kind: 'event-refused', code: 'not-allowed', rule: 'role-may-write' }, 'members'],
	[{ kind: 'event-refused', code: 'not-allowed', rule: 'voice-is-a-representatives' }, 'members'],
	[{ kind: 'link-refused', code: 'not-allowed', rule: 'nobody-acts-upward' }, 'members'],
	[{ kind: 'link-refused', code: 'not-allowed', rule: 'a rule of tomorrow' }, 'members'],
	[{ kind: 'split-view', code: 'stale', rule: 'positions-have-no-gap' }, 'split'],
	[{ kind: 'rollback', code: 'stale', rule: 'chains-never-go-back' }, 'older'],
	[{ kind: 'withheld', code: 'not-found', rule: null }, 'missing'],
	[{ kind: 'key-missing', code: 'wrong-key', rule: null }, 'keys'],
	[{ kind: 'answer-refused', code: 'malformed', rule: null }, 'answer'],
] as const)('%o means «%s»', (about, meaning) => {
	expect(meaningOf(about)).toBe(meaning);
});

test('many refusals of one meaning in one space are told once: since the first, as often as all', () => {
	const found = groupFindings([
		finding({ since: 300, times: 2, seen: true }),
		finding({ since: 200, times: 3 }),
		finding({ kind: 'split-view', code: 'stale', since: 900 }),
		finding({ space: 'other' as SpaceId, since: 400 }),
	]);
	expect(found.map(({ meaning, space, since, times, seen }) => [meaning, space, since, times, seen])).toEqual([
		['split', 'space', 900, 1, false],
		['altered', 'space', 200, 5, false],
		['altered', 'other', 400, 1, false],
	]);
});

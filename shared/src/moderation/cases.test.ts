import { describe, expect, test } from 'vitest';
import type { AccountId, Hash, StreamId } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { id, post, said, streamId, type Speaker } from '../testing/said.ts';
import { casesOf } from './cases.ts';
import type { Flag } from './flags.ts';
import { moderationOf } from './moderation.ts';
import { writtenIn } from './written.ts';

const THREAD = streamId('s') as StreamId;
const fatima = { author: 'fatima', role: 'facilitator' } as const;
const reason = 'رأي لا تحريض';
let numbers = 0;

const report = (about: string, time: number, proves = true): Flag => ({
	number: ++numbers,
	from: 'dana' as AccountId,
	time,
	stream: THREAD,
	post: id(about) as Hash,
	reason: 'incitement',
	note: '',
	original: proves ? { author: 'bob' as AccountId, time: 0, text: about } : null,
});
const act = (type: string, about: string, speaker: Speaker, more: object = {}) =>
	said(`${type}${about}`, `moderation.${type}`, { stream: THREAD, post: id(about), reason, ...more } as never, speaker);

/** How each case ends after this, open ones first. */
function endings(flags: readonly Flag[], acts: readonly StreamEvent[], index: readonly StreamEvent[] = []) {
	const written = [post('slur', null, 'slur', { author: 'bob' }), post('own', null, 'own', fatima)];
	const moderation = moderationOf(
		acts,
		writtenIn((stream) => (stream === THREAD ? written : [])),
	);
	return casesOf(flags, moderation, index).map(({ ending }) => ending && ending.type);
}

describe('a case', () => {
	const slow = (about: object) =>
		said('slow', 'moderation.slow', { stream: THREAD, seconds: 60, reason, ...about } as never, { ...fatima, time: 9 });
	const close = (about: object, speaker: Speaker = fatima) =>
		said('close', 'thread.close', { stream: THREAD, on: true, reason, ...about } as never, { ...speaker, time: 9 });
	const because = { because: id('slur') };

	test('is open until something is decided about its post, and says what, by whom, when and why', () => {
		expect(endings([report('slur', 5)], [])).toEqual([null]);
		expect(endings([report('slur', 5)], [act('hide', 'slur', { ...fatima, time: 4 })])).toEqual([null]);
		expect(endings([report('slur', 5)], [act('dismiss', 'slur', { ...fatima, time: 9 })])).toEqual(['moderation.dismiss']);
		const moderation = moderationOf(
			[slow(because)],
			writtenIn(() => [post('slur', null, 'slur', { author: 'bob' })]),
		);
		expect(casesOf([report('slur', 5)], moderation, [])[0]?.ending).toEqual(
			expect.objectContaining({ type: 'moderation.slow', by: 'fatima', time: 9, reason }),
		);
	});

	test('ends with a thread that is slowed or closed because of it, and not with one that is so anyhow', () => {
		expect([endings([report('slur', 5)], [slow(because)]), endings([report('slur', 5)], [slow({})])]).toEqual([
			['moderation.slow'],
			[null],
		]);
		expect(endings([report('slur', 5)], [], [close(because)])).toEqual(['thread.close']);
		expect(endings([report('slur', 5)], [], [close({})])).toEqual([null]);
		expect(endings([report('slur', 5)], [], [close(because, { author: 'bob' })])).toEqual([null]);
		expect(endings([report('slur', 5)], [], [close({ ...because, on: false })])).toEqual([null]);
	});

	test('of reports that prove nothing ends when they are discarded, even when there is no such post', () => {
		for (const about of ['slur', 'invented'])
			expect(endings([report(about, 5, false)], [act('discard', about, { ...fatima, time: 9 })])).toEqual(['moderation.discard']);
		expect(endings([report('slur', 5, false)], [act('discard', 'slur', { author: 'alice', time: 9 })])).toEqual([null]);
		expect(endings([report('own', 5, false)], [act('discard', 'own', { ...fatima, time: 9 })])).toEqual([null]);
		expect(endings([report('slur', 5, false)], [act('discard', 'slur', { ...fatima, time: 9 }, { reason: ' ' })])).toEqual([null]);
	});

	test('with proof is not ended by discarding what proves nothing, nor opened again by it', () => {
		const flags = [report('slur', 5), report('slur', 6, false)];
		expect(endings(flags, [act('discard', 'slur', { ...fatima, time: 9 })])).toEqual([null]);
		const later = [report('slur', 5), report('slur', 20, false)];
		expect(endings(later, [act('dismiss', 'slur', { ...fatima, time: 9 })])).toEqual(['moderation.dismiss']);
		expect(endings([...later, report('slur', 21)], [act('dismiss', 'slur', { ...fatima, time: 9 })])).toEqual([null]);
	});

	test('that is open stands before one that is done, and the newest first', () => {
		const flags = [report('own', 3), report('slur', 5), report('invented', 2, false)];
		expect(endings(flags, [act('dismiss', 'slur', { ...fatima, time: 9 })])).toEqual([null, null, 'moderation.dismiss']);
	});
});

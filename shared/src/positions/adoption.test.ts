import { expect, test } from 'vitest';
import type { StreamId } from '../bytes/ids.ts';
import { Council, fatima, hash, paragraph, terms } from '../testing/council.ts';
import { streamId } from '../testing/said.ts';
import { adoptionOf } from './adoption.ts';

const DAY = 24 * 60 * 60;
const frozen = { stream: streamId('doc') as StreamId, hash: hash('text') };
const text = { ...frozen, pairs: [{ ar: 'one', en: 'ONE' }] };

test('a frozen text is adopted by the decision that passed on exactly it, and by no other', () => {
	const room = new Council();
	const version = { after: null, paragraphs: [paragraph('one')], reason: null, frozen, takes: [] };
	room.says(fatima, 'position.propose', version, 'v1');
	room.says(fatima, 'decision.open', terms(['sham']), 'd1');
	room.takes('sham.rima', {}, 's1', { at: 60 });
	room.says(fatima, 'decision.end', { decision: hash('d1') }, 'end', { at: DAY });
	expect(adoptionOf(room.register, text)).toBeNull();
	const outcome = { result: 'passed', outcome: { ar: 'اعتُمد', en: '' }, reasons: 'لا اعتراض', review: 20_800 };
	room.says(fatima, 'decision.close', { decision: hash('d1'), ...outcome }, 'close', { at: DAY + 60 });
	expect(adoptionOf(room.register, text)).toMatchObject({ decision: hash('d1'), model: { kind: 'consent' }, version: hash('v1') });
	expect(adoptionOf(room.register, { ...text, hash: hash('one letter else') })).toBeNull();
	expect(adoptionOf(room.register, { ...text, stream: streamId('copy') as StreamId })).toBeNull();
	// The hash of one text over the words of another.
	expect(adoptionOf(room.register, { ...text, pairs: [{ ar: 'other words', en: 'ONE' }] })).toBeNull();
});

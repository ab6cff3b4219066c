import { expect, test } from 'vitest';
import { hash, org, stance } from '../testing/council.ts';
import { streamId } from '../testing/said.ts';
import { answerOf, KEPT_ANSWER, keptAnswerIn } from './kept-answer.ts';
import { commitmentOf } from './sealed.ts';

const [SHAM, FURAT] = [org('sham'), org('furat')];
const answer = { ...stance(), version: hash('v1') };
const salt = hash('salt');
const commitment = commitmentOf({ decision: hash('d1'), organisation: SHAM }, salt, answer);
const content = { stream: streamId('issue'), decision: hash('d1'), commitment, salt, answer };
const letter = (more: object = {}, kind = KEPT_ANSWER) => ({ kind, content: { ...content, ...more } });

test('a letter keeps an answer for whoever can open it, and a letter that says something else than it binds keeps none', () => {
	expect(keptAnswerIn(letter(), SHAM)).toEqual(content);
	expect(keptAnswerIn(letter(), FURAT)).toBeNull();
	expect(keptAnswerIn(letter({ answer: { ...answer, value: 'block' } }), SHAM)).toBeNull();
	expect(keptAnswerIn(letter({ salt: hash('another') }), SHAM)).toBeNull();
	expect(keptAnswerIn(letter({ answer: 'support' }), SHAM)).toBeNull();
	expect(keptAnswerIn(letter({}, 'flag'), SHAM)).toBeNull();
	expect(keptAnswerIn({ kind: KEPT_ANSWER, content: null }, SHAM)).toBeNull();
});

test('of several kept answers the one opens that was sealed', () => {
	const kept = [keptAnswerIn(letter(), SHAM)!];
	expect(answerOf(kept, hash('d1'), commitment)).toBe(kept[0]);
	expect([answerOf(kept, hash('d2'), commitment), answerOf(kept, hash('d1'), null)]).toEqual([null, null]);
});

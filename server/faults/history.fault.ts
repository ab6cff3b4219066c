import { expect, test } from 'vitest';
import { broken, type History, type Place } from './testing/history.ts';

const place = (id: string, position: number, seq = position, stream = 's'): Place => ({ id, position, seq, stream });
const sending = (ids: string[], acknowledged: Place[] | null, client = 'c', stream = 's') => ({
	client,
	stream,
	ids,
	round: 1,
	acknowledged,
});

/** Three were sent, of which two were acknowledged, and readers were told of one. */
const history: History = {
	sendings: [sending(['a'], [place('a', 1)]), sending(['b', 'c'], [place('b', 2), place('c', 3)]), sending(['d'], null)],
	told: [place('b', 2)],
};
const log = [place('a', 1), place('b', 2), place('c', 3)];

test('a log in which everything acknowledged stands is good, with and without what nobody heard of again', () => {
	expect(broken(history, log)).toEqual([]);
	expect(broken(history, [...log, place('d', 4)])).toEqual([]);
});

test.each([
	['something acknowledged that is lost', [place('a', 1)], 'lost'],
	['something acknowledged at another place', [place('b', 1), place('a', 2), place('c', 3)], 'moved'],
	['an envelope that stands twice', [...log, place('a', 4)], 'doubled'],
	['a gap in the positions', [...log, place('d', 5, 4)], 'gap before'],
	['a gap in a stream', [...log, place('d', 4, 5)], 'gap in its stream'],
	['something told to a reader that is gone', [place('a', 1), place('c', 2)], 'told and gone'],
	['half of a batch', [place('a', 1), place('b', 2)], 'half of what c sent'],
	['something that nobody sent', [...log, place('x', 4)], 'sent by nobody'],
])('%s is found', (_what, wrong, words) => {
	expect(broken(history, wrong).join('\n')).toContain(words);
});

test('what one client sent later does not stand before what it sent earlier', () => {
	const two: History = { sendings: [sending(['a'], null), sending(['b'], null)], told: [] };
	expect(broken(two, [place('b', 1), place('a', 2)]).join('\n')).toContain('out of order');
	const several: History = { sendings: [sending(['a'], null, 'one'), sending(['b'], null, 'two')], told: [] };
	expect(broken(several, [place('b', 1), place('a', 2)])).toEqual([]);
});

test('an answer that leaves out what was sent is no acknowledgement', () => {
	expect(broken({ sendings: [sending(['a', 'b'], [place('a', 1)])], told: [] }, [place('a', 1), place('b', 2)]).join()).toContain(
		'without a word',
	);
});

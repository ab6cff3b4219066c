import type { AccountId, Hash } from '@multaqa/shared/bytes/ids';
import type { StreamEvent } from '@multaqa/shared/client/types';
import { expect, test } from 'vitest';
import { readUpTo, type Look } from './read-up-to.ts';

const me = 'me' as AccountId;
const event = (position: number, author = 'other', type = 'post.add') =>
	({ verified: true, id: `p${position}` as Hash, type, author, position }) as unknown as StreamEvent;
const refused = (position: number) => ({ verified: false, id: `r${position}`, position }) as unknown as StreamEvent;
const looks =
	(read: readonly string[], passed: readonly string[] = []) =>
	(id: string): Look =>
		read.includes(id) ? 'read' : passed.includes(id) ? 'passed' : 'none';
const seen = (...ids: string[]) => looks(ids);

test('what was seen from the first unread post on has been read', () => {
	const events = [event(1), event(4), event(5), event(9)];
	expect(readUpTo(events, 1, me, seen('p4', 'p5'))).toBe(5);
	expect(readUpTo(events, 1, me, seen('p4', 'p5', 'p9'))).toBe(9);
});

test('a jump to the end leaves unread what was passed over', () => {
	expect(readUpTo([event(1), event(2), event(3)], 0, me, seen('p3'))).toBe(0);
	expect(readUpTo([event(1), event(2), event(3)], 0, me, seen('p1', 'p3'))).toBe(1);
});

test('what was passed on the way counts once something after it was read, and not before', () => {
	const events = [event(1), event(2), event(3, 'other', 'post.react'), event(4), event(5)];
	expect(readUpTo(events, 0, me, looks(['p1'], ['p2', 'p4']))).toBe(1);
	expect(readUpTo(events, 0, me, looks(['p1', 'p4'], ['p2']))).toBe(4);
	expect(readUpTo(events, 0, me, looks(['p5'], ['p1', 'p2', 'p4']))).toBe(5);
});

test('own posts, reactions and what failed its checks need not be looked at, and nothing of them sticks', () => {
	const events = [event(1, 'me'), event(2, 'other', 'post.react'), refused(3), event(4), event(5, 'other', 'post.edit')];
	expect(readUpTo(events, 0, me, seen())).toBe(3);
	expect(readUpTo(events, 0, me, seen('p4'))).toBe(5);
});

test('what still waits on this device has no place yet', () => {
	expect(readUpTo([event(1), event(Infinity, 'me')], 0, me, seen('p1'))).toBe(1);
});

test('a mark never goes back', () => {
	expect(readUpTo([event(1), event(2)], 7, me, seen())).toBe(7);
});

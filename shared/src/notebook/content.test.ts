import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpaceId, StreamId } from '../bytes/ids.ts';
import {
	decodeNotebook,
	emptyNotebook,
	encodeNotebook,
	LEVELS,
	levelOf,
	markOf,
	mergeNotebooks,
	withFloor,
	withLevel,
	withRead,
	type Notebook,
} from './content.ts';

const space = 'space' as SpaceId;
const [one, other] = ['one', 'other'] as [StreamId, StreamId];

/** What somebody does on a device, in any order. */
const acts = fc.array(
	fc.oneof(
		fc.record({ act: fc.constant('read' as const), stream: fc.constantFrom(one, other), position: fc.nat(50) }),
		fc.record({ act: fc.constant('floor' as const), position: fc.nat(50) }),
		fc.record({
			act: fc.constant('level' as const),
			stream: fc.constantFrom(one, other),
			level: fc.constantFrom(...LEVELS),
			time: fc.nat(5),
		}),
	),
);
type Act = typeof acts extends fc.Arbitrary<readonly (infer One)[]> ? One : never;
const after = (list: readonly Act[]): Notebook =>
	list.reduce((notebook, act) => {
		if (act.act === 'read') return withRead(notebook, space, act.stream, act.position);
		if (act.act === 'floor') return withFloor(notebook, space, act.position);
		return withLevel(notebook, act.stream, act.level, act.time);
	}, emptyNotebook);
const marks = (notebook: Notebook) => [one, other].map((stream) => markOf(notebook, space, stream));

describe('a notebook on two devices', () => {
	test('is the same in whatever order they hear of each other', () => {
		fc.assert(
			fc.property(acts, acts, acts, (a, b, c) => {
				const [x, y, z] = [after(a), after(b), after(c)];
				expect(mergeNotebooks(x, y)).toEqual(mergeNotebooks(y, x));
				expect(mergeNotebooks(mergeNotebooks(x, y), z)).toEqual(mergeNotebooks(x, mergeNotebooks(y, z)));
				expect(mergeNotebooks(x, x)).toEqual(x);
			}),
		);
	});

	test('never unreads anything, whatever old state is replayed', () => {
		fc.assert(
			fc.property(acts, acts, (a, b) => {
				const [x, old] = [after(a), after(b)];
				const [before, now] = [marks(x), marks(mergeNotebooks(x, old))];
				expect(now.every((mark, place) => mark >= before[place]!)).toBe(true);
			}),
		);
	});

	test('keeps nothing of a stream once everything up to there has been read', () => {
		const read = withRead(withRead(emptyNotebook, space, one, 7), space, other, 12);
		expect(withFloor(read, space, 10).read[space]).toEqual({ floor: 10, above: { [other]: 12 } });
		expect(markOf(withFloor(read, space, 10), space, one)).toBe(10);
	});

	test('takes the later choice of how loud a thread is', () => {
		const [loud, quiet] = [withLevel(emptyNotebook, one, 'follow', 5), withLevel(emptyNotebook, one, 'mute', 4)];
		expect(levelOf(mergeNotebooks(quiet, loud), one)).toBe('follow');
		expect(levelOf(emptyNotebook, one)).toBe('normal');
	});
});

describe('what the server keeps of it', () => {
	test('comes back as it was', () => {
		fc.assert(
			fc.property(acts, (a) => {
				expect(decodeNotebook(encodeNotebook(after(a)))).toEqual(after(a));
			}),
		);
	});

	test('is as long for one thread as for four', () => {
		const reading = (threads: number) =>
			Array.from({ length: threads }).reduce<Notebook>(
				(notebook, _, place) => withRead(notebook, space, String(place).padStart(22, 'x') as StreamId, 10 + place),
				emptyNotebook,
			);
		expect(encodeNotebook(reading(4)).length).toBe(encodeNotebook(reading(1)).length);
	});
});

import { utf8 } from '../bytes/bytes.ts';

/** The session that Mallory writes under. */
export const MALLORY = 12_345;

type Id = readonly [client: number, clock: number];
/** One structure of a Yjs update, as bytes (its first form). */
type Struct = readonly number[];

/** A change that was made to cost its readers much, and those that it stands on. */
export interface HostileUpdate {
	readonly name: string;
	readonly before: readonly Uint8Array[];
	readonly update: Uint8Array;
}

const number = (value: number): readonly number[] => (value < 128 ? [value] : [128 | (value % 128), ...number(Math.floor(value / 128))]);
const text = (value: string): readonly number[] => [...number(utf8(value).length), ...utf8(value)];
const id = ([client, clock]: Id): readonly number[] => [...number(client), ...number(clock)];
const own = (clock: number): Id => [MALLORY, clock];
const [LEFT, RIGHT, KEY] = [128, 64, 32];

/** Letters between two others. */
const letters = (said: string, left: Id, right: Id | null = null): Struct => [
	4 | LEFT | (right ? RIGHT : 0),
	...id(left),
	...(right ? id(right) : []),
	...text(said),
];
const firstLetters = (said: string, parent: Id): Struct => [4, 0, ...id(parent), ...text(said)];
const lettersBefore = (said: string, right: Id): Struct => [4 | RIGHT, ...id(right), ...text(said)];
const map = (parent: Id | 'pairs', key: string): Struct => [
	7 | KEY,
	...(parent === 'pairs' ? [1, ...text(parent)] : [0, ...id(parent)]),
	...text(key),
	1,
];
const textIn = (parent: Id, key: string): Struct => [7 | KEY, 0, ...id(parent), ...text(key), 2];
const value = (parent: Id, key: string): Struct => [8 | KEY, 0, ...id(parent), ...text(key), 1, 126];
/** A pair with an Arabic text: two clocks. */
const pair = [map('pairs', 'p'), textIn(own(0), 'ar')];

type Deleted = readonly [client: number, ranges: readonly (readonly [from: number, length: number])[]];

/** Without spreading: these are long. */
function update(structs: readonly Struct[], from = 0, deleted: readonly Deleted[] = []): Uint8Array {
	const bytes: number[] = [];
	const put = (more: readonly number[]) => {
		for (const byte of more) bytes.push(byte);
	};
	put(structs.length === 0 ? [0] : [1, ...number(structs.length), ...number(MALLORY), ...number(from)]);
	for (const struct of structs) put(struct);
	put(number(deleted.length));
	for (const [client, ranges] of deleted) {
		put([...number(client), ...number(ranges.length)]);
		for (const [at, length] of ranges) put([...number(at), ...number(length)]);
	}
	return new Uint8Array(bytes);
}

const times = <One>(count: number, make: (at: number) => One): readonly One[] => Array.from({ length: count }, (_, at) => make(at));
const chain = (count: number) => [...pair, firstLetters('a', own(1)), ...times(count, (at) => letters('a', own(2 + at)))];

/** What is refused: each would hold a page for longer than anything may, or has no end. */
export function refusedUpdates(): readonly HostileUpdate[] {
	const alone = (name: string, bytes: Uint8Array): HostileUpdate => ({ name, before: [], update: bytes });
	return [
		alone('half a million structures', update(times(500_000, () => [0, 1]))),
		alone('the claim of a million structures', new Uint8Array([1, ...number(1_000_000), ...id(own(0))])),
		alone('a million deletions', update([], 0, [[1, times(500_000, (at) => [at, 1])]])),
		alone('the same deletion again and again', update([], 0, [[1, times(1_000, () => [0, 1_000_000])]])),
		alone(
			'deletions in a hundred thousand sessions',
			update(
				[],
				0,
				times(100_000, (at) => [at, [[0, 1]]]),
			),
		),
		alone(
			'a million values in one place',
			update([[8 | KEY, 1, ...text('about'), ...text('a'), ...number(300_000), ...times(300_000, () => 126)]]),
		),
		alone(
			'letters between letters that are no neighbours',
			update([...chain(1_900), ...times(1_900, (at) => letters('b', own(2 + at), own(1_902)))]),
		),
		alone(
			'letters at the beginning, each before another',
			update([...chain(1_900), ...times(1_900, (at) => lettersBefore('b', own(2 + at)))]),
		),
		alone('one value written four thousand times', update([...pair, ...times(3_900, () => value(own(0), 'kind'))])),
		alone('what no document of ours holds', update([...pair, [9 | KEY, 0, ...id(own(0)), ...text('doc')]])),
		inPieces(16),
		inPieces(1_000),
	];
}

/** What is taken, and may cost no more than anything else. */
export function heavyUpdates(): readonly HostileUpdate[] {
	const alone = (name: string, bytes: Uint8Array): HostileUpdate => ({ name, before: [], update: bytes });
	return [
		alone('maps within maps, four thousand deep', update([map('pairs', 'p'), ...times(3_900, (at) => map(own(at), 'x'))])),
		alone('four thousand letters one by one', update(chain(3_900))),
		alone('a text of half a million letters', update([...pair, firstLetters('a'.repeat(500_000), own(1))])),
		{
			name: 'two thousand deletions in a long text',
			before: [longText(100_000)],
			update: update([], 0, [[MALLORY, times(2_000, (at) => [2 + at * 2, 1])]]),
		},
	];
}

const longText = (length: number) => update([...pair, firstLetters('a'.repeat(length), own(1))]);

/** A long text that was cut into forty thousand pieces, and letters each of which names the two ends of it as neighbours. */
function inPieces(count: number): HostileUpdate {
	const length = 40_000;
	const begun = update([...pair, firstLetters('a', own(1))]);
	const long = update([letters('a'.repeat(length), own(2))], 3);
	const end = update([letters('z', own(length + 2))], length + 3);
	const cuts = times(20, (change) => update([], 0, [[MALLORY, times(1_000, (at) => [3 + (change * 1_000 + at) * 2, 1] as const)]]));
	const put = update(
		times(count, (at) => letters('b', own(3 + at * 2), own(length + 3))),
		length + 4,
	);
	return { name: `${count} letters that name the ends of a text in pieces`, before: [begun, long, end, ...cuts], update: put };
}

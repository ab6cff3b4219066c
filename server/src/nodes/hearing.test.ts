import { expect, test } from 'vitest';
import { textsOf, type Frame, type Said } from './frames.ts';
import { createHearing } from './hearing.ts';

function listening() {
	const clock = { time: 1_000_000 };
	const missed: number[] = [];
	const hearing = createHearing(
		() => clock.time,
		() => void missed.push(clock.time),
	);
	return { hearing, missed, pass: (milliseconds: number) => void (clock.time += milliseconds) };
}

function speaker(node: string) {
	let number = 0;
	return {
		say: (said: readonly Said[]): Frame[] => {
			const texts = textsOf(said);
			return texts.map((text, part) => ({ node, number: ++number, part, parts: texts.length, text }));
		},
		get number() {
			return number;
		},
	};
}

const short: readonly Said[] = [['subject', 'short']];
const long: readonly Said[] = [['subject', new Uint8Array(40_000)]];

test('what is said is heard whole, however long it is, and no part of it is too long for a notification', () => {
	const { hearing, missed } = listening();
	const one = speaker('one');
	const frames = [...one.say(short), ...one.say(long), ...one.say(short)];
	expect(frames.every((frame) => JSON.stringify(frame).length < 7_800)).toBe(true);
	expect(frames.flatMap((frame) => hearing.frame(frame))).toEqual([...short, ...long, ...short]);
	expect(missed).toEqual([]);
});

test('a frame that was lost is noticed by the next one, and half of something is never taken for the whole', () => {
	for (const lost of [0, 1, 3]) {
		const { hearing, missed } = listening();
		const one = speaker('one');
		const before = one.say(short).flatMap((frame) => hearing.frame(frame));
		const frames = one.say(long).filter((_, place) => place !== lost);
		const after = [...frames, ...one.say(short)].flatMap((frame) => hearing.frame(frame));
		expect([...before, ...after]).toEqual([...short, ...short]);
		expect(missed).toHaveLength(1);
	}
});

test('what was lost at the end is noticed by the next beat', () => {
	const { hearing, missed } = listening();
	const one = speaker('one');
	one.say(short).forEach((frame) => hearing.frame(frame));
	hearing.beat('one', one.number);
	expect(missed).toEqual([]);
	one.say(short);
	hearing.beat('one', one.number);
	hearing.beat('one', one.number);
	expect(missed).toHaveLength(1);
});

test('nodes that spoke before somebody listened are no loss; one whose beginning was lost is', () => {
	const { hearing, missed, pass } = listening();
	hearing.beat('old', 17);
	expect(missed).toEqual([]);
	pass(60_000);
	hearing.beat('new', 0);
	expect(missed).toEqual([]);
	hearing.beat('lost', 3);
	expect(missed).toHaveLength(1);
});

test('a frame that comes again is heard once', () => {
	const { hearing } = listening();
	const [frame] = speaker('one').say(short);
	expect([...hearing.frame(frame!), ...hearing.frame(frame!)]).toEqual(short);
});

test('a node that falls silent may have died before it said everything; one that said goodbye has not', () => {
	const { hearing, missed, pass } = listening();
	hearing.beat('killed', 3);
	hearing.beat('stopped', 5);
	hearing.beat('here', 0);
	expect(hearing.others).toBe(3);
	hearing.bye('stopped', 5);
	pass(8_000);
	hearing.beat('here', 0);
	hearing.look();
	expect(missed).toEqual([]);
	pass(8_000);
	hearing.look();
	hearing.look();
	expect(missed).toHaveLength(1);
	expect(hearing.others).toBe(1);
});

test('a goodbye tells as well how much there was to hear', () => {
	const { hearing, missed } = listening();
	hearing.beat('one', 1);
	hearing.bye('one', 2);
	expect(missed).toHaveLength(1);
});

import type { Push } from '@multaqa/db/notifications';
import type { AccountId, SpaceId } from '@multaqa/shared/bytes/ids';
import { beforeEach, expect, test } from 'vitest';
import { createSchedule, mailKey, MAIL_RHYTHM, pushKey, PUSH_RHYTHM, type Schedule } from './schedule.ts';

const [author, reader] = ['author', 'reader'] as AccountId[] as [AccountId, AccountId];
const [space, other] = ['space', 'other'] as SpaceId[] as [SpaceId, SpaceId];
const MINUTE = 60_000;
const START = Date.parse('2026-11-22T08:30:00Z');

let time: number;
let chance: number;
let schedule: Schedule;
const phone: Push = { session: 'phone', account: reader, endpoint: 'https://push/1', without: [], failing: false };
const mailbox = { account: reader, address: 'reader@example.org', language: 'ar', sent: null } as const;
beforeEach(() => {
	time = START;
	chance = 0;
	schedule = createSchedule(
		() => time,
		() => chance,
	);
});

/** Sends what is due now; answers whom. */
function sent(
	pushes: readonly Push[] = [phone],
	mails: readonly (typeof mailbox)[] = [],
	isIn: Parameters<Schedule['due']>[2] = () => true,
): string[] {
	const due = schedule.due(pushes, mails, isIn);
	const keys = [...due.pushes.map(pushKey), ...due.mails.map(mailKey)];
	keys.forEach((key) => schedule.sent(key));
	return keys;
}
/** Looks every twenty seconds for so long; answers after how many minutes something was sent. */
function minutesOfSending(minutes: number, look = () => sent()): number[] {
	const from = time;
	const times: number[] = [];
	for (; time <= from + minutes * MINUTE; time += 20_000) if (look().length > 0) times.push((time - from) / MINUTE);
	return times;
}

test('nobody is woken at the moment of writing, and how long it takes is left to chance', () => {
	schedule.heard(space, author);
	expect(minutesOfSending(30)).toEqual([PUSH_RHYTHM.least / MINUTE]);
	chance = 0.999;
	schedule.seen(reader);
	time += 60 * MINUTE;
	schedule.heard(space, author);
	expect(minutesOfSending(30)).toEqual([PUSH_RHYTHM.most / MINUTE]);
});

test('a hundred posts wake a device once, and then not again until the person has been here', () => {
	for (let post = 0; post < 100; post++) {
		schedule.heard(space, author);
		sent();
		time += 10_000;
	}
	expect(minutesOfSending(60)).toEqual([]);
	schedule.seen(reader);
	time += MINUTE;
	schedule.heard(space, author);
	expect(minutesOfSending(10)).toEqual([1]);
});

test('two knocks stand twenty minutes apart, however often the person comes', () => {
	schedule.heard(space, author);
	minutesOfSending(1);
	time += MINUTE;
	schedule.seen(reader);
	time += MINUTE;
	schedule.heard(space, author);
	const [minutes = 0] = minutesOfSending(60);
	expect(minutes).toBeGreaterThan(15);
	expect(minutes).toBeLessThan(22);
});

test('whoever came meanwhile is not woken for what they have seen', () => {
	schedule.heard(space, author);
	expect(sent()).toEqual([]);
	time += 30_000;
	schedule.seen(reader);
	expect(minutesOfSending(60)).toEqual([]);
});

test('nobody is woken by their own words, by a space they are not in, or by one they excluded', () => {
	schedule.heard(space, reader);
	expect(minutesOfSending(60)).toEqual([]);
	schedule.heard(space, author);
	expect(minutesOfSending(60, () => sent([phone], [], () => false))).toEqual([]);
	schedule.heard(space, author);
	expect(minutesOfSending(60, () => sent([{ ...phone, without: [space] }]))).toEqual([]);
	schedule.heard(other, author);
	expect(minutesOfSending(60, () => sent([{ ...phone, without: [space] }]))).toHaveLength(1);
});

test('a push that was missed is followed by another after a day, a mail by none', () => {
	schedule.heard(space, author);
	minutesOfSending(60, () => sent([phone], [mailbox]));
	time += 25 * 60 * MINUTE;
	schedule.heard(space, author);
	expect(sent([phone], [mailbox])).toEqual([]);
	time += 60 * MINUTE;
	expect(sent([phone], [mailbox])).toEqual([pushKey(phone)]);
});

test('after a restart a mailbox that was written to is left alone until its owner has been here', () => {
	const written = { ...mailbox, sent: '2026-11-22T08:00:00.000Z' } as unknown as typeof mailbox;
	const look = () => sent([], [written]);
	schedule.heard(space, author);
	expect(minutesOfSending(60, look)).toEqual([]);
	time = START + MAIL_RHYTHM.apart + 60 * MINUTE;
	schedule.seen(reader);
	time += MINUTE;
	schedule.heard(space, author);
	expect(minutesOfSending(60, look)).toEqual([MAIL_RHYTHM.least / MINUTE]);
});

import type { AccountId, Hash, StreamId } from '@multaqa/shared/bytes/ids';
import type { Measure, StreamEvent, VerifiedEvent } from '@multaqa/shared/client/types';
import type { LogEntry, Moderation } from '@multaqa/shared/moderation/moderation';
import { expect, test } from 'vitest';
import { isLogBroken } from './broken.ts';
import { logOf, narrowedLog } from './log.ts';

const stream = 'T'.repeat(22) as StreamId;
const opener = 'opener' as AccountId;
const leader = 'leader' as AccountId;
const nothing: Moderation = { log: [], measures: new Map(), admitted: new Set(), words: [], broken: 0 };

function said(type: string, content: object, position: number, about: Partial<VerifiedEvent> = {}): StreamEvent {
	const base = { verified: true, id: `${type}-${position}`, stream: 'index', type, content, position, time: position, waiting: false };
	return { ...base, author: leader, role: 'facilitator', ...about } as unknown as VerifiedEvent;
}
const opened = said('thread.open', { stream, title: 'Topic' }, 1, { author: opener, role: 'member' });
const close = (on: boolean, position: number, about: Partial<VerifiedEvent> = {}) =>
	said('thread.close', { stream, on, reason: on ? 'enough' : null }, position, about);
const kinds = (moderation: Moderation, index: readonly StreamEvent[]) => logOf(moderation, index).map(({ kind }) => kind);

function decided(kind: Measure['kind'], position: number): { entry: LogEntry; measure: Measure } {
	const id = `${kind}-${position}` as Hash;
	const content = { stream, post: 'P'.repeat(43) as Hash, reason: 'why', days: 1 };
	const act = { type: `moderation.${kind}`, content } as LogEntry['act'];
	const entry: LogEntry = { id, act, by: leader, time: position, position, waiting: false, measure: id };
	return { entry, measure: { id, kind, stream } as Measure };
}
const moderated = (...all: readonly ReturnType<typeof decided>[]): Moderation => ({
	...nothing,
	log: all.map(({ entry }) => entry),
	measures: new Map(all.map(({ measure }) => [measure.id, measure])),
});

test('acts and closings stand in one list, in the order of the space, the newest first', () => {
	const moderation = moderated(decided('hide', 2), decided('silence', 5));
	expect(kinds(moderation, [opened, close(true, 3), close(false, 7)])).toEqual([
		'thread.reopen',
		'moderation.silence',
		'thread.close',
		'moderation.hide',
	]);
});

test('a closing by a member, or of a thread that was never opened, never happened', () => {
	expect(kinds(nothing, [opened, close(true, 2, { author: opener, role: 'member' })])).toEqual([]);
	expect(kinds(nothing, [close(true, 2)])).toEqual([]);
});

test('a new title is told when somebody else gave it, not when its opener did', () => {
	const rename = (author: AccountId) => said('thread.rename', { stream, title: 'New' }, 2, { author });
	expect(kinds(nothing, [opened, rename(leader)])).toEqual(['thread.rename']);
	expect(kinds(nothing, [{ ...opened, author: leader } as StreamEvent, rename(leader)])).toEqual([]);
});

test('the log is narrowed to people, and what ended a silence stands with them', () => {
	const silence = decided('silence', 2);
	const lift = { type: 'moderation.lift', content: { measure: silence.measure.id, reason: 'enough' } } as LogEntry['act'];
	const moderation = moderated(decided('hide', 1), silence);
	const log = logOf({ ...moderation, log: [...moderation.log, { ...silence.entry, id: 'lift' as Hash, act: lift, position: 3 }] }, []);
	expect(narrowedLog(log, 'people').map(({ kind }) => kind)).toEqual(['moderation.lift', 'moderation.silence']);
	expect(narrowedLog(log, 'all')).toHaveLength(3);
});

test('the log is broken by what is missing in it or in its space, not by what was found elsewhere', () => {
	const found = (kind: string, space: string) => [{ kind, space }] as never;
	const isBroken = (broken: number, findings: never) => isLogBroken({ broken }, findings, 'here' as never);
	expect(isBroken(0, [] as never)).toBe(false);
	expect(isBroken(1, [] as never)).toBe(true);
	expect(isBroken(0, found('missing', 'here'))).toBe(true);
	expect([isBroken(0, found('missing', 'elsewhere')), isBroken(0, found('key-missing', 'here'))]).toEqual([false, false]);
});

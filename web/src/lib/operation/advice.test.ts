import type { OperationState } from '@multaqa/shared/client/types';
import { expect, test } from 'vitest';
import { m } from '../paraglide/messages.js';
import { adviceOn } from './advice.ts';

const NOW = Date.parse('2026-11-23T12:00:00.000Z') / 1000;
const GIGABYTE = 1_000_000_000;
const well: OperationState = {
	version: '1.0.0',
	database: 'sqlite',
	since: '2026-11-23T08:00:00.000Z',
	databaseBytes: GIGABYTE,
	freeBytes: 20 * GIGABYTE,
	attachmentBytes: GIGABYTE / 2,
	attachmentRoom: 5 * GIGABYTE,
	lastBackup: { hour: '2026-11-22T03:00:00.000Z', bytes: GIGABYTE },
	sockets: 40,
	waiting: 3,
};
const said = (change: Partial<OperationState>) => adviceOn({ ...well, ...change }, NOW).map(({ text }) => text);

test('where everything is as it should be nothing is said against it', () => {
	expect(said({})).toEqual([]);
	expect(said({ freeBytes: null })).toEqual([]);
});

test('a missing and an old backup are told apart', () => {
	expect(said({ lastBackup: null })).toEqual([m.machine_backup_none()]);
	expect(said({ lastBackup: { hour: '2026-11-15T11:00:00.000Z', bytes: 1 } })).toEqual([m.machine_backup_old()]);
	expect(said({ lastBackup: { hour: '2026-11-16T13:00:00.000Z', bytes: 1 } })).toEqual([]);
});

test('a backup that is dated in the future is not taken for a new one; an hour ahead is only a clock', () => {
	expect(said({ lastBackup: { hour: '2027-01-01T00:00:00.000Z', bytes: 1 } })).toEqual([m.machine_backup_ahead()]);
	expect(said({ lastBackup: { hour: '2026-11-23T13:00:00.000Z', bytes: 1 } })).toEqual([]);
});

test('a disk counts as nearly full below a gigabyte, and sooner where the forum is large', () => {
	expect(said({ freeBytes: GIGABYTE / 2 })).toEqual([m.machine_disk_full()]);
	expect(said({ freeBytes: 2 * GIGABYTE })).toEqual([]);
	expect(said({ freeBytes: 2 * GIGABYTE, databaseBytes: 30 * GIGABYTE })).toEqual([m.machine_disk_full()]);
});

test('the worst is said first', () => {
	const advice = adviceOn({ ...well, freeBytes: 0, waiting: 500, lastBackup: null, attachmentBytes: 5 * GIGABYTE }, NOW);
	expect(advice.map(({ tone }) => tone)).toEqual(['danger', 'danger', 'waiting', 'waiting']);
});

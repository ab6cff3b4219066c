import type { OperationState } from '@multaqa/shared/client/types';
import { m } from '../paraglide/messages.js';

/** What those should know who look after the machine, in plain words. */
export interface Advice {
	/** `danger`: members notice it soon, or do already. */
	readonly tone: 'waiting' | 'danger';
	readonly text: string;
}

const DAY = 24 * 3600;
const WEEK = 7 * DAY;
const GIGABYTE = 1_000_000_000;
/** What is left when a disk counts as nearly full: this, or a tenth of what the forum has grown to. */
const LITTLE = GIGABYTE;
const NEARLY = 0.9;
/** Appends that wait at once; a good disk takes hundreds in a second. */
const MANY = 200;

/** What is not as it should be, the worst first; none: everything is fine. */
export function adviceOn(state: OperationState, now: number): readonly Advice[] {
	const { freeBytes, databaseBytes, attachmentBytes, attachmentRoom, waiting, lastBackup } = state;
	const advice: Advice[] = [];
	if (freeBytes !== null && freeBytes < Math.max(LITTLE, databaseBytes / 10)) advice.push({ tone: 'danger', text: m.machine_disk_full() });
	if (waiting > MANY) advice.push({ tone: 'danger', text: m.machine_slow() });
	const backup = aboutBackup(lastBackup, now);
	if (backup !== null) advice.push({ tone: 'waiting', text: backup });
	if (attachmentBytes > attachmentRoom * NEARLY) advice.push({ tone: 'waiting', text: m.machine_attachments_full() });
	return advice;
}

/** A date that is still to come says nothing: it would call a backup new until then. */
function aboutBackup(last: OperationState['lastBackup'], now: number): string | null {
	if (last === null) return m.machine_backup_none();
	const age = now - Date.parse(last.hour) / 1000;
	if (age < -DAY) return m.machine_backup_ahead();
	return age > WEEK ? m.machine_backup_old() : null;
}

import { Problem } from '@multaqa/shared/problem';

/** Why a database is not opened, for whoever runs the server: what it is, and what to do. Without values from inside. */
const WORDS = {
	'file-is-whole': 'is damaged. Stop here, keep a copy of the folder as it is, and restore the last backup',
	'file-is-ours': 'is not the database of a forum. Look at DATA_DIR, or move the file away',
	'file-is-not-newer': 'was written by a newer version of this program. Start that version, or restore a backup that was made before it',
	'journal-is-of-this-file':
		'and the file «-wal» beside it do not belong together. If forum.db was put there from a backup, move «-wal» and «-shm» away; otherwise put the forum.db back that was there before',
	'file-can-be-opened': 'cannot be opened. Look at the owner and the rights of the file and its folder',
	'disk-can-be-written': 'cannot be written. Look at the rights of the file and its folder, and whether the disk is mounted read-only',
	'disk-has-room': 'cannot be opened: the disk is full. Make room and start again',
	'chains-hold':
		'holds signed links that do not fit together: it was damaged or altered. Keep a copy of it as it is, and restore the last backup',
	'nobody-else-writes': 'is being written by another program. End it, or wait until it is done',
} as const;

export type Trouble = keyof typeof WORDS;

/** Nothing that starting again would cure: a supervisor should leave it at that (sysexits: EX_DATAERR). */
const IN_THE_DATA = 65;
/** Of the machine: starting again later may help (sysexits: EX_IOERR). */
const IN_THE_MACHINE = 74;
const OF_THE_DATA: readonly string[] = ['file-is-whole', 'file-is-ours', 'file-is-not-newer', 'journal-is-of-this-file', 'chains-hold'];

/** A database that is not opened is `storage-unavailable`, with the rule that was broken and plain words. */
export const trouble = (rule: Trouble, what: string): Problem =>
	new Problem('storage-unavailable', { rule, reason: `${what} ${WORDS[rule]}.` });

/** How a program ends that could not open its database; `null` when that was not the reason. */
export function exitCodeOf(error: unknown): number | null {
	const rule = error instanceof Problem ? error.detail.rule : undefined;
	if (rule === undefined || !(rule in WORDS)) return null;
	return OF_THE_DATA.includes(rule) ? IN_THE_DATA : IN_THE_MACHINE;
}

const BY_CODE: readonly (readonly [RegExp, Trouble])[] = [
	[/^SQLITE_NOTADB/, 'file-is-ours'],
	[/^SQLITE_CORRUPT/, 'file-is-whole'],
	[/^(SQLITE_READONLY|EROFS)/, 'disk-can-be-written'],
	[/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'disk-has-room'],
	[/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'nobody-else-writes'],
	[/^(SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EEXIST|ENOTDIR|EISDIR)/, 'file-can-be-opened'],
	[/^SQLITE_IOERR_SHORT_READ/, 'file-is-whole'],
	[/^(SQLITE_IOERR|EIO|EFBIG)/, 'disk-can-be-written'],
];

/** What a driver or the system says while a database is being opened; anything unknown stays what it is. */
export function troubleOf(error: unknown, file: string): unknown {
	const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
	const known = BY_CODE.find(([pattern]) => pattern.test(code));
	return known && !(error instanceof Problem) ? trouble(known[1], file) : error;
}

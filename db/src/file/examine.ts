import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readJournal, type Journal } from './journal.ts';
import { trouble } from './trouble.ts';

/** «Mltq», in the header of every database of ours. */
export const OURS = 0x4d6c7471;

const HEADER = 100;
const MAGIC = 'SQLite format 3\0';
/** SQLite never writes the page that holds the byte at this place: it locks it. */
const LOCKED_BYTE = 2 ** 30;
/** Another process may write while we look; what is wrong three times is wrong. */
const LOOKS = 3;

export interface Examined {
	/** The last program did not end in order: its log is still there. */
	readonly interrupted: boolean;
	readonly bytes: number;
}

/**
 * Looks at a SQLite file and its log before SQLite does. SQLite applies a log to whatever file it lies beside, and a
 * forum.db that was put back from a backup with yesterday's log beside it would be ruined by being opened.
 * @throws Problem `file-is-ours`, `file-is-whole`, `journal-is-of-this-file`
 */
export function examine(file: string): Examined {
	for (let look = 1; ; look++) {
		const journal = readJournal(`${file}-wal`);
		const bytes = sizeOf(file);
		const wrong = bytes === 0 ? (journal ? 'journal-is-of-this-file' : null) : wrongWith(file, bytes, journal);
		if (wrong === null) return { interrupted: journal !== null, bytes };
		if (look === LOOKS) throw trouble(wrong, file);
	}
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function wrongWith(file: string, bytes: number, journal: Journal | null) {
	// A rollback journal: SQLite was interrupted while it made the file, and puts that right by itself.
	if (sizeOf(`${file}-journal`) > 0) return null;
	const header = readHeader(file);
	if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'file-is-ours';
	const application = header.readUInt32BE(68);
	if (application !== 0 && application !== OURS) return 'file-is-ours';
	const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
	const pages = header.readUInt32BE(28);
	if (!journal) return bytes < pages * pageSize ? 'file-is-whole' : null;
	const there = Math.floor(bytes / pageSize);
	const isOfThisFile =
		journal.pageSize === pageSize &&
		(journal.written.has(1) ? journal.marks.has(header.readUInt32BE(60)) : journal.pages === pages) &&
		holdsAll(journal, there, pageSize);
	return isOfThisFile ? null : 'journal-is-of-this-file';
}

/** Pages beyond the end of the file stand nowhere but in its log. */
function holdsAll({ pages, written }: Journal, there: number, pageSize: number): boolean {
	const locked = LOCKED_BYTE / pageSize + 1;
	for (let page = there + 1; page <= pages; page++) if (page !== locked && !written.has(page)) return false;
	return true;
}

function readHeader(file: string): Buffer {
	const header = Buffer.alloc(HEADER);
	const descriptor = openSync(file, 'r');
	try {
		readSync(descriptor, header, 0, HEADER, 0);
	} finally {
		closeSync(descriptor);
	}
	return header;
}

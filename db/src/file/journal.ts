import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What a write-ahead log says of the file it belongs to, read without SQLite: it would apply any log to any file. */
export interface Journal {
	readonly pageSize: number;
	/** Pages of the database after the last transaction that was committed. */
	readonly pages: number;
	/** Numbers of the pages that committed transactions wrote. */
	readonly written: ReadonlySet<number>;
	/** The mark (`user_version`) in each version of the first page. */
	readonly marks: ReadonlySet<number>;
}

const HEADER = 32;
const FRAME_HEADER = 24;
const FIRST_PAGE = 1;
/** Where the first page has `user_version`. */
const MARK = 60;
const MAGIC = 0x377f0682;

/** The committed part of a log; `null` when there is none. What a crash cut off in the middle does not count. */
export function readJournal(file: string): Journal | null {
	const descriptor = openIfThere(file);
	if (descriptor === null) return null;
	try {
		return readFrames(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

function openIfThere(file: string): number | null {
	try {
		return openSync(file, 'r');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw error;
	}
}

function readFrames(descriptor: number): Journal | null {
	const header = Buffer.alloc(HEADER);
	if (readSync(descriptor, header, 0, HEADER, 0) < HEADER) return null;
	const magic = header.readUInt32BE(0);
	if (magic !== MAGIC && magic !== MAGIC + 1) return null;
	const sum = summing(magic === MAGIC);
	sum.add(header.subarray(0, 24));
	if (!sum.is(header.readUInt32BE(24), header.readUInt32BE(28))) return null;
	const pageSize = header.readUInt32BE(8);
	const committed = { pages: 0, written: new Set<number>(), marks: new Set<number>() };
	let pending: { page: number; mark: number | null }[] = [];
	const frame = Buffer.alloc(FRAME_HEADER + pageSize);
	const { size } = fstatSync(descriptor);
	for (let place = HEADER; place + frame.length <= size; place += frame.length) {
		if (readSync(descriptor, frame, 0, frame.length, place) < frame.length) break;
		// Salts of an earlier round: what is left of a log that was written over.
		if (frame.compare(header, 16, 24, 8, 16) !== 0) break;
		sum.add(frame.subarray(0, 8));
		sum.add(frame.subarray(FRAME_HEADER));
		if (!sum.is(frame.readUInt32BE(16), frame.readUInt32BE(20))) break;
		const page = frame.readUInt32BE(0);
		pending.push({ page, mark: page === FIRST_PAGE ? frame.readUInt32BE(FRAME_HEADER + MARK) : null });
		const pages = frame.readUInt32BE(4);
		if (pages === 0) continue;
		committed.pages = pages;
		for (const each of pending) {
			committed.written.add(each.page);
			if (each.mark !== null) committed.marks.add(each.mark);
		}
		pending = [];
	}
	return committed.pages === 0 ? null : { pageSize, ...committed };
}

/** The running sum over words by which SQLite knows a whole frame. */
function summing(littleEndian: boolean) {
	let [first, second] = [0, 0];
	return {
		add(bytes: Buffer): void {
			for (let place = 0; place < bytes.length; place += 8) {
				first = (first + (littleEndian ? bytes.readUInt32LE(place) : bytes.readUInt32BE(place)) + second) >>> 0;
				second = (second + (littleEndian ? bytes.readUInt32LE(place + 4) : bytes.readUInt32BE(place + 4)) + first) >>> 0;
			}
		},
		is: (one: number, other: number) => one === first && other === second,
	};
}

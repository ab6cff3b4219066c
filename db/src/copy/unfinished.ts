import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const files = new Set<string>();

/** What SQLite may lay beside a file. */
export const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

/** The process that writes it stands in its name. */
const UNFINISHED = /\.(\d+)-[0-9a-f]{8}\.unfinished(?:-\w+)?$/;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Writes a file that is nothing before `work` is done, under a name of its own beside `path`: whatever ends the work, and
 * the program, it does not stay. What a power cut left of an earlier one goes as well: it may be what fills the disk.
 */
export async function whileUnfinished<Result>(path: string, work: (file: string) => Promise<Result>): Promise<Result> {
	removeAbandoned(path);
	const file = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.unfinished`;
	files.add(file);
	try {
		return await work(file);
	} finally {
		remove(file);
	}
}

/** For a program that is told to end in the middle. Answers whether there was anything. */
export function removeUnfinished(): boolean {
	const wasBusy = files.size > 0;
	for (const file of files) remove(file);
	return wasBusy;
}

function remove(file: string): void {
	for (const suffix of BESIDE) rmSync(file + suffix, { force: true });
	files.delete(file);
}

/** Of any file in the folder: backups bear the hour in their names. */
function removeAbandoned(path: string): void {
	const folder = dirname(path);
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) {
		const writer = UNFINISHED.exec(name)?.[1];
		const isOurs = name.startsWith('forum') || name.startsWith(basename(path));
		if (writer === undefined || !isOurs) continue;
		const file = join(folder, name);
		if (!isAlive(Number(writer)) || isOld(file)) rmSync(file, { force: true });
	}
}

/** Numbers of processes are given again: what a day did not finish is nobody's. */
const isOld = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - DAY;

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as { code?: unknown }).code === 'EPERM';
	}
}

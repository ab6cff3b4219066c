import { Refusal } from '@multaqa/db/copy/refusal';
import { existsSync, statSync } from 'node:fs';
import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a backup goes: a name that was chosen, or the hour as a name in a folder. */
export interface Target {
	readonly path: string;
	readonly isFolder: boolean;
}

export function targetOf(to: string, now: number): Target {
	const isFolder = existsSync(to) && statSync(to).isDirectory();
	const when = new Date(now).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
	return { path: isFolder ? join(to, `forum-${when}.age`) : to, isFolder };
}

/** @throws Refusal `taken` */
export function requireNew(path: string): void {
	if (existsSync(path)) throw taken(path);
}

const taken = (path: string) => new Refusal('taken', `${path} is there already: a backup never replaces a file.`);

/**
 * Gives what is finished its name, and never to two: in a folder another backup of the same minute, or of a clock that
 * stands still, has the next number. @returns the name
 */
export async function takeName(part: string, { path, isFolder }: Target): Promise<string> {
	for (let count = 1; ; count++) {
		const name = count === 1 ? path : path.replace(/\.age$/, `-${count}.age`);
		if (await isTaken(part, name)) {
			if (!isFolder) throw taken(name);
			continue;
		}
		await syncFolder(dirname(name));
		return name;
	}
}

/** A second name and then one less, since renaming would replace what is there. */
async function isTaken(part: string, name: string): Promise<boolean> {
	try {
		await link(part, name);
	} catch (error) {
		if (isCode(error, 'EEXIST') || existsSync(name)) return true;
		if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
		// A disk without second names (FAT, some shares).
		await rename(part, name);
		return false;
	}
	await unlink(part);
	return false;
}

const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
	typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));

async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, 'r');
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}

import { isProblem } from '@multaqa/shared/problem';

const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const NOT_ALLOWED = ['EACCES', 'EPERM', 'EROFS'];
const NO_FOLDER = ['ENOENT', 'ENOTDIR', 'EISDIR'];
const BROKEN = ['EIO', 'ENXIO', 'ESTALE'];

/** What went wrong on the way, for whoever runs the server. */
export function wordsFor(error: unknown): string {
	const code = codeOf(error);
	if (isProblem(error, 'storage-full') || NO_ROOM.includes(code)) return 'There is no room left on the disk. Nothing was left behind.';
	if (isProblem(error, 'storage-unavailable')) return 'The database cannot be reached, or another program holds it. Try again when it can.';
	if (NOT_ALLOWED.includes(code)) return 'This user may not write there, or the disk is mounted read-only.';
	if (NO_FOLDER.includes(code)) return 'The folder to write to does not exist.';
	if (BROKEN.includes(code)) return 'The disk does not take what is written, or does not give it back: look at the disk.';
	if (isProblem(error)) return `The database answered what was not expected (${error.detail.reason ?? error.code}).`;
	return error instanceof Error ? error.message : 'It went wrong.';
}

const codeOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

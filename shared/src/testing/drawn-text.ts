import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOW_TO = 'pdftotext was not found: install it with `apt-get install poppler-utils` or `brew install poppler`.';

/** Finds Poppler's `pdftotext`, or installs it as root on Debian. @throws Error with the command that cures it */
export function requirePoppler(): void {
	for (const bring of [() => undefined, bringDebian]) {
		try {
			bring();
			execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
			return;
		} catch {
			// The next way may work; the last word is the error below.
		}
	}
	throw new Error(HOW_TO);
}

function bringDebian(): void {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
	const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	execFileSync('apt-get', ['update'], { stdio: 'ignore', env: environment });
	execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'poppler-utils'], { stdio: 'ignore', env: environment });
}

/** What one of Poppler's programs says of a PDF. */
export function poppler(program: 'pdftotext' | 'pdfinfo' | 'pdffonts', pdf: Uint8Array, ...options: readonly string[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'drawn-'));
	try {
		const file = join(folder, 'a.pdf');
		writeFileSync(file, pdf);
		return execFileSync(program, [...options, file, ...(program === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' });
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The pages of a PDF as text. Around runs stand marks of direction, of pdftotext's and of the file's, which are none of the text's. */
export const drawnPages = (pdf: Uint8Array): readonly string[] =>
	poppler('pdftotext', pdf, '-enc', 'UTF-8')
		.replaceAll(/[\u202A-\u202E\u200E\u200F]/g, '')
		.split('\f')
		.slice(0, -1);

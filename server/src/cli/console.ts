import type { Progress } from '../operation/progress.ts';
import type { Findings } from '../operation/findings.ts';

/** Where a command speaks: results to one side, everything else to the other. */
export interface Voice {
	say(line: string): void;
	tell(line: string): void;
	/** Lines that come often replace each other on a terminal, and are left out elsewhere. */
	readonly progress: Progress;
}

const OFTEN = 500;

export function createVoice(out: NodeJS.WriteStream, error: NodeJS.WriteStream): Voice {
	let last = 0;
	let isOpen = false;
	const endProgress = () => {
		if (isOpen) error.write('\n');
		isOpen = false;
	};
	return {
		say(line) {
			endProgress();
			out.write(`${line}\n`);
		},
		tell(line) {
			endProgress();
			error.write(`${line}\n`);
		},
		progress(stage, done, all) {
			if (!error.isTTY || Date.now() - last < OFTEN) return;
			last = Date.now();
			isOpen = true;
			const of = all === null ? '' : ` of ${all.toLocaleString('en')}`;
			error.write(`\r\x1b[K${done.toLocaleString('en')}${of} rows ${stage}`);
		},
	};
}

/** A forum in numbers, for somebody who compares two of them. */
export function describe({ accounts, chains, spaces, events, pieces, pieceBytes, fingerprint }: Findings): string {
	const megabytes = (pieceBytes / 1024 / 1024).toFixed(1);
	const numbers = [
		`${accounts} accounts`,
		`${chains} chains`,
		`${spaces} spaces with something in them`,
		`${events} events`,
		`${pieces} pieces of attachments (${megabytes} MB)`,
	];
	return `${numbers.join(', ')}\nFingerprint of all chains, logs and attachments: ${fingerprint}`;
}

import { bring, requireFree } from '@multaqa/db/copy/place';
import type { Outline } from '@multaqa/db/copy/read';
import { Refusal } from '@multaqa/db/copy/refusal';
import { requireKnownVersion } from '@multaqa/db/copy/write';
import type { Connection, Place } from '@multaqa/db/database';
import { openLedger } from '../chain/ledger.ts';
import { readArchive } from './archive.ts';
import { createFindings, type Findings } from './findings.ts';
import { findingsOf } from './check.ts';
import { readIdentities } from './keys.ts';
import { withProgress, type Progress } from './progress.ts';
import { openSealed } from './sealing.ts';

export interface RestoreOptions {
	readonly from: string;
	/** A file with a secret key of age. */
	readonly identity: string;
	readonly to: Place | Connection;
	/** A forum that is there already is set aside. */
	readonly replace: boolean;
	readonly progress: Progress;
	readonly now: () => number;
}

export interface Restored {
	readonly findings: Findings;
	readonly made: string;
	/** Where the forum that was there before lies now. */
	readonly aside: string | null;
}

/**
 * Reads the whole backup first, without touching anything; then brings it to its place, reads every row there again,
 * replays every chain, and compares. @throws Refusal, and then nothing has changed
 */
export async function restore({ from, identity, to, replace, progress, now }: RestoreOptions): Promise<Restored> {
	const identities = await readIdentities(identity);
	const open = async () => readArchive(await openSealed(from, identities));
	const told = await readThrough(open, progress);
	requireSound(told.findings);
	await requireFree(to, replace);
	const archive = await open();
	const examine = (db: Connection) => requireSame(db, archive.outline, told.findings, now);
	const blocks = withProgress(archive.blocks, 'restored', told.rows, progress);
	const { aside } = await bring(to, { outline: archive.outline, blocks, examine }, replace);
	return { findings: told.findings, made: archive.made, aside };
}

async function readThrough(open: () => ReturnType<typeof readArchive>, progress: Progress): Promise<{ findings: Findings; rows: number }> {
	const archive = await open();
	requireKnownVersion(archive.outline);
	const findings = createFindings(archive.outline);
	let rows = 0;
	for await (const block of withProgress(archive.blocks, 'examined', null, progress)) {
		findings.add(block);
		rows += block.rows.length;
	}
	return { findings: findings.result, rows };
}

/** A backup whose insides do not hold was made of a damaged database, or by somebody else who knows the public key. */
function requireSound({ faults, accounts }: Findings): void {
	if (accounts === 0) throw new Refusal('altered', 'The backup holds no forum.');
	if (faults.length > 0) throw new Refusal('altered', `The backup does not hold together: ${faults.join(', ')}.`);
}

/** The chains are replayed with all their signatures, and heads, logs and attachments are those of the backup. */
export async function requireSame(db: Connection, outline: Outline, expected: Findings, now: () => number): Promise<void> {
	await openLedger(db, now).catch(() => {
		throw new Refusal('altered', 'The chains do not hold: a signature or a rule is broken in what was brought.');
	});
	const found = await findingsOf(db, outline);
	if (found.fingerprint !== expected.fingerprint || found.faults.length > 0)
		throw new Refusal('different', 'What is there now is not what the backup holds: look at the disk.');
}

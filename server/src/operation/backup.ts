import { closeDatabase, type Connection, type Place } from '@multaqa/db/database';
import { inSnapshot, isInhabited, openExisting } from '@multaqa/db/copy/open';
import { blocksOf, countsOf, createSums, differencesOf, outlineOf, type Sums } from '@multaqa/db/copy/read';
import { whileUnfinished } from '@multaqa/db/copy/unfinished';
import { Refusal } from '@multaqa/db/copy/refusal';
import { hourOf } from '@multaqa/db/hour';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { readArchive, writeArchive } from './archive.ts';
import { createFindings, type Findings } from './findings.ts';
import { passingKey, readRecipients } from './keys.ts';
import { rememberBackup, type LastBackup } from './last-backup.ts';
import { withProgress, type Progress } from './progress.ts';
import { openSealed, sealStream } from './sealing.ts';
import { requireNew, takeName, targetOf } from './target.ts';

export interface BackupOptions {
	/** Where the forum is; `Connection`: one that is open already, and stays open. */
	readonly from: Place | Connection;
	/** A file that is not there yet, or a folder. */
	readonly to: string;
	/** A public key of age, or a file with some. */
	readonly recipient: string;
	readonly progress: Progress;
	readonly now: () => number;
}

export interface BackedUp {
	readonly path: string;
	readonly bytes: number;
	readonly findings: Findings;
	/** Whether coordinators will see that there is one. */
	readonly noted: boolean;
}

/**
 * Writes everything that matters into one sealed file, while the server runs, and reads the file back from the disk
 * before it counts: with a key of its own that exists in memory for so long and is then forgotten.
 */
export async function backup({ from, to, recipient, progress, now }: BackupOptions): Promise<BackedUp> {
	const recipients = await readRecipients(recipient);
	const target = targetOf(to, now());
	if (!target.isFolder) requireNew(target.path);
	const db = isPlace(from) ? await openExisting(from) : from;
	if (!db) throw new Refusal('nothing-there', 'There is no forum here. Set DATA_DIR or DATABASE_URL as the server has them.');
	try {
		return await whileUnfinished(target.path, async (part) => {
			const passing = await passingKey(recipients);
			const written = await writePart(db, part, [...recipients, passing.recipient], progress, now);
			const findings = await readBack(part, passing.identity, written, progress);
			const { size: bytes } = await stat(part);
			const path = await takeName(part, target);
			return { path, bytes, findings, noted: await isNoted(db, { hour: hourOf(now()), bytes }) };
		});
	} finally {
		if (isPlace(from)) await closeDatabase(db);
	}
}

const isPlace = (from: Place | Connection): from is Place => 'file' in from || 'url' in from;

/** The backup is whole, whether or not the database can be told so: its disk may be full, or it is being migrated. */
const isNoted = (db: Connection, last: LastBackup): Promise<boolean> =>
	rememberBackup(db, last).then(
		() => true,
		() => false,
	);

interface Written {
	readonly sums: Sums;
	readonly rows: number;
}

async function writePart(
	db: Connection,
	part: string,
	recipients: readonly string[],
	progress: Progress,
	now: () => number,
): Promise<Written> {
	return inSnapshot(db, async (snapshot) => {
		if (!(await isInhabited(snapshot))) throw new Refusal('nothing-there', 'The forum is empty: there is nothing to back up.');
		const outline = await outlineOf(snapshot, false);
		const rows = [...(await countsOf(snapshot, outline)).values()].reduce((sum, count) => sum + count, 0);
		let sums: Sums = {};
		const blocks = withProgress(blocksOf(snapshot, outline), 'written', rows, progress);
		const archive = writeArchive(outline, hourOf(now()), blocks, (all) => void (sums = all));
		// Only whoever runs the server reads it, from the first byte; a file that is there already is not touched.
		await pipeline(await sealStream(archive, recipients), createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }));
		return { sums, rows };
	});
}

async function readBack(part: string, identity: string, { sums, rows }: Written, progress: Progress): Promise<Findings> {
	const archive = await readArchive(await openSealed(part, [identity]));
	const findings = createFindings(archive.outline);
	const came = createSums(archive.outline);
	for await (const block of withProgress(archive.blocks, 'read back', rows, progress)) {
		findings.add(block);
		came.add(block);
	}
	if (differencesOf(came.sums, sums).length > 0)
		throw new Refusal('different', 'What was read back from the disk is not what was written: look at the disk.');
	return findings.result;
}

import { bring } from '@multaqa/db/copy/place';
import { blocksOf, countsOf, outlineOf } from '@multaqa/db/copy/read';
import { inSnapshot, isAlone, isInhabited, openExisting } from '@multaqa/db/copy/open';
import { Refusal } from '@multaqa/db/copy/refusal';
import { closeDatabase, type Connection, type Place } from '@multaqa/db/database';
import { findingsOf } from './check.ts';
import type { Findings } from './findings.ts';
import { withProgress, type Progress } from './progress.ts';
import { requireSame } from './restore.ts';

export interface MoveOptions {
	readonly from: Place;
	readonly to: Place | Connection;
	readonly replace: boolean;
	readonly progress: Progress;
	readonly now: () => number;
}

/**
 * Copies everything, sessions too, to another engine, and compares every row. What was moved stays where it was.
 * @throws Refusal, and then nothing has changed
 */
export async function move({ from, to, replace, progress, now }: MoveOptions): Promise<Findings> {
	const db = await openExisting(from);
	if (!db) throw new Refusal('nothing-there', 'There is no forum here. Set DATA_DIR as the server has it, and leave DATABASE_URL out.');
	try {
		if (!(await isInhabited(db))) throw new Refusal('nothing-there', 'The forum is empty: there is nothing to move.');
		if (!(await isAlone(db)))
			throw new Refusal('in-use', 'A server is running on it. Stop it first: what it wrote meanwhile would be lost.');
		return await inSnapshot(db, async (snapshot) => {
			const outline = await outlineOf(snapshot, true);
			const findings = await findingsOf(snapshot, outline, progress);
			if (findings.faults.length > 0) throw new Refusal('altered', `The forum does not hold together: ${findings.faults.join(', ')}.`);
			const rows = [...(await countsOf(snapshot, outline)).values()].reduce((sum, count) => sum + count, 0);
			const blocks = withProgress(blocksOf(snapshot, outline), 'moved', rows, progress);
			const examine = (there: Connection) => requireSame(there, outline, findings, now);
			await bring(to, { outline, blocks, examine }, replace);
			return findings;
		});
	} finally {
		await closeDatabase(db);
	}
}

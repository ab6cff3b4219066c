import { blocksOf, countsOf, outlineOf, type Outline } from '@multaqa/db/copy/read';
import { engineFaults, inSnapshot, isInhabited, openExisting } from '@multaqa/db/copy/open';
import { Refusal } from '@multaqa/db/copy/refusal';
import { closeDatabase, type Connection, type Place } from '@multaqa/db/database';
import { openLedger } from '../chain/ledger.ts';
import { createFindings, type Findings } from './findings.ts';
import { withProgress, type Progress } from './progress.ts';

/** Looks at everything, changes nothing, while the server runs. What is wrong stands in `faults`. */
export async function check(place: Place, progress: Progress, now: () => number): Promise<Findings> {
	const db = await openExisting(place);
	if (!db) throw new Refusal('nothing-there', 'There is no forum here. Set DATA_DIR or DATABASE_URL as the server has them.');
	try {
		return await inSnapshot(db, async (snapshot) => {
			const ofEngine = await engineFaults(snapshot);
			if (ofEngine.length > 0) throw new Refusal('altered', `The database does not hold together: ${ofEngine.join(', ')}.`);
			if (!(await isInhabited(snapshot))) throw new Refusal('nothing-there', 'The forum is empty.');
			const outline = await outlineOf(snapshot, true);
			const rows = [...(await countsOf(snapshot, outline)).values()].reduce((sum, count) => sum + count, 0);
			const findings = await findingsOf(snapshot, outline, (stage, done) => progress(stage, done, rows));
			return { ...findings, faults: [...findings.faults, ...(await chainFaults(snapshot, now))] };
		});
	} finally {
		await closeDatabase(db);
	}
}

/** What a database holds now. */
export async function findingsOf(db: Connection, outline: Outline, progress: Progress = () => undefined): Promise<Findings> {
	const findings = createFindings(outline);
	for await (const block of withProgress(blocksOf(db, outline), 'looked at', null, progress)) findings.add(block);
	return findings.result;
}

/** Replays every chain, signature by signature. */
async function chainFaults(db: Connection, now: () => number): Promise<readonly string[]> {
	try {
		await openLedger(db, now);
		return [];
	} catch {
		return ['the chains do not hold: a signature or a rule is broken'];
	}
}

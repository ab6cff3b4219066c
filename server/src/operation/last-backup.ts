import type { Connection } from '@multaqa/db/database';
import { readSetting, writeSetting } from '@multaqa/db/settings';
import * as v from 'valibot';

/** When the last backup was made, and how large it was. Where it lies is nobody's business but whoever made it. */
export interface LastBackup {
	readonly hour: string;
	readonly bytes: number;
}

const NAME = 'last-backup';
const schema = v.object({ hour: v.string(), bytes: v.number() });

export const rememberBackup = (db: Connection, { hour, bytes }: LastBackup): Promise<void> =>
	writeSetting(db, NAME, JSON.stringify({ hour, bytes }));

export async function lastBackup(db: Connection): Promise<LastBackup | null> {
	const text = await readSetting(db, NAME);
	if (text === null) return null;
	const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
	return result.success ? result.output : null;
}

import type { Connection } from '@multaqa/db/database';
import { sizeOfDatabase } from '@multaqa/db/room';
import { statfs } from 'node:fs/promises';
import type { ServerState } from './metrics.ts';

/** @param dataDir where a SQLite file lies; `null`: the database is elsewhere */
export async function serverState(db: Connection, dataDir: string | null, sockets: number): Promise<ServerState> {
	return { sockets, databaseBytes: await sizeOfDatabase(db), freeBytes: dataDir === null ? null : await freeBytes(dataDir) };
}

async function freeBytes(path: string): Promise<number | null> {
	try {
		const { bavail, bsize } = await statfs(path);
		return bavail * bsize;
	} catch {
		return null;
	}
}

import { sizeOfBlobs } from '@multaqa/db/blobs';
import { isSqlite } from '@multaqa/db/engine';
import { hourOf } from '@multaqa/db/hour';
import { operation } from '@multaqa/shared/api/operation';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { World } from '@multaqa/shared/chain/world';
import { Problem } from '@multaqa/shared/problem';
import { readFileSync } from 'node:fs';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { lastBackup } from './last-backup.ts';
import { serverState } from './state.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

/** What those see who look after the machine. */
export function operationRoutes({ member }: Mount, context: Context): void {
	const { db, dataDir, ledger, realtime, metrics, attachmentRoom, now } = context;
	const since = hourOf(now());

	member(operation.read, async ({ session: { account } }) => {
		if (!isHosting(ledger.world, account)) throw new Problem('not-found');
		const { sockets, databaseBytes, freeBytes } = await serverState(db, dataDir, realtime.openSockets);
		return {
			version,
			database: isSqlite(db) ? ('sqlite' as const) : ('postgres' as const),
			since,
			databaseBytes,
			freeBytes,
			attachmentBytes: await sizeOfBlobs(db),
			attachmentRoom,
			lastBackup: await lastBackup(db),
			sockets,
			waiting: metrics.waiting,
		};
	});
}

/** A coordinator of the forum who belongs to the organisation that hosts it. */
function isHosting({ directory }: World, account: AccountId): boolean {
	const isCoordinator = directory?.coordinators.has(account) ?? false;
	return isCoordinator && directory?.accounts.get(account)?.organisation === directory?.host;
}

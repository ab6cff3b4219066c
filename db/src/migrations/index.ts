import type { Migration } from 'kysely/migration';
import { first } from './0001-first.ts';
import { recovery } from './0002-recovery.ts';
import { notebooks } from './0004-notebooks.ts';
import { blobs } from './0005-blobs.ts';
import { notifications } from './0006-notifications.ts';
import { letters } from './0007-letters.ts';
import { blobLocks } from './0008-blob-locks.ts';
import { publications } from './0009-publications.ts';
import { sessionDevice } from './0003-session-device.ts';

/** All migrations in their order. Forward only: one that has been released is never edited. */
export const migrations: Record<string, Migration> = {
	'0001-first': first,
	'0002-recovery': recovery,
	'0003-session-device': sessionDevice,
	'0004-notebooks': notebooks,
	'0005-blobs': blobs,
	'0006-notifications': notifications,
	'0007-letters': letters,
	'0008-blob-locks': blobLocks,
	'0009-publications': publications,
};

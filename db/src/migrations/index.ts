import type { Migration } from 'kysely/migration';
import { first } from './0001-first.ts';

/** All migrations in their order. Forward only: one that has been released is never edited. */
export const migrations: Record<string, Migration> = {
	'0001-first': first,
};

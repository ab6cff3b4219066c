import { createRequire } from 'node:module';

const ofDb = createRequire(new URL('../../db/package.json', import.meta.url));

/** What the yardsticks need of better-sqlite3, which is a dependency of `db` alone. */
export interface RawDatabase {
	pragma(text: string): unknown;
	exec(text: string): unknown;
	prepare(text: string): RawStatement;
	close(): void;
}
export interface RawStatement {
	run(...values: unknown[]): unknown;
	all(...values: unknown[]): unknown[];
}

export function openRaw(file: string): RawDatabase {
	const Database = ofDb('better-sqlite3') as new (name: string) => RawDatabase;
	return new Database(file);
}

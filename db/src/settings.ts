import type { Connection } from './database.ts';

export async function readSetting(db: Connection, name: string): Promise<string | null> {
	const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
	return row?.value ?? null;
}

/** The setting; `make` is asked for it once in the life of the database. */
export async function settleSetting(db: Connection, name: string, make: () => string): Promise<string> {
	const known = await readSetting(db, name);
	if (known !== null) return known;
	await db
		.insertInto('settings')
		.values({ name, value: make() })
		.onConflict((conflict) => conflict.column('name').doNothing())
		.execute();
	return (await readSetting(db, name)) ?? settleSetting(db, name, make);
}

/** Replaces a setting, or takes it away. */
export async function writeSetting(db: Connection, name: string, value: string | null): Promise<void> {
	if (value === null) return void (await db.deleteFrom('settings').where('name', '=', name).execute());
	await db
		.insertInto('settings')
		.values({ name, value })
		.onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
		.execute();
}

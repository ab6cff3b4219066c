import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { problemOf } from './errors.ts';

/** The same dialect, whose errors are Problems and whose rollback never hides why it was needed. */
export function withProblems(dialect: Dialect): Dialect {
	return {
		createAdapter: () => dialect.createAdapter(),
		createDriver: () => driverWithProblems(dialect.createDriver()),
		createIntrospector: (db) => dialect.createIntrospector(db),
		createQueryCompiler: () => dialect.createQueryCompiler(),
	};
}

function driverWithProblems(driver: Driver): Driver {
	const acquire = driver.acquireConnection.bind(driver);
	const rollback = driver.rollbackTransaction.bind(driver);
	const patched = new WeakSet<DatabaseConnection>();
	driver.acquireConnection = async (options) => {
		const connection = await orProblem(() => acquire(options));
		if (!patched.has(connection)) {
			const execute = connection.executeQuery.bind(connection);
			connection.executeQuery = (query, options_) => orProblem(() => execute(query, options_));
			patched.add(connection);
		}
		return connection;
	};
	// SQLite has already rolled back when the disk is full; saying so again must not replace the reason.
	driver.rollbackTransaction = (connection) => rollback(connection).catch(() => undefined);
	return driver;
}

async function orProblem<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw problemOf(error);
	}
}

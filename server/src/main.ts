import { exitCodeOf } from '@multaqa/db/file/trouble';
import { isProblem } from '@multaqa/shared/problem';
import { readConfig } from './config.ts';
import { startServer, type RunningServer } from './server.ts';

/** The only file that reads the environment, listens and stops. */
const HARD_STOP = 5_000;

try {
	// Found beside the work, in a file too large to be checked before it: nothing more is written into it.
	const damaged = (problem: Error) => process.exit(told(problem));
	const server = await startServer({ ...readConfig(process.env), damaged });
	const { log } = server.context;
	process.stdout.write(`Multaqa listens on ${server.url}\n`);
	if (server.setupLink) process.stdout.write(`Open this link once, to set the forum up: ${server.setupLink}\n`);
	process.on('unhandledRejection', (error) => log.unexpected(error));
	// After an exception that nobody caught the state is unknown: say what it was, without values, and stop in order.
	process.on('uncaughtException', (error) => {
		log.unexpected(error);
		void stop(server, 1);
	});
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server, 0));
} catch (error) {
	// What was opened on the way would keep it alive.
	process.exit(told(error));
}

/** Says what stopped the program, in words; answers the code to end with (`db/src/file/trouble.ts`, otherwise 1). */
function told(error: unknown): number {
	const words = isProblem(error) ? error.detail.reason : undefined;
	process.stderr.write(`${words ?? (error instanceof Error ? error.message : 'The server could not start')}\n`);
	return exitCodeOf(error) ?? 1;
}

async function stop(server: RunningServer, code: number): Promise<void> {
	setTimeout(() => process.exit(1), HARD_STOP).unref();
	await server.close().catch((error: unknown) => {
		server.context.log.unexpected(error);
		process.exit(1);
	});
	process.exit(code);
}

import { readConfig } from './config.ts';
import { startServer } from './server.ts';

/** The only file that reads the environment, listens and stops. */
const HARD_STOP = 5_000;

try {
	const config = readConfig(process.env);
	const server = await startServer(config);
	console.log(`Multaqa listens on ${server.url}`);
	if (server.setupLink) console.log(`Open this link once, to set the forum up: ${server.setupLink}`);
	process.on('unhandledRejection', (error) => server.context.log.unexpected(error));
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server.close));
} catch (error) {
	console.error(error instanceof Error ? error.message : 'The server could not start');
	process.exitCode = 1;
}

async function stop(close: () => Promise<void>): Promise<void> {
	setTimeout(() => process.exit(1), HARD_STOP).unref();
	await close();
	process.exit(0);
}

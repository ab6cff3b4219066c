import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer, type RunningServer, type ServerOptions } from '../server.ts';

export interface TestServer extends RunningServer {
	readonly dataDir: string;
	/** Every line that was logged. */
	readonly lines: string[];
	/** The secret part of the setup link. */
	readonly token: string;
	/** Sets the server's clock forward. */
	advance(milliseconds: number): void;
	/** Stops, and leaves the data. */
	stop(): Promise<void>;
	/** Stops and starts again on the same data. */
	restart(): Promise<TestServer>;
}

/** A real server on a free port, with a real database in a folder of its own. `close` removes both. */
export async function openTestServer(options: ServerOptions = {}): Promise<TestServer> {
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'multaqa-server-')));
	const lines: string[] = [];
	let ahead = 0;
	const server = await startServer({
		port: 0,
		checkAnswers: true,
		logLevel: 'debug',
		logSink: (line) => void lines.push(line),
		webBuild: pathToFileURL(join(dataDir, 'no-build/')),
		now: () => Date.now() + ahead,
		...options,
		dataDir,
	});
	return {
		...server,
		dataDir,
		lines,
		token: server.setupLink?.split('#')[1] ?? '',
		advance: (milliseconds) => void (ahead += milliseconds),
		stop: () => server.close(),
		async restart() {
			await server.close();
			return openTestServer({ ...options, dataDir });
		},
		async close() {
			await server.close();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

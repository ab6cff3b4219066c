import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createServer } from 'vite';

/** Page and server on one address, each reloaded when its source changes. */
const PAGE_PORT = 5173;
const SERVER_PORT = process.env['PORT'] ?? '3001';
const root = new URL('.', import.meta.url).pathname;
const settings = { LOG_LEVEL: 'warn', ...process.env, PORT: SERVER_PORT, PUBLIC_URL: `http://localhost:${PAGE_PORT}` };
const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', resolve(root, '../server/src/main.ts')], {
	env: { ...settings, DATA_DIR: resolve(process.env['DATA_DIR'] ?? './data/dev') },
	stdio: 'inherit',
});

// The message compiler looks for its project from where it was started.
process.chdir(root);
const target = `http://127.0.0.1:${SERVER_PORT}`;
const page = await createServer({
	root,
	server: { port: PAGE_PORT, strictPort: true, proxy: { '/api': target, '/socket.io': { target, ws: true } } },
});
await page.listen();

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => {
		server.kill(signal);
		void page.close().then(() => process.exit(0));
	});
}

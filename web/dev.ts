import { resolve } from 'node:path';
import { createServer } from 'vite';
import { readConfig } from '../server/src/config.ts';
import { startServer } from '../server/src/server.ts';

/** Page and server on one address, each reloaded when its source changes (`node --watch` restarts this file). */
const PAGE_PORT = 5173;
const publicUrl = `http://localhost:${PAGE_PORT}`;

const config = readConfig({ PORT: '3001', DATA_DIR: './data/dev', ...process.env, PUBLIC_URL: publicUrl });
const server = await startServer({ ...config, dataDir: resolve(config.dataDir) });
const target = `http://127.0.0.1:${config.port}`;
const root = new URL('.', import.meta.url).pathname;
// The message compiler looks for its project from where it was started.
process.chdir(root);
const page = await createServer({
	root,
	server: { port: PAGE_PORT, strictPort: true, proxy: { '/api': target, '/socket.io': { target, ws: true } } },
});
await page.listen();
console.log(`Multaqa in development: ${server.setupLink ?? publicUrl}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => void Promise.all([page.close(), server.close()]).then(() => process.exit(0)));
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { chromiumArguments, requireChromium } from '../../.config/chromium.ts';
import { atMost, told, type Figure } from './figure.ts';

/** Opens a thread of 1,000 posts in Chromium through the engine's own path, beside the bare cryptography of it. */
export async function openThread(): Promise<readonly Figure[]> {
	const program = await bundle();
	const server = createServer((request, response) => {
		const isProgram = request.url === '/program.js';
		response.setHeader('content-type', isProgram ? 'text/javascript' : 'text/html');
		response.end(isProgram ? program : '<!doctype html><script type="module" src="/program.js"></script>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
	try {
		const page = await browser.newPage();
		await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
		await page.waitForFunction(() => 'measure' in globalThis);
		const figures = await page.evaluate(() => (globalThis as unknown as { measure(): Promise<Record<string, number>> }).measure());
		const { oneCore = 0, parallel = 0, open = 0, cached = 0, first = 0 } = figures;
		return [
			told('bare crypto of 1,000 posts, one after another', oneCore, 'ms', 'verify + decrypt, the one-core limit'),
			told('bare crypto of 1,000 posts, all at once', parallel, 'ms'),
			atMost(
				'open 1,000 posts of 600 B (verify, decrypt, check)',
				open,
				'ms',
				2 * oneCore,
				`${(open / oneCore).toFixed(2)} × one core, ${(open / parallel).toFixed(2)} × all at once`,
			),
			atMost('open them again with the verified-id cache', cached, 'ms', oneCore),
			atMost('open the first 20', first, 'ms', oneCore / 10),
		];
	} finally {
		await browser.close();
		server.close();
	}
}

async function bundle(): Promise<string> {
	const result = await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, target: 'esnext', rolldownOptions: { input: new URL('open-thread.page.ts', import.meta.url).pathname } },
	});
	const [output] = Array.isArray(result) ? result : [result];
	if (!output || !('output' in output)) throw new Error('the bench page was not built');
	return output.output[0].code;
}

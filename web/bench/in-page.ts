import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { chromiumArguments, requireChromium } from '../../.config/chromium.ts';

/** Runs `measure` of a page's program in Chromium. `input` reaches it as JSON. */
export async function measureInPage(program: URL, input: unknown = null): Promise<Record<string, number>> {
	const code = await bundle(program);
	const server = createServer((request, response) => {
		const isProgram = request.url === '/program.js';
		response.setHeader('content-type', isProgram ? 'text/javascript' : 'text/html');
		response.end(isProgram ? code : '<!doctype html><script type="module" src="/program.js"></script>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
	try {
		const page = await browser.newPage();
		await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
		await page.waitForFunction(() => 'measure' in globalThis);
		return await page.evaluate(
			(given) => (globalThis as unknown as { measure(input: unknown): Promise<Record<string, number>> }).measure(given),
			input,
		);
	} finally {
		await browser.close();
		server.close();
	}
}

async function bundle(program: URL): Promise<string> {
	const result = await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, target: 'esnext', rolldownOptions: { input: program.pathname } },
	});
	const [output] = Array.isArray(result) ? result : [result];
	if (!output || !('output' in output)) throw new Error('the bench page was not built');
	return output.output[0].code;
}

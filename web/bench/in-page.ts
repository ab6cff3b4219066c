import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { build, type PluginOption } from 'vite';
import { chromiumArguments, requireChromium } from '../../.config/chromium.ts';

/** For figures of memory: exact, and after what is not used any more was let go. */
const MEMORY = ['--enable-precise-memory-info', '--js-flags=--expose-gc'];

interface MeasureOptions {
	/** As on a slower processor. */
	readonly slower?: number;
	/** What the program needs to be built: for components. */
	readonly plugins?: readonly PluginOption[];
}

/** Runs `measure` of a page's program in Chromium. `input` reaches it as JSON. */
export async function measureInPage(
	program: URL,
	input: unknown = null,
	{ slower = 1, plugins = [] }: MeasureOptions = {},
): Promise<Record<string, number>> {
	const scripts = await bundle(program, plugins);
	const server = createServer((request, response) => {
		const script = scripts.get(request.url ?? '');
		response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
		response.end(script ?? '<!doctype html><script type="module" src="/program.js"></script>');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments, ...MEMORY] });
	try {
		const page = await browser.newPage();
		const session = await page.context().newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
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

/** The program and its workers, by the path under which they are asked for. */
async function bundle(program: URL, plugins: readonly PluginOption[]): Promise<ReadonlyMap<string, string>> {
	const result = await build({
		configFile: false,
		logLevel: 'error',
		plugins: [...plugins],
		build: {
			write: false,
			target: 'esnext',
			rolldownOptions: { input: program.pathname, output: { entryFileNames: 'program.js' } },
		},
	});
	const [output] = Array.isArray(result) ? result : [result];
	if (!output || !('output' in output)) throw new Error('the bench page was not built');
	return new Map(output.output.map((file) => [`/${file.fileName}`, 'code' in file ? file.code : String(file.source)]));
}

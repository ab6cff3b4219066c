import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestServer, type TestServer } from './testing/server.ts';

/** In place of the built page: a handler that answers what it was told. */
const HANDLER = `
export function handler(request, response) {
	if (request.url === '/breaks') throw new Error('the page broke');
	if (request.url.startsWith('/_app/immutable/')) response.setHeader('cache-control', 'public,max-age=31536000,immutable');
	response.end(JSON.stringify({ headers: request.headers, raw: request.rawHeaders }));
}`;

let folder = '';
let server: TestServer;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-web-'));
	await mkdir(join(folder, 'build'));
	await writeFile(join(folder, 'build', 'handler.js'), HANDLER);
	await writeFile(join(folder, 'package.json'), '{"type":"module"}');
	server = await openTestServer({ webBuild: pathToFileURL(join(folder, 'build/')), publicUrl: 'https://forum.example.org' });
});
afterAll(async () => {
	await server.close();
	await rm(folder, { recursive: true });
});

const origin = () => `http://127.0.0.1:${server.port}`;

test('the page learns where it is from the settings, and nothing of who is asking', async () => {
	const claims = {
		'user-agent': 'Agent-X',
		forwarded: 'for=203.0.113.9',
		'x-forwarded-for': '203.0.113.9',
		'x-forwarded-host': 'evil.example',
		'x-forwarded-proto': 'gopher',
		'x-real-ip': '203.0.113.9',
		'cf-connecting-ip': '203.0.113.9',
	};
	const told = await new Promise<string>((resolve) => {
		get(`${origin()}/sign-in`, { headers: claims }, (response) => {
			let text = '';
			response.on('data', (chunk: Buffer) => void (text += chunk.toString())).on('end', () => resolve(text));
		});
	});
	expect(JSON.parse(told)).toMatchObject({ headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'forum.example.org' } });
	for (const secret of ['203.0.113.9', 'Agent-X', 'evil.example', 'gopher']) expect(told).not.toContain(secret);
});

test('a page may not be framed, and a worker may compile WebAssembly and reach nothing', async () => {
	const page = await fetch(`${origin()}/sign-in`);
	expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
	expect(page.headers.get('cache-control')).toBe('no-store');
	const worker = await fetch(`${origin()}/_app/immutable/workers/opaque.worker-x.js`);
	expect(worker.headers.get('content-security-policy')).toBe(
		"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
	);
	expect(worker.headers.get('cache-control')).toContain('immutable');
	expect(worker.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test('the service worker reaches this server only, makes no script of anything, and is asked for anew each time', async () => {
	const worker = await fetch(`${origin()}/service-worker.js`);
	expect(worker.headers.get('content-security-policy')).toBe(
		"default-src 'none'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'",
	);
	expect(worker.headers.get('cache-control')).toBe('no-store');
});

test('a page that breaks is answered with a problem and logged without its path', async () => {
	const response = await fetch(`${origin()}/breaks`);
	expect(response.status).toBe(500);
	expect(await response.json()).toEqual({ code: 'internal', status: 500 });
	expect(server.lines.join('\n')).toContain('the page broke');
	expect(server.lines.join('\n')).not.toContain('/breaks');
});

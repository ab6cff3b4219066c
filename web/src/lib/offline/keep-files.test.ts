import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isKept, keepFiles, removeOthers } from './keep-files.ts';
import { cacheOf } from './program-files.ts';

const files = ['/_app/immutable/entry/start.AA.js', '/_app/immutable/entry/app.BB.js', '/_app/immutable/assets/page.CC.css'];
const offered = { version: 'v1 AA BB', files };
const shellText = `<script>import("${files[0]}");import("${files[1]}")</script>`;
const signal = () => new AbortController().signal;

/** What the server answers, by path; everything it is asked for. */
let answers: Record<string, () => Response>;
let asked: string[];

const script = () => new Response('1', { headers: { 'content-type': 'text/javascript' } });
const portal = () => new Response('<p>Wi-Fi</p>', { headers: { 'content-type': 'text/html' } });

beforeEach(async () => {
	for (const name of await caches.keys()) await caches.delete(name);
	asked = [];
	answers = {
		[files[0] ?? '']: script,
		[files[1] ?? '']: script,
		[files[2] ?? '']: () => new Response('a{}', { headers: { 'content-type': 'text/css' } }),
		'/sign-in': () => new Response(shellText, { headers: { 'content-type': 'text/html' } }),
		'/release.json': () => new Response(null, { status: 204 }),
	};
	vi.stubGlobal('fetch', async (path: string) => {
		asked.push(path);
		const answer = answers[path];
		if (!answer) throw new TypeError('no line');
		return answer();
	});
});
afterEach(() => vi.unstubAllGlobals());

test('a version is here when its last piece is, and asks for nothing twice', async () => {
	const steps: number[] = [];
	await keepFiles(offered, signal(), (done) => steps.push(done));
	expect(await isKept(offered.version)).toBe(true);
	expect(steps).toEqual([0, 1, 2, 3, 4]);
	expect(asked).toHaveLength(5);
});

test('a line that is lost on the way leaves nothing that would be shown, and it goes on from there', async () => {
	const { '/sign-in': shell, ...rest } = answers;
	answers = rest;
	await expect(keepFiles(offered, signal(), () => {})).rejects.toThrow('no line');
	expect(await isKept(offered.version)).toBe(false);
	asked = [];
	answers['/sign-in'] = shell ?? portal;
	await keepFiles(offered, signal(), () => {});
	expect(asked).toEqual(['/release.json', '/sign-in']);
	expect(await isKept(offered.version)).toBe(true);
});

test('the page of a captive portal is not taken for a part of the program', async () => {
	answers[files[1] ?? ''] = portal;
	await expect(keepFiles(offered, signal(), () => {})).rejects.toThrow('not the program');
	expect(await isKept(offered.version)).toBe(false);
});

test('neither is the shell of another version', async () => {
	answers['/sign-in'] = () => new Response(shellText.replace('BB', 'ZZ'));
	await expect(keepFiles(offered, signal(), () => {})).rejects.toThrow('another version');
	expect(await isKept(offered.version)).toBe(false);
});

test('who stops it is obeyed before the next file', async () => {
	const stopping = new AbortController();
	const keeping = keepFiles(offered, stopping.signal, (done) => done === 1 && stopping.abort());
	await expect(keeping).rejects.toThrow();
	expect(asked).toEqual(['/release.json', files[0]]);
});

test('versions that nobody runs go, and what is no version stays', async () => {
	for (const name of [cacheOf('old'), cacheOf('in use'), 'look']) await caches.open(name);
	await removeOthers(new Set(['in use']));
	expect((await caches.keys()).toSorted()).toEqual(['look', cacheOf('in use')]);
});

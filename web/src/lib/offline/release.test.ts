import { toBase64url, utf8 } from '@multaqa/shared/bytes/bytes';
import { signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { fileDigest, programDigest, releaseCode, signRelease, type SignedRelease } from '@multaqa/shared/release/release';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isKept, keepFiles } from './keep-files.ts';
import { keptCode, UnsignedProgram } from './release.ts';

const START = '/_app/immutable/entry/start.AA.js';
const APP = '/_app/immutable/entry/app.BB.js';
const [publisher, successor, thief] = await Promise.all([1, 2, 3].map((seed) => signingKeyFromSeed(new Uint8Array(32).fill(seed))));
if (!publisher || !successor || !thief) throw new Error('no keys');

const html = `<script>import("${START}");import("${APP}")</script>`;
const TEXTS: Record<string, readonly [type: string, text: string]> = {
	[START]: ['text/javascript', 'start'],
	[APP]: ['text/javascript', 'app'],
	'/service-worker.js': ['text/javascript', 'worker'],
	'/sign-in': ['text/html', html],
};

/** What the server answers, by path. */
let answers: Map<string, () => Response>;
beforeEach(async () => {
	for (const name of await caches.keys()) await caches.delete(name);
	answers = new Map(Object.entries(TEXTS).map(([path, [type, text]]) => [path, () => answer(type, text)]));
	vi.stubGlobal('fetch', async (path: string) => answers.get(path)?.() ?? new Response(null, { status: 204 }));
});
afterEach(() => vi.unstubAllGlobals());

const answer = (type: string, body: string | Uint8Array<ArrayBuffer>) => new Response(body, { headers: { 'content-type': type } });
const named = (key: SigningKey) => toBase64url(key.publicKey);
const keep = (version: string) => keepFiles({ version, files: [START, APP] }, new AbortController().signal, () => {});

/** Puts a release on the server. */
async function releases(version: string, by = publisher!, next = by): Promise<SignedRelease> {
	const files = Object.fromEntries(Object.entries(TEXTS).map(([path, [, text]]) => [path, fileDigest(utf8(text))]));
	const signed = await signRelease({ version, signed: 1_800_000_000, key: named(by), next: named(next), files: programDigest(files) }, by);
	answers.set('/release.json', () => answer('application/json', signed.bytes));
	answers.set('/release.json.sig', () => answer('', signed.signature));
	return signed;
}
const serves = (path: string, text: string) => answers.set(path, () => answer(TEXTS[path]?.[0] ?? '', text));

test('a program as it was signed is kept, and says its code', async () => {
	const signed = await releases('v1');
	await keep('v1');
	expect(await keptCode('v1')).toBe(releaseCode(signed));
});

test('what nobody signed is kept too, and says no code', async () => {
	await keep('v1');
	expect([await isKept('v1'), await keptCode('v1')]).toEqual([true, null]);
});

test.each([START, APP, '/service-worker.js', '/sign-in'])('one changed letter in %s, and nothing of it is ever shown', async (path) => {
	await releases('v1');
	serves(path, `${TEXTS[path]?.[1]} `);
	await expect(keep('v1')).rejects.toBeInstanceOf(UnsignedProgram);
	expect(await isKept('v1')).toBe(false);
});

test('a device that keeps a signed program takes none under the old release, none without a signature, and none of another key', async () => {
	await releases('v1');
	await keep('v1');
	await expect(keep('v2')).rejects.toBeInstanceOf(UnsignedProgram);
	answers.delete('/release.json');
	await expect(keep('v2')).rejects.toBeInstanceOf(UnsignedProgram);
	await releases('v2', thief!);
	await expect(keep('v2')).rejects.toBeInstanceOf(UnsignedProgram);
	expect([await isKept('v1'), await isKept('v2')]).toEqual([true, false]);
	await releases('v2');
	await keep('v2');
	expect(await isKept('v2')).toBe(true);
});

test('keys change when the old one says so', async () => {
	await releases('v1', publisher!, successor!);
	await keep('v1');
	await releases('v2', publisher!);
	await expect(keep('v2')).rejects.toBeInstanceOf(UnsignedProgram);
	await releases('v2', successor!);
	await keep('v2');
	expect(await isKept('v2')).toBe(true);
});

test('a signature that does not hold is refused; an upgrade between two questions, or a captive portal, is only asked again', async () => {
	const signed = await releases('v1');
	await expect(keep('v2')).rejects.toThrow('the release of another version');
	answers.set('/release.json', () => answer('text/html', '<p>Wi-Fi</p>'));
	await expect(keep('v1')).rejects.toThrow('no release');
	answers.set('/release.json', () => answer('application/json', signed.bytes));
	answers.set('/release.json.sig', () =>
		answer(
			'',
			signed.signature.map((byte) => byte ^ 1),
		),
	);
	await expect(keep('v1')).rejects.toBeInstanceOf(UnsignedProgram);
});

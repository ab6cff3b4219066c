import { expect, test } from 'vitest';
import { fromUtf8, toBase64url, utf8 } from '../bytes/bytes.ts';
import { signFile, signingKeyFromSeed } from '../crypto/sign.ts';
import { isProblem } from '../problem.ts';
import { comesAfter, fileDigest, filesIn, listOf, programDigest, readRelease, releaseCode, signRelease } from './release.ts';

const publisher = await signingKeyFromSeed(new Uint8Array(32).fill(1));
const successor = await signingKeyFromSeed(new Uint8Array(32).fill(2));
const name = (key: typeof publisher) => toBase64url(key.publicKey);
const files = { '/b.js': fileDigest(utf8('b')), '/': fileDigest(utf8('shell')), '/a.js': fileDigest(utf8('a')) };
const made = (by = publisher, next = by, signed = 1_800_000_000) =>
	signRelease({ version: '0.1.0-abc', signed, key: name(by), next: name(next), files: programDigest(files) }, by);
const refusal = (error: unknown) => (isProblem(error) ? error.code : error);

test('a release is read as it was signed, and binds its files in whichever order they were found', async () => {
	const { bytes, signature } = await made();
	const turned = Object.fromEntries(Object.entries(files).toReversed());
	expect((await readRelease(bytes, signature)).release.files).toBe(programDigest(turned));
	expect(programDigest({ ...files, '/b.js': fileDigest(utf8('c')) })).not.toBe(programDigest(files));
});

test('the list is what sha256sum prints, and is read back; another spelling is none', () => {
	expect(listOf(files).split('\n')[0]).toBe(`${files['/']}  /`);
	expect(filesIn(listOf(files))).toEqual(files);
	for (const other of [`${listOf(files)}\n`, listOf(files).split('\n').toReversed().join('\n'), listOf(files).trimEnd(), 'x'])
		expect(() => filesIn(other)).toThrow();
});

test('one changed letter, another’s signature and none at all are refused', async () => {
	const { bytes, signature } = await made();
	const changed = utf8(fromUtf8(bytes).replace('0.1.0', '0.1.1'));
	await expect(readRelease(changed, signature)).rejects.toSatisfy((error) => refusal(error) === 'tampered');
	await expect(readRelease(bytes, await signFile(successor, bytes))).rejects.toSatisfy((error) => refusal(error) === 'tampered');
	await expect(readRelease(bytes, new Uint8Array())).rejects.toSatisfy((error) => refusal(error) === 'tampered');
});

test.each([
	['no JSON', 'release'],
	['another kind of file', '{"multaqa":"statement-list/1"}'],
	['no digest', '{"multaqa":"release/1","version":"1","signed":0,"key":"a","next":"a","files":"0"}'],
])('what is no release is none: %s', async (_, text) => {
	await expect(readRelease(utf8(text), new Uint8Array(64))).rejects.toSatisfy((error) => refusal(error) === 'malformed');
});

test('a key under which every message verifies signs nothing', async () => {
	const weak = toBase64url(Uint8Array.from({ length: 32 }, (_, place) => (place === 0 ? 1 : 0)));
	const bytes = utf8(fromUtf8((await made()).bytes).replaceAll(name(publisher), weak));
	await expect(readRelease(bytes, new Uint8Array(64))).rejects.toSatisfy((error) => refusal(error) === 'weak-key');
});

test('what follows a release is signed by the key that it named, and by no other', async () => {
	const first = await made(publisher, successor);
	expect(comesAfter(first, null)).toBe(true);
	expect(comesAfter(await made(successor), first)).toBe(true);
	expect(comesAfter(await made(publisher), first)).toBe(false);
});

test('an older release does not come after a newer one, the same one does', async () => {
	const [older, newer] = [await made(publisher, publisher, 1), await made(publisher, publisher, 2)];
	expect([comesAfter(older, newer), comesAfter(newer, newer), comesAfter(newer, older)]).toEqual([false, true, true]);
});

test('the code is the beginning of what sha256sum prints', async () => {
	const one = await made();
	expect(releaseCode(one).replaceAll(' ', '')).toBe(fileDigest(one.bytes).slice(0, 32));
	expect(releaseCode(one)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
});

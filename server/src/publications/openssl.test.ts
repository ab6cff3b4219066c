import { proofFiles } from '@multaqa/shared/publication/proof-archive';
import { published, signingOrganisation, withdrawn } from '@multaqa/shared/testing/published';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);
let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'multaqa-proof-'));
	const [dawlaty, families] = [await signingOrganisation(1, 'دولتي', 'Dawlaty'), await signingOrganisation(2, 'رابطة العائلات', 'Families')];
	const first = await published([dawlaty, families]);
	const signatories = [first.signatories[0]!, await withdrawn(families, first.signatories[1]!)];
	const files = proofFiles(await published([dawlaty, families], { signatories }));
	for (const [name, bytes] of Object.entries(files)) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), bytes);
	}
});
afterEach(() => rm(folder, { recursive: true }));

/** Exactly the command of the guide, for one file. */
const verifies = (name: string, key = name): Promise<boolean> =>
	run('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', `${key}.pem`, '-rawin', '-in', `${name}.json`, '-sigfile', `${name}.sig`], {
		cwd: folder,
	}).then(
		({ stdout }) => stdout.includes('Signature Verified Successfully'),
		() => false,
	);
const digest = async (name: string): Promise<string> =>
	(await run('openssl', ['dgst', '-sha256', '-r', name], { cwd: folder })).stdout.slice(0, 64);
const read = (name: string) => readFile(join(folder, name), 'utf8');
const change = async (name: string, from: string | RegExp, to: string) =>
	writeFile(join(folder, name), (await read(name)).replace(from, to));

test('whoever has nothing but openssl verifies every signature of a proof, the withdrawal and the list', async () => {
	const signed = ['signatures/001', 'signatures/002', 'signatures/002-withdrawal'];
	expect(await Promise.all(signed.map((name) => verifies(name)))).toEqual([true, true, true]);
	expect(await verifies('list', 'publisher')).toBe(true);
	const statement = await digest('statement.txt');
	const list = JSON.parse(await read('list.json')) as { statement: string; signatories: { signature: string }[] };
	expect(list.statement).toBe(statement);
	expect(JSON.parse(await read('signatures/001.json'))).toMatchObject({ statement, organisation: { ar: 'دولتي' } });
	expect(list.signatories.map(({ signature }) => signature)).toEqual([
		await digest('signatures/001.json'),
		await digest('signatures/002.json'),
	]);
	expect(await read('READ-ME.txt')).toContain(statement);
});

test('the commands of the guide run as they are printed', async () => {
	const guide = await read('READ-ME.txt');
	const loop = /for n in [^]*?done/.exec(guide)?.[0] ?? '';
	const { stdout } = await run('bash', ['-c', loop], { cwd: folder });
	expect(stdout.match(/Signature Verified Successfully/g)).toHaveLength(3);
	expect(stdout).toContain('رابطة العائلات');
});

test('one changed letter, another key or another signature does not verify', async () => {
	const statement = await digest('statement.txt');
	await change('statement.txt', '130,000', '130,001');
	expect(await digest('statement.txt')).not.toBe(statement);
	await change('signatures/001.json', 'Dawlaty', 'Dawlati');
	expect(await verifies('signatures/001')).toBe(false);
	expect(await verifies('signatures/002', 'publisher')).toBe(false);
	await change('list.json', /\{\s+"name"[^]*?\},\s+(?=\{\s+"name")/, '');
	expect(await verifies('list', 'publisher')).toBe(false);
});

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startServer, type RunningServer } from '@multaqa/server/server';
import { releaseCode } from '@multaqa/shared/release/release';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtProgram } from '../release/program.ts';
import { checkForum, differences } from '../release/checking.ts';
import { keyIn, makeKey, signBuild } from '../release/signing.ts';
import { violations } from './testing/axe.ts';
import { fitsWidth, startBrowser } from './testing/browser.ts';
import { alter, anotherBuild, buildName, sameBuild } from './testing/builds.ts';
import { openThread, sent, startForum, type TestForum } from './testing/forum.ts';
import { programKept } from './testing/kept.ts';
import { joinInBrowser, unlock } from './testing/member.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'multaqa-release-'));
const keyFile = join(folder, 'release.pem');
let signed: string;
let next: string;
let browser: Browser;
beforeAll(async () => {
	browser = await startBrowser();
	await makeKey(keyFile);
	[signed, next] = [sameBuild(), anotherBuild()];
	await signBuild(signed, await keyIn(keyFile));
});
afterAll(async () => {
	await browser?.close();
	for (const made of [folder, signed, next]) rmSync(made, { recursive: true, force: true });
});

/** A forum that serves a build; it may be told to serve another one. */
class Served {
	readonly forum: TestForum;
	#server: RunningServer | null = null;
	constructor(forum: TestForum) {
		this.forum = forum;
	}

	async serve(build: string): Promise<void> {
		const { port } = this.forum.server;
		await (this.#server ?? this.forum.server).close();
		this.#server = await startServer({
			port,
			dataDir: this.forum.folder,
			logSink: () => undefined,
			webBuild: pathToFileURL(`${build}/`),
		});
	}

	async stop(): Promise<void> {
		await this.#server?.close();
		await this.forum.stop();
	}
}

describe.each([
	['ar', 360],
	['en', 1280],
] as const)('a signed release, in %s at %i px', (language, width) => {
	let served: Served;
	beforeAll(async () => {
		served = new Served(await startForum());
		await openThread(served.forum.alice, served.forum.space, 'ترتيبات', 'نلتقي عند العاشرة.');
		await sent(served.forum.alice);
		await served.serve(signed);
	});
	afterAll(() => served.stop());

	test('says its code; what is offered without a signature is refused, and the one before goes on working', async () => {
		const { forum } = served;
		const member = await joinInBrowser(browser, forum, `Nour ${language}`, { language, width, height: 800, keeping: true });
		const { page, steps, context } = member;
		await programKept(page);
		const { signed: release, altered } = await checkForum(forum.server.url);
		expect(altered).toEqual([]);
		await page
			.getByRole('link', { name: steps.t('place_me') })
			.first()
			.click();
		await page.getByRole('link', { name: steps.t('offline_page') }).click();
		await steps.sees(releaseCode(release));
		await steps.sees(steps.t('release_limits'));
		expect(await fitsWidth(page)).toBe(true);
		expect(await violations(page)).toEqual([]);

		await served.serve(next);
		await page.reload();
		await unlock(member);
		await page.getByText(steps.t('version_refused')).waitFor({ timeout: 120_000 });
		expect(await fitsWidth(page)).toBe(true);
		expect(await violations(page)).toEqual([]);
		expect(await page.getByText(steps.t('version_ready')).count()).toBe(0);
		await expect(checkForum(forum.server.url)).rejects.toThrow('no signed release');

		// Even when every tab was closed, and the worker that came with it has taken over, its program is not shown.
		await page.close();
		const later = await context.newPage();
		await later.goto(forum.server.url);
		await later.getByRole('button', { name: steps.t('unlock_passkey') }).waitFor();
		const shell = await later.content();
		expect([shell.includes(buildName(signed)), shell.includes(buildName(next))]).toEqual([true, false]);
		await context.close();
	});
});

test('whoever checks a forum from another computer is told which file is not as it was signed', async () => {
	const tampered = sameBuild();
	cpSync(signed, tampered, { recursive: true });
	const entry = readdirSync(join(tampered, 'client/_app/immutable/entry')).find((file) => /^app\..*\.js$/.test(file)) ?? '';
	const path = `/_app/immutable/entry/${entry}`;
	alter(tampered, path, (text) => text.replace('get_', 'gEt_'));
	const served = new Served(await startForum());
	await served.serve(tampered);
	const { altered, files } = await checkForum(served.forum.server.url);
	expect(altered).toEqual([path]);
	expect(differences(files, (await builtProgram(signed)).files)).toEqual([]);
	await served.stop();
	rmSync(tampered, { recursive: true, force: true });
});

test('OpenSSL verifies a release, and sha256sum its list', async () => {
	const key = join(folder, 'public.pem');
	execFileSync('openssl', ['pkey', '-in', keyFile, '-pubout', '-out', key]);
	const file = (name: string) => join(signed, name);
	const checked = ['-in', file('release.json'), '-sigfile', file('release.json.sig')];
	const said = execFileSync('openssl', ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', key, ...checked]);
	expect(said.toString()).toContain('Verified Successfully');
	const list = execFileSync('sha256sum', [file('release.txt')]).toString();
	expect(JSON.parse(readFileSync(file('release.json'), 'utf8'))).toMatchObject({ files: list.slice(0, 64) });
});

/** Links to the same bytes where the disk can: half a gigabyte of others' programs. */
function linked(part: string, to: string): void {
	try {
		execFileSync('cp', ['-al', join(root, part), to], { stdio: 'ignore' });
	} catch {
		execFileSync('cp', ['-a', join(root, part), to]);
	}
}

test('two builds of one source, in two places, are the same byte for byte', async () => {
	const elsewhere = mkdtempSync(join(tmpdir(), 'multaqa-source-'));
	for (const part of ['web', 'server', 'db', 'shared', 'package.json', 'tsconfig.json'])
		execFileSync('cp', ['-a', join(root, part), elsewhere]);
	linked('node_modules', elsewhere);
	for (const made of ['build', '.svelte-kit', 'src/lib/paraglide']) rmSync(join(elsewhere, 'web', made), { recursive: true, force: true });
	// Nothing of this test's own surroundings.
	const env = { PATH: process.env['PATH'], HOME: elsewhere, TZ: 'Asia/Damascus', LANG: 'ar_SY.UTF-8' };
	execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
		cwd: join(elsewhere, 'web'),
		env,
		stdio: 'ignore',
	});
	const [here, there] = await Promise.all([builtProgram(join(root, 'web/build')), builtProgram(join(elsewhere, 'web/build'))]);
	expect(differences(here.files, there.files)).toEqual([]);
	expect(there.version).toBe(here.version);
	rmSync(elsewhere, { recursive: true, force: true });
}, 300_000);

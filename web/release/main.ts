import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { releaseCode } from '@multaqa/shared/release/release';
import { checkForum, differences } from './checking.ts';
import { builtProgram } from './program.ts';
import { keyIn, makeKey, signBuild } from './signing.ts';

const USAGE = `npm run release -- key FILE                        makes a key; keep it away from every server
npm run release -- sign --key FILE [--next KEY]    signs what was built
npm run release -- check URL [--key KEY]           compares what a forum serves with its release, and with what was built here

KEY: the public half, as "key" prints it. Another place than web/build: --build FOLDER`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { key: { type: 'string' }, next: { type: 'string' }, build: { type: 'string' } },
});
const [command, subject] = positionals;
const build = values.build ?? fileURLToPath(new URL('../build', import.meta.url));

try {
	if (command === 'key' && subject !== undefined) console.log(await makeKey(subject));
	else if (command === 'sign' && values.key !== undefined) await sign(values.key);
	else if (command === 'check' && subject !== undefined) await check(subject);
	else fail(USAGE);
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}

async function sign(file: string): Promise<void> {
	const signed = await signBuild(build, await keyIn(file), values.next);
	console.log(`${signed.release.version}\nrelease code: ${releaseCode(signed)}`);
}

async function check(url: string): Promise<void> {
	const { signed, files, altered } = await checkForum(url);
	console.log(`release code: ${releaseCode(signed)}\nsigned by:    ${signed.release.key}`);
	if (values.key !== undefined && values.key !== signed.release.key) fail('It is signed by another key than you named.');
	for (const path of altered) fail(`Not as it was signed: ${path}`);
	if (altered.length === 0) console.log(`All ${Object.keys(files).length} files are served as they were signed.`);
	if (!existsSync(build)) return console.log('Nothing was built here to compare with: npm run build -w web');
	const different = differences(files, (await builtProgram(build)).files);
	for (const path of different) fail(`Not as it was built here: ${path}`);
	if (different.length === 0) console.log('It is the same, byte for byte, as what was built here from the source.');
}

function fail(why: string): void {
	console.error(why);
	process.exitCode = 1;
}

/**
 * Runs npm scripts at once: `node .config/side-by-side.ts test:stories test:fuzz`. The first is heard while it runs and
 * has the processor whenever it wants it; what the others say comes at the end. Ends with an error when one of them did.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { text } from 'node:stream/consumers';

const GIVES_WAY = 10;

async function run(script: string, place: number): Promise<boolean> {
	const npm = process.env.npm_execpath;
	const [command, ...before] = npm ? [process.execPath, npm] : ['npm'];
	const heard = place === 0 ? 'inherit' : 'pipe';
	const child = spawn(command, [...before, 'run', script], { stdio: ['ignore', heard, heard] });
	if (place > 0 && child.pid) setPriority(child.pid, GIVES_WAY);
	const said = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''));
	const [code] = (await once(child, 'close')) as [number | null];
	later.push(...(await Promise.all(said)));
	return code === 0;
}

const later: string[] = [];
const went = await Promise.all(process.argv.slice(2).map(run));
for (const words of later) process.stdout.write(words);
process.exitCode = went.every(Boolean) ? 0 : 1;

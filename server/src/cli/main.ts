#!/usr/bin/env node
import { Refusal } from '@multaqa/db/copy/refusal';
import { isProblem } from '@multaqa/shared/problem';
import { readArguments, WrongArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { createVoice } from './console.ts';
import { USAGE } from './usage.ts';

const FAILED = 1;
const WRONG = 2;
const REFUSED = 3;

const voice = createVoice(process.stdout, process.stderr);
process.umask(0o077);
process.exitCode = await run(process.argv.slice(2));

async function run([name = '', ...given]: readonly string[]): Promise<number> {
	if (['help', '--help', '-h'].includes(name)) {
		voice.say(USAGE);
		return 0;
	}
	try {
		const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
		if (!command) throw new WrongArguments(name === '' ? 'No command was given.' : `There is no command ${name}.`);
		await command.run(readArguments(given, command), voice);
		return 0;
	} catch (error) {
		return explain(error);
	}
}

function explain(error: unknown): number {
	if (error instanceof WrongArguments) {
		voice.tell(`${error.message}\n\n${USAGE}`);
		return WRONG;
	}
	if (error instanceof Refusal) {
		voice.tell(error.message);
		return REFUSED;
	}
	voice.tell(wordsFor(error));
	return FAILED;
}

function wordsFor(error: unknown): string {
	if (isProblem(error, 'storage-full') || codeOf(error) === 'ENOSPC') return 'There is no room left on the disk. Nothing was left behind.';
	if (isProblem(error, 'storage-unavailable')) return 'The database cannot be reached, or another program holds it. Try again when it can.';
	if (codeOf(error) === 'EACCES' || codeOf(error) === 'EROFS') return 'This user may not write there.';
	if (codeOf(error) === 'ENOENT') return 'The folder to write to does not exist.';
	if (isProblem(error)) return `The database answered what was not expected (${error.detail.reason ?? error.code}).`;
	return error instanceof Error ? error.message : 'It went wrong.';
}

function codeOf(error: unknown): unknown {
	return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

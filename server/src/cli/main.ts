#!/usr/bin/env node
import { Refusal } from '@multaqa/db/copy/refusal';
import { removeUnfinished } from '@multaqa/db/copy/unfinished';
import { readArguments, WrongArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { createVoice } from './console.ts';
import { USAGE } from './usage.ts';
import { wordsFor } from './words.ts';

const FAILED = 1;
const WRONG = 2;
const REFUSED = 3;

const voice = createVoice(process.stdout, process.stderr);
process.umask(0o077);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		const wasBusy = removeUnfinished();
		voice.tell(wasBusy ? 'It was ended in the middle. What was not finished was removed.' : 'It was ended.');
		process.exit(FAILED);
	});
}
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

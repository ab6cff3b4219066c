import type { Place } from '@multaqa/db/database';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, readDatabaseUrl } from '../config.ts';
import { Refusal } from '@multaqa/db/copy/refusal';
import { backup } from '../operation/backup.ts';
import { check } from '../operation/check.ts';
import { makeKey } from '../operation/keys.ts';
import { move } from '../operation/move.ts';
import { restore } from '../operation/restore.ts';
import { WrongArguments, type Arguments, type Options } from './arguments.ts';
import { describe, type Voice } from './console.ts';

export interface Command extends Options {
	run(given: Arguments, voice: Voice): Promise<void>;
}

const now = Date.now;

/** Each does one thing and says what it did. */
export const commands: Readonly<Record<string, Command>> = {
	key: {
		values: ['to'],
		flags: [],
		async run(given, voice) {
			const path = given.required('to');
			const { publicPath } = await makeKey(path);
			voice.say(`${path} opens backups. Whoever has it reads what the server holds: keep it away from the server, and keep two copies.`);
			voice.say(`${publicPath} seals them. Bring it to the server and name it with --recipient.`);
		},
	},
	backup: {
		values: ['to', 'recipient'],
		flags: [],
		async run(given, { say, tell, progress }) {
			const [to, recipient] = [given.required('to'), given.required('recipient')];
			const { path, bytes, findings, noted } = await backup({ from: placeOf(), to, recipient, progress, now });
			say(`${path} (${(bytes / 1024 / 1024).toFixed(1)} MB) was written, read back from the disk and compared.`);
			say(describe(findings));
			if (!noted) tell('The database took no note of it, so the page of the forum will not show this backup. The file is whole.');
			// It is kept: of a database that suffered, a backup with a hole is better than none.
			if (findings.faults.length > 0) throw new Error(`The database has faults, and so has the backup: ${findings.faults.join(', ')}.`);
		},
	},
	restore: {
		values: ['from', 'identity'],
		flags: ['replace'],
		async run(given, { say, progress }) {
			const [from, identity] = [given.required('from'), given.required('identity')];
			const place = placeOf();
			const { findings, made, aside } = await restore({ from, identity, to: place, replace: given.flag('replace'), progress, now });
			say(`The backup of ${made.slice(0, 10)} is in its place; every row, chain, log and attachment was compared.`);
			say(describe(findings));
			if (aside !== null) say(`What was there before lies in ${aside}.`);
			say('Everybody signs in again. What was written after that backup is not here.');
		},
	},
	move: {
		values: ['to'],
		flags: ['replace'],
		async run(given, { say, progress }) {
			const url = readDatabaseUrl(given.required('to'));
			const from = placeOf();
			if (!('file' in from) || url === null) throw new WrongArguments('move goes from DATA_DIR to postgres://…: leave DATABASE_URL out.');
			const findings = await move({ from, to: { url }, replace: given.flag('replace'), progress, now });
			say('The forum was copied; every row, chain, log and attachment was compared.');
			say(describe(findings));
			say(`Start the server with DATABASE_URL from now on. ${from.file} is as it was: remove it when you need it no more.`);
		},
	},
	check: {
		values: [],
		flags: [],
		async run(_given, { say, progress }) {
			const findings = await check(placeOf(), progress, now);
			say(describe(findings));
			if (findings.faults.length > 0)
				throw new Refusal('altered', `${findings.faults.map((fault) => `Fault: ${fault}`).join('\n')}\nRestore the last backup.`);
			say('Everything holds together.');
		},
	},
};

function placeOf(): Place {
	const { dataDir, databaseUrl } = readConfig(process.env);
	if (databaseUrl !== null) return { url: databaseUrl };
	requireOwner(dataDir);
	return { file: join(dataDir, 'forum.db') };
}

/** Files that another user leaves behind would keep the server from its own database. */
function requireOwner(dataDir: string): void {
	const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
	if (owner === undefined || process.getuid === undefined || owner === process.getuid()) return;
	throw new Refusal('in-use', `${dataDir} belongs to another user. Run this as the user the server runs as (sudo -u <user> …).`);
}

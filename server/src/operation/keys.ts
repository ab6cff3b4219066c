import { Refusal } from '@multaqa/db/copy/refusal';
import { Encrypter, generateHybridIdentity, generateIdentity, identityToRecipient } from 'age-encryption';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';

/** Whom a backup is sealed to is not a secret: it may lie on the server. */
const RECIPIENT = /^age1[0-9a-z]+$/;
const IDENTITY = /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/;
const HYBRID = 'age1pq1';

/** Makes a key pair that also holds against a quantum computer (`age` 1.3 and later read it). Never replaces a file. */
export async function makeKey(path: string): Promise<{ publicPath: string }> {
	const publicPath = `${path}.pub`;
	for (const file of [path, publicPath])
		if (existsSync(file)) throw new Refusal('taken', `${file} is there already: a key is never replaced.`);
	const identity = await generateHybridIdentity();
	const recipient = await identityToRecipient(identity);
	await writeFile(path, `# Opens the backups of the forum. Keep it away from the server.\n${identity}\n`, { mode: 0o600, flag: 'wx' });
	try {
		await writeFile(publicPath, `# Seals backups of the forum. It opens nothing.\n${recipient}\n`, { mode: 0o644, flag: 'wx' });
	} catch (error) {
		// Half a pair would be taken for a whole one.
		await rm(path, { force: true });
		throw error;
	}
	return { publicPath };
}

/** @param named a recipient itself, or a file with some. @throws Refusal `wrong-key` */
export async function readRecipients(named: string): Promise<readonly string[]> {
	const lines = RECIPIENT.test(named) ? [named] : await linesOf(named);
	if (lines.length === 0 || !lines.every((line) => RECIPIENT.test(line)))
		throw new Refusal('wrong-key', 'The recipient is no public key of age: it begins with age1, or is a file that holds such keys.');
	try {
		for (const line of lines) new Encrypter().addRecipient(line);
	} catch {
		throw new Refusal('wrong-key', 'The recipient is no public key of age: something in it was mistyped.');
	}
	return lines;
}

/** @throws Refusal `wrong-key` */
export async function readIdentities(path: string): Promise<readonly string[]> {
	const lines = await linesOf(path);
	if (lines.length === 0 || !lines.every((line) => IDENTITY.test(line)))
		throw new Refusal('wrong-key', 'The identity is no secret key of age: a file with a line that begins with AGE-SECRET-KEY-.');
	return lines;
}

async function linesOf(path: string): Promise<string[]> {
	const text = await readFile(path, 'utf8').catch(() => {
		throw new Refusal('nothing-there', `${path} cannot be read.`);
	});
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));
}

/** A key pair for as long as a backup is read back; of the kind of the others, since age mixes no kinds. */
export async function passingKey(recipients: readonly string[]): Promise<{ identity: string; recipient: string }> {
	const isHybrid = recipients.every((recipient) => recipient.startsWith(HYBRID));
	const identity = await (isHybrid ? generateHybridIdentity() : generateIdentity());
	return { identity, recipient: await identityToRecipient(identity) };
}

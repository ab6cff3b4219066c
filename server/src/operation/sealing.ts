import { Refusal } from '@multaqa/db/copy/refusal';
import { Decrypter, Encrypter } from 'age-encryption';
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

const WRONG_KEY = /no identity matched/;

/** Seals bytes as they come, for whoever holds one of the keys (the format of age: the tool of that name opens it too). */
export async function sealStream(bytes: AsyncIterable<Uint8Array>, recipients: readonly string[]): Promise<Readable> {
	const encrypter = new Encrypter();
	for (const recipient of recipients) encrypter.addRecipient(recipient);
	const sealed = await encrypter.encrypt(Readable.toWeb(Readable.from(bytes)) as unknown as ReadableStream<Uint8Array>);
	return Readable.fromWeb(sealed as unknown as NodeReadableStream<Uint8Array>);
}

/** Opens a sealed file as it is read. @throws Refusal `nothing-there`, `wrong-key`, `altered` */
export async function openSealed(path: string, identities: readonly string[]): Promise<Readable> {
	await access(path, constants.R_OK).catch(() => {
		throw new Refusal('nothing-there', `${path} cannot be read.`);
	});
	const decrypter = new Decrypter();
	for (const identity of identities) decrypter.addIdentity(identity);
	const file = createReadStream(path, { highWaterMark: 256 * 1024 });
	try {
		const opened = await decrypter.decrypt(Readable.toWeb(file) as unknown as ReadableStream<Uint8Array>);
		return Readable.fromWeb(opened as unknown as NodeReadableStream<Uint8Array>);
	} catch (error) {
		file.destroy();
		if (error instanceof Error && WRONG_KEY.test(error.message))
			throw new Refusal('wrong-key', 'This key does not open the backup: it was made for another one.');
		throw new Refusal('altered', 'The file is damaged, or no backup of a forum.');
	}
}

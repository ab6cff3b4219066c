import { toBase64url } from '@multaqa/shared/bytes/bytes';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { canonicalBytes, textHash } from '@multaqa/shared/documents/canonical';
import { DocumentLog } from '@multaqa/shared/documents/live/document-log';
import type { Editing } from '@multaqa/shared/documents/live/editing';
import type { ContentOf, DocumentEventType } from '@multaqa/shared/documents/live/events';
import { packed } from '@multaqa/shared/documents/live/packed';
import { liveText, type LiveText } from '@multaqa/shared/documents/live/text';
import type { VersionName } from '@multaqa/shared/documents/live/versions';
import { beginningOf, stateOf, TextWriter } from '@multaqa/shared/documents/live/writer';
import { templateOf } from '@multaqa/shared/documents/templates/all';
import { beginning } from '@multaqa/shared/documents/templates/template';

const newId = () => toBase64url(crypto.getRandomValues(new Uint8Array(12)));
const nonce = () => crypto.getRandomValues(new Uint8Array(8));

/** Opens a document as its page would. @returns its stream */
export async function openDocumentAs(client: Client, space: SpaceId, title: string, templateId: string): Promise<StreamId> {
	const template = templateOf(templateId);
	const index = client.spaces.find(({ id }) => id === space)?.index;
	if (!template || !index) throw new Error(`no template ${templateId}, or no such space`);
	const stream = client.newStream();
	await client.append(space, index, 'document.open', { stream, title, template: templateId });
	const session = { device: deviceOf(client), nonce: nonce() };
	const pairs = beginning(template, newId).map((pair, part) => ({ ...pair, part, ...(part === 0 ? { ar: title } : {}) }));
	const counting =
		template.submission === null ? null : { submission: template.submission, status: 'special' as const, language: 'en' as const };
	const update = packed(beginningOf(session, { authority: template.authority, counting, pairs }));
	await client.append(space, stream, 'document.update', { version: null, session: session.nonce, update, online: true });
	return stream;
}

const deviceOf = (client: Client) => {
	const own = client.devices.find(({ current }) => current);
	if (!own) throw new Error('this device is not signed in');
	return own.id;
};

/** Somebody with a document open, and no screen. */
export class Scribe {
	readonly client: Client;
	readonly log = new DocumentLog();
	readonly #space: SpaceId;
	readonly #stream: StreamId;
	#writer: TextWriter | null = null;
	#version: VersionName | undefined = undefined;
	#received = 0;

	constructor(client: Client, space: SpaceId, stream: StreamId) {
		this.client = client;
		this.#space = space;
		this.#stream = stream;
	}

	/** The text as it is here now. */
	get text(): LiveText {
		return liveText(this.#open().doc);
	}

	/** Changes the text, and sends what was changed. */
	async writes(work: (editing: Editing, text: LiveText) => void): Promise<void> {
		const writer = this.#open();
		work(writer.editing, liveText(writer.doc));
		const update = writer.unsent();
		if (!update) return;
		const version = this.log.chain.last;
		await this.says('document.update', { version, session: writer.session.nonce, update: packed(update), online: true });
	}

	says<Type extends DocumentEventType>(type: Type, content: ContentOf<Type>): Promise<Hash> {
		return this.client.append(this.#space, this.#stream, type, content as unknown as Cbor);
	}

	/** Freezes what is here now. @returns the hash of the text */
	async freezes(): Promise<Hash> {
		const { text } = this;
		const bytes = canonicalBytes(text);
		const { last: version, number } = this.log.chain;
		const pairs = text.pairs.map(({ id }) => id);
		const hash = textHash(bytes);
		await this.says('document.freeze', { version, heads: [...this.log.heads], number, hash, text: packed(bytes), pairs });
		return hash;
	}

	look(): DocumentLog {
		this.log.take(this.client.events(this.#space, this.#stream));
		return this.log;
	}

	#open(): TextWriter {
		const { last } = this.look().chain;
		const text = this.log.textOf(last);
		if (!text) throw new Error('nothing is written yet');
		if (!this.#writer || this.#version !== last) {
			this.#writer = new TextWriter({ device: deviceOf(this.client), nonce: nonce() }, newId, stateOf(text.doc));
			this.#version = last;
			this.#received = text.changes.length;
		}
		for (const { update } of text.changes.slice(this.#received)) this.#writer.receive(update);
		this.#received = text.changes.length;
		return this.#writer;
	}
}

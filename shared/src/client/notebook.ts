import { notebooks } from '../api/index.ts';
import { idBytes } from '../bytes/ids.ts';
import { derive } from '../crypto/derive.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { decodeNotebook, emptyNotebook, encodeNotebook, mergeNotebooks, type Notebook } from '../notebook/content.ts';
import { isProblem } from '../problem.ts';
import type { Membership } from './membership.ts';

/** Reading a thread is many small steps: they are sent together. */
const SEND_AFTER_MS = 10_000;
const MOST_TRIES = 5;
const KEPT = 'notebook';

/** What a notebook needs of the open forum. */
export interface NotebookForum extends Pick<Membership, 'ports' | 'keys'> {
	readonly changed: () => void;
}

/** The person's notebook on this device: kept here at once, and on the server a moment later, for the other devices. */
export class OwnNotebook {
	readonly #forum: NotebookForum;
	#content = emptyNotebook;
	/** Version of the blob that the server holds. */
	#version = 0;
	/** Something is here that the server does not have. */
	#isAhead = false;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#key: Promise<CryptoKey> | null = null;

	constructor(forum: NotebookForum) {
		this.#forum = forum;
	}

	get content(): Notebook {
		return this.#content;
	}

	/** Opens what this device kept. */
	async load(): Promise<void> {
		const kept = await this.#forum.ports.store.get<Uint8Array>('notes', KEPT);
		if (kept) this.#content = await this.#open(kept).catch(() => emptyNotebook);
	}

	/** Changes it here and, soon, on the server. */
	async change(change: (content: Notebook) => Notebook): Promise<void> {
		const changed = change(this.#content);
		if (changed === this.#content) return;
		this.#content = changed;
		this.#isAhead = true;
		this.#forum.changed();
		await this.#keep();
		this.#timer ??= setTimeout(() => void this.send().catch(() => undefined), SEND_AFTER_MS);
	}

	/** Takes what other devices wrote, and gives what they lack. @throws Problem `offline` and others */
	async synchronise(): Promise<void> {
		await this.#fetch();
		if (this.#isAhead) await this.send();
	}

	/** Another device wrote. */
	async hear(version: number): Promise<void> {
		if (version > this.#version) await this.#fetch();
	}

	/** Puts on the server what it lacks, on top of what other devices wrote. */
	async send(): Promise<void> {
		this.#cancel();
		const { ports, keys } = this.#forum;
		for (let tries = 1; this.#isAhead; tries++) {
			const sent = this.#content;
			const blob = await this.#seal(sent);
			try {
				const request = { expected: this.#version, blob };
				this.#version = (await ports.transport.call(notebooks.write, { params: {}, request, prove: keys.prove })).version;
				this.#isAhead = this.#content !== sent;
			} catch (error) {
				if (!isProblem(error, 'stale') || tries >= MOST_TRIES) throw error;
				await this.#fetch();
			}
		}
	}

	/** The forum closes: what waits is sent without waiting for it. */
	stop(): void {
		this.#cancel();
		if (this.#isAhead) void this.send().catch(() => undefined);
	}

	async #fetch(): Promise<void> {
		const { ports, keys } = this.#forum;
		const { version, blob } = await ports.transport.call(notebooks.read, { params: {}, request: {}, prove: keys.prove });
		this.#version = version;
		// What cannot be opened was not written by this person: it is written over, and nothing here is lost by it.
		const theirs = (blob && (await this.#open(blob).catch(() => null))) ?? emptyNotebook;
		const merged = mergeNotebooks(this.#content, theirs);
		this.#isAhead ||= !isSame(merged, theirs);
		if (isSame(merged, this.#content)) return;
		this.#content = merged;
		this.#forum.changed();
		await this.#keep();
	}

	/** Another tab may have kept more meanwhile. */
	async #keep(): Promise<void> {
		const { store } = this.#forum.ports;
		await store.exclusively(KEPT, async () => {
			const kept = await store.get<Uint8Array>('notes', KEPT);
			const other = kept && (await this.#open(kept).catch(() => null));
			if (other) this.#content = mergeNotebooks(this.#content, other);
			await store.write([{ bucket: 'notes', key: KEPT, value: await this.#seal(this.#content) }]);
		});
	}

	#cancel(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
	}

	async #seal(content: Notebook): Promise<Uint8Array<ArrayBuffer>> {
		const { ports, keys } = this.#forum;
		return seal(await this.#sealingKey(), 'notebook', encodeNotebook(content), idBytes(keys.account), ports.random);
	}

	async #open(sealed: Uint8Array): Promise<Notebook> {
		return decodeNotebook(await open(await this.#sealingKey(), 'notebook', sealed, idBytes(this.#forum.keys.account)));
	}

	#sealingKey(): Promise<CryptoKey> {
		this.#key ??= derive(this.#forum.keys.content.root, 'notebook').then(importSealingKey);
		return this.#key;
	}
}

const isSame = (one: Notebook, other: Notebook): boolean => {
	const [a, b] = [encodeNotebook(one), encodeNotebook(other)];
	return a.length === b.length && a.every((byte, place) => byte === b[place]);
};

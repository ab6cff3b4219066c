import { isDeviceName, plainName, stemOf } from '@multaqa/shared/attachments/file-name';
import { MOST_ATTACHMENTS, type Attachment } from '@multaqa/shared/attachments/manifest';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { isProblem } from '@multaqa/shared/problem';
import type { Cleaner } from './clean-beside.ts';
import { DraftFile } from './draft-file.svelte.ts';
import { readKept, writeKept } from './kept-files.ts';

type FilesClient = Pick<Client, 'attachments' | 'readDraft' | 'writeDraft' | 'removeDraft'>;

export interface FilesParts {
	readonly space: SpaceId;
	/** Of the draft they hang on. */
	readonly key: string;
	readonly clean: Cleaner;
	/** What a file is called whose name would tell where it is from. */
	readonly plainNameFor: (kind: 'picture' | 'document') => string;
	/** Pictures are made smaller unless somebody wants them as they are. */
	readonly saving: () => boolean;
}

/** The files of a draft: cleaned one after another, sealed on this device, and there again after a reload. */
export class DraftFiles {
	readonly #client: FilesClient;
	readonly #parts: FilesParts;
	readonly #key: string;
	#list = $state.raw<readonly DraftFile[]>([]);
	#tooMany = $state(false);
	#ready = $state(false);
	#revision = 0;
	#line: Promise<void> = Promise.resolve();
	#saving: Promise<void> = Promise.resolve();

	constructor(client: FilesClient, parts: FilesParts) {
		this.#client = client;
		this.#parts = parts;
		this.#key = `files:${parts.key}`;
	}

	get space(): SpaceId {
		return this.#parts.space;
	}

	/** What was attached before is there. */
	get ready(): boolean {
		return this.#ready;
	}

	get list(): readonly DraftFile[] {
		return this.#list;
	}

	/** More were chosen than a post takes, or were given back to what hung here already. */
	get tooMany(): boolean {
		return this.#tooMany || this.#list.length > MOST_ATTACHMENTS;
	}

	/** Something is still being cleaned or sealed. */
	get busy(): boolean {
		return this.#list.some(({ state }) => state === 'working');
	}

	/** What the post says of them. */
	get attachments(): readonly Attachment[] {
		return this.#list.flatMap(({ attachment }) => attachment ?? []);
	}

	/** Brings back what was attached before. */
	async open(): Promise<void> {
		const draft = await this.#client.readDraft(this.#key).catch(() => null);
		this.#revision = draft?.revision ?? 0;
		const kept: DraftFile[] = [];
		for (const file of readKept(draft?.text ?? '')) {
			if (await this.#client.attachments.isHere(this.space, file.attachment)) kept.push(DraftFile.of(file));
		}
		this.#list = [...kept, ...this.#list];
		this.#ready = true;
		for (const file of kept) void this.#showPicture(file);
	}

	add(chosen: readonly File[]): void {
		const room = MOST_ATTACHMENTS - this.#list.length;
		this.#tooMany = chosen.length > room;
		const files = chosen.slice(0, Math.max(0, room)).map((source) => new DraftFile(source.name, source));
		this.#list = [...this.#list, ...files];
		for (const file of files) {
			file.smaller = this.#parts.saving();
			this.#enqueue(file);
		}
	}

	/** What was sent and taken back hangs here again. */
	async take(attachments: readonly Attachment[]): Promise<void> {
		const known = new Set(this.#list.map(({ attachment }) => attachment?.pieces[0]));
		const back = attachments.filter(({ pieces }) => !known.has(pieces[0]));
		const files = back.map((attachment) => DraftFile.of({ attachment, before: attachment.size, removed: [], kept: [] }));
		this.#list = [...this.#list, ...files];
		for (const file of files) void this.#showPicture(file);
		await this.save();
	}

	/** Takes the picture in the other size. */
	resize(file: DraftFile): void {
		if (!file.source) return;
		const { attachment } = file;
		if (attachment) void this.#client.attachments.discard(this.space, attachment);
		file.smaller = !file.smaller;
		this.#enqueue(file);
	}

	async remove(file: DraftFile): Promise<void> {
		file.dismissed = true;
		file.show(null);
		this.#tooMany = false;
		// The draft forgets it first: what it knows of is there.
		await this.save();
		this.#list = this.#list.filter((other) => other !== file);
		if (file.attachment) await this.#client.attachments.discard(this.space, file.attachment);
	}

	/** Keeps names and descriptions as they are now. */
	save(): Promise<void> {
		this.#saving = this.#saving.then(() => this.#write()).catch(() => undefined);
		return this.#saving;
	}

	/** They hang on a post now: the draft forgets them. */
	async finish(): Promise<void> {
		for (const file of this.#list) file.show(null);
		this.#list = [];
		this.#tooMany = false;
		await this.#saving;
		this.#revision = 0;
		await this.#client.removeDraft(this.#key);
	}

	/** Nobody wants them any more. */
	async discard(): Promise<void> {
		const sealed = this.attachments;
		for (const attachment of sealed) await this.#client.attachments.discard(this.space, attachment);
		await this.finish();
	}

	/** Gives the pictures' memory back. */
	close(): void {
		for (const file of this.#list) file.show(null);
	}

	/** One after another: two large pictures at once are too much for a small phone. */
	#enqueue(file: DraftFile): void {
		file.begin();
		this.#line = this.#line.then(() => this.#prepare(file));
	}

	async #prepare(file: DraftFile): Promise<void> {
		if (!file.source || file.dismissed) return;
		try {
			const clean = await this.#parts.clean({ file: file.source, name: file.chosenName, smaller: file.smaller });
			file.removed = clean.removed;
			file.kept = clean.kept;
			file.large = clean.large;
			file.name ||= this.#nameFor(file.chosenName, clean.pixels ? 'picture' : 'document');
			if (clean.pixels) file.show(new Blob([clean.bytes], { type: clean.type }));
			const { bytes, type, pixels } = clean;
			const described = { bytes, type, pixels: pixels && ([...pixels] as [number, number]), name: file.name };
			const attachment = await this.#client.attachments.attach(this.space, described, file.report);
			if (file.dismissed) return await this.#client.attachments.discard(this.space, attachment);
			file.sealed(attachment);
			await this.save();
			file.settle();
		} catch (error) {
			file.show(null);
			file.failed(error);
		}
	}

	/** Names that devices give tell when and with what; they are replaced, and told apart by a number. */
	#nameFor(chosen: string, kind: 'picture' | 'document'): string {
		const stem = plainName(stemOf(chosen));
		if (stem !== '' && !isDeviceName(stem)) return stem;
		const plain = this.#parts.plainNameFor(kind);
		const taken = new Set(this.#list.map(({ name }) => name));
		for (let number = 1; ; number++) {
			const name = number === 1 ? plain : `${plain} ${number}`;
			if (!taken.has(name)) return name;
		}
	}

	async #showPicture(file: DraftFile): Promise<void> {
		const { attachment } = file;
		if (!attachment?.pixels) return;
		const bytes = await this.#client.attachments.open(this.space, attachment).catch(() => null);
		if (bytes && !file.dismissed) file.show(new Blob([bytes], { type: attachment.type }));
	}

	async #write(): Promise<void> {
		const kept = this.#list.flatMap(({ forDraft, dismissed }) => (forDraft && !dismissed ? [forDraft] : []));
		if (kept.length === 0 && this.#revision === 0) return;
		const text = writeKept(kept);
		try {
			this.#revision = await this.#client.writeDraft(this.#key, text, this.#revision);
		} catch (error) {
			if (!isProblem(error, 'stale')) throw error;
			// Another tab was here: what stands in this one is what its person sees.
			const draft = await this.#client.readDraft(this.#key);
			this.#revision = await this.#client.writeDraft(this.#key, text, draft?.revision ?? 0);
		}
	}
}

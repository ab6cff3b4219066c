import type { Remainder, Trace } from '@multaqa/shared/attachments/clean/traces';
import type { Attachment } from '@multaqa/shared/attachments/manifest';
import type { Progress } from '@multaqa/shared/client/types';
import type { KeptFile } from './kept-files.ts';

let count = 0;

/** A file on its way into a post: chosen, cleaned, sealed. */
export class DraftFile {
	readonly id = `file-${++count}`;
	/** As it was chosen: gone after a reload. */
	readonly source: File | null;
	/** What it is called on this device. */
	readonly chosenName: string;
	#name = $state('');
	#description = $state('');
	#attachment = $state.raw<Attachment | null>(null);
	#isKept = $state(false);
	#failure = $state.raw<unknown>(null);
	#progress = $state.raw<Progress | null>(null);
	#picture = $state<string | null>(null);
	before = $state(0);
	smaller = $state(false);
	/** It could be made smaller, or was. */
	large = $state(false);
	removed = $state.raw<readonly Trace[]>([]);
	kept = $state.raw<readonly Remainder[]>([]);
	/** It was taken away while something was still done to it. */
	dismissed = false;

	constructor(chosenName: string, source: File | null = null) {
		this.source = source;
		this.chosenName = chosenName;
		this.before = source?.size ?? 0;
	}

	static of({ attachment, before, removed, kept }: KeptFile): DraftFile {
		const file = new DraftFile(attachment.name);
		file.#name = attachment.name;
		file.#description = attachment.description ?? '';
		file.before = before;
		file.removed = removed;
		file.kept = kept;
		file.#attachment = attachment;
		file.#isKept = true;
		return file;
	}

	get name(): string {
		return this.#name;
	}

	set name(name: string) {
		this.#name = name;
	}

	get description(): string {
		return this.#description;
	}

	set description(description: string) {
		this.#description = description;
	}

	get state(): 'working' | 'failed' | 'ready' {
		return this.#failure !== null ? 'failed' : this.#isKept ? 'ready' : 'working';
	}

	get failure(): unknown {
		return this.#failure;
	}

	get progress(): Progress | null {
		return this.#progress;
	}

	/** Address of the picture, on this page only. */
	get picture(): string | null {
		return this.#picture;
	}

	/** What the post will say of it; `null` until it is sealed. */
	get attachment(): Attachment | null {
		const sealed = this.#attachment;
		return sealed && { ...sealed, name: this.#name.trim() || sealed.name, description: this.#description.trim() || null };
	}

	get forDraft(): KeptFile | null {
		const { attachment, before, removed, kept } = this;
		return attachment && { attachment, before, removed: [...removed], kept: [...kept] };
	}

	begin(): void {
		this.#attachment = null;
		this.#isKept = false;
		this.#failure = null;
		this.#progress = null;
		this.show(null);
	}

	report = (progress: Progress): void => {
		this.#progress = progress;
	};

	sealed(attachment: Attachment): void {
		this.#attachment = attachment;
		this.#progress = null;
	}

	/** The draft knows of it: it is there after a reload. */
	settle(): void {
		this.#isKept = true;
	}

	failed(error: unknown): void {
		this.#failure = error;
		this.#progress = null;
	}

	/** Takes the address of the former picture back. */
	show(picture: Blob | null): void {
		if (this.#picture) URL.revokeObjectURL(this.#picture);
		this.#picture = picture && URL.createObjectURL(picture);
	}
}

import { sizeOfPicture } from '@multaqa/shared/attachments/image-size';
import type { Attachment } from '@multaqa/shared/attachments/manifest';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { Work } from '../progress/work.svelte.ts';

/** A file of a post, opened on this page: fetched, put together and checked by the engine. */
export class OpenedFile {
	readonly #client: Pick<Client, 'attachments'>;
	readonly #space: SpaceId;
	readonly attachment: Attachment;
	readonly work = new Work();
	#address = $state.raw<string | null>(null);
	#closed = false;

	constructor(client: Pick<Client, 'attachments'>, space: SpaceId, attachment: Attachment) {
		this.#client = client;
		this.#space = space;
		this.attachment = attachment;
	}

	/** Where the picture is shown from; `null` until it is there. */
	get address(): string | null {
		return this.#address;
	}

	isHere(): Promise<boolean> {
		return this.#client.attachments.isHere(this.#space, this.attachment).catch(() => false);
	}

	/** Fetches the picture for this page. */
	async show(): Promise<void> {
		if (this.#address !== null) return;
		const blob = await this.#read(this.attachment.type);
		if (blob && !this.#closed) this.#address = URL.createObjectURL(blob);
	}

	/** Hands the file to the person: as a file, never as a page. */
	async save(name: string): Promise<void> {
		const blob = await this.#read('application/octet-stream');
		if (!blob) return;
		const address = URL.createObjectURL(blob);
		const link = document.createElement('a');
		link.href = address;
		link.download = name;
		link.click();
		setTimeout(() => URL.revokeObjectURL(address), 60_000);
	}

	close(): void {
		this.#closed = true;
		if (this.#address !== null) URL.revokeObjectURL(this.#address);
		this.#address = null;
	}

	async #read(type: string): Promise<Blob | undefined> {
		return await this.work.run(async (report) => {
			const bytes = await this.#client.attachments.open(this.#space, this.attachment, report);
			if (this.attachment.pixels !== null && !isAsSaid(bytes, this.attachment.pixels)) throw new Problem('tampered');
			return new Blob([bytes], { type });
		});
	}
}

/** A picture is what its post says, turned or not: no other kind of file, and none that is far larger. */
function isAsSaid(bytes: Uint8Array, said: readonly [number, number]): boolean {
	const size = sizeOfPicture(bytes);
	return size !== null && Math.min(...size) === Math.min(...said) && Math.max(...size) === Math.max(...said);
}

import type { Client } from '@multaqa/shared/client/types';
import { DraftText } from '../writing/draft.svelte.ts';

/** Fields of a form that are kept like the draft of a post: through reload, lock and a lost line. */
export class KeptForm<Fields extends object> {
	readonly #draft: DraftText;
	readonly #begin: () => Fields;
	readonly #fields = $derived.by(() => this.#read(this.#draft.text));

	/** @param begin what stands in the form as long as nothing was written: it follows what it is made of */
	constructor(client: Pick<Client, 'readDraft' | 'writeDraft' | 'removeDraft'>, key: string, begin: () => Fields) {
		this.#draft = new DraftText(client, key);
		this.#begin = begin;
		void this.#draft.open();
	}

	get ready(): boolean {
		return this.#draft.ready;
	}

	/** Something was begun here. */
	get begun(): boolean {
		return this.#draft.text !== '';
	}

	get fields(): Fields {
		return this.#fields;
	}

	change(change: Partial<Fields>): void {
		this.#draft.text = JSON.stringify({ ...this.#fields, ...change });
	}

	/** Another tab wrote the same form meanwhile. */
	get isElsewhere(): boolean {
		return this.#draft.theirs !== null;
	}

	keepMine(): void {
		this.#draft.chooseMine();
	}

	keepTheirs(): void {
		this.#draft.chooseTheirs();
	}

	leave(): void {
		this.#draft.leave();
	}

	/** What was written has gone where it belongs, or nobody wants it. */
	finish(): Promise<void> {
		return this.#draft.finish();
	}

	#read(text: string): Fields {
		const begun = this.#begin();
		try {
			const kept: unknown = text === '' ? null : JSON.parse(text);
			return typeof kept === 'object' && kept !== null ? { ...begun, ...kept } : begun;
		} catch {
			return begun;
		}
	}
}

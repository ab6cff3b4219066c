import type { Client } from '@multaqa/shared/client/types';
import type { Bilingual } from '@multaqa/shared/documents/pair';

/** The name under which an organisation signs, in both languages: as it signed the last time from this device. */
export class KeptNames {
	ar = $state('');
	en = $state('');
	readonly #client: Pick<Client, 'readDraft' | 'writeDraft'>;
	readonly #key: string;
	#revision = 0;

	/** @param begin what the organisation is called here, until it has signed once */
	constructor(client: Pick<Client, 'readDraft' | 'writeDraft'>, organisation: string, begin: Partial<Bilingual>) {
		this.#client = client;
		this.#key = `signing-name:${organisation}`;
		this.ar = begin.ar ?? '';
		this.en = begin.en ?? '';
		void this.#open();
	}

	get both(): Bilingual {
		return { ar: this.ar, en: this.en };
	}

	get missing(): boolean {
		return (this.ar + this.en).trim() === '';
	}

	/** Remembers it for the next statement. */
	async keep(): Promise<void> {
		const written = this.#client.writeDraft(this.#key, JSON.stringify(this.both), this.#revision);
		this.#revision = await written.catch(() => this.#revision);
	}

	async #open(): Promise<void> {
		const kept = await this.#client.readDraft(this.#key);
		if (!kept) return;
		this.#revision = kept.revision;
		const { ar, en } = JSON.parse(kept.text) as Bilingual;
		this.ar = ar;
		this.en = en;
	}
}

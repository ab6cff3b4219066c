import type { Client } from '@multaqa/shared/client/types';
import { scriptOf } from '@multaqa/shared/exchange/script';
import type { Bilingual } from '@multaqa/shared/documents/pair';

/** The name under which an organisation signs, in both languages: as it signed the last time from this device. */
export class KeptNames {
	ar = $state('');
	en = $state('');
	readonly #client: Pick<Client, 'readDraft' | 'writeDraft'>;
	readonly #key: string;
	#revision = 0;

	/** @param known what the organisation is called here: stands in the language it is written in until it has signed once */
	constructor(client: Pick<Client, 'readDraft' | 'writeDraft'>, organisation: string, known: string) {
		this.#client = client;
		this.#key = `signing-name:${organisation}`;
		if (scriptOf(known) === 'en') this.en = known;
		else this.ar = known;
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
		const names = namesIn(kept.text);
		if (names) [this.ar, this.en] = [names.ar, names.en];
	}
}

/** `null` for what an older program, or nobody of ours, wrote. */
function namesIn(text: string): Bilingual | null {
	try {
		const { ar, en } = JSON.parse(text) as Partial<Bilingual>;
		return typeof ar === 'string' && typeof en === 'string' ? { ar, en } : null;
	} catch {
		return null;
	}
}

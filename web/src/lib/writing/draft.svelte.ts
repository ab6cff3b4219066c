import type { Client } from '@multaqa/shared/client/types';
import { isProblem } from '@multaqa/shared/problem';

/** What a person is writing: its text, and the post it answers. */
export interface Writing {
	readonly text: string;
	readonly reply: string;
}

const EMPTY: Writing = { text: '', reply: '' };
const PAUSE = 400;

/** What is being kept just now. */
const saving = new Set<Promise<void>>();

/** Resolves when every draft that was left is kept: for a page that lists them. */
export const draftsKept = async (): Promise<void> => void (await Promise.allSettled(saving));

type DraftClient = Pick<Client, 'readDraft' | 'writeDraft' | 'removeDraft'>;

/**
 * A text that survives reload, lock and a lost line: every pause is kept by the engine, sealed. When another
 * tab wrote the same draft in between, both texts stand here until the person has chosen.
 */
export class DraftText {
	readonly #client: DraftClient;
	readonly #key: string;
	#writing = $state.raw<Writing>(EMPTY);
	#theirs = $state.raw<Writing | null>(null);
	/** Set while the other text is one that was taken back: called when it has found its place. */
	#returned = $state.raw<(() => void) | null>(null);
	#returning: Promise<void> = Promise.resolve();
	#ready = $state(false);
	#kept = $state(true);
	#revision = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#line: Promise<void> = Promise.resolve();

	constructor(client: DraftClient, key: string) {
		this.#client = client;
		this.#key = key;
	}

	/** Brings back what was written before. */
	async open(): Promise<void> {
		const draft = await this.#client.readDraft(this.#key).catch(() => null);
		if (draft) {
			this.#revision = draft.revision;
			this.#writing = decoded(draft.text);
		}
		this.#ready = true;
	}

	get ready(): boolean {
		return this.#ready;
	}

	get text(): string {
		return this.#writing.text;
	}

	set text(text: string) {
		this.#change({ ...this.#writing, text });
	}

	/** Id of the post that is answered; empty for the thread itself. */
	get reply(): string {
		return this.#writing.reply;
	}

	set reply(reply: string) {
		this.#change({ ...this.#writing, reply });
	}

	/** What another tab wrote meanwhile, or what was taken back; `null` when there is nothing to choose. */
	get theirs(): string | null {
		return this.#theirs?.text ?? null;
	}

	/** The other text is one that was taken back. */
	get isReturned(): boolean {
		return this.#returned !== null;
	}

	/**
	 * Something comes back that was sent or refused: it stands here again, or beside what was begun meanwhile until the
	 * person has chosen. Resolves when it is kept here.
	 */
	takeBack(writing: Writing): Promise<void> {
		this.#returning = this.#returning.then(async () => {
			const isThere = this.text.includes(writing.text.trim());
			if (this.text.trim() === '') this.#writing = writing;
			else if (!isThere) {
				await new Promise<void>((resolve) => {
					this.#theirs = writing;
					this.#returned = resolve;
				});
			}
			await this.save();
		});
		return this.#returning;
	}

	/** False while this device could not keep the draft: it then lives in this page only. */
	get kept(): boolean {
		return this.#kept;
	}

	chooseMine(): void {
		this.#settle(this.#writing);
	}

	chooseTheirs(): void {
		this.#settle(this.#theirs ?? this.#writing);
	}

	/** One after the other, with an empty line between. */
	chooseBoth(): void {
		const { text = '', reply = '' } = this.#theirs ?? {};
		this.#settle({ ...this.#writing, text: `${this.text}\n\n${text}`, reply: this.reply || reply });
	}

	/** Keeps what is there now, without waiting for a pause. */
	save(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const line = this.#line.then(() => this.#write());
		this.#line = line;
		saving.add(line);
		return line.finally(() => saving.delete(line));
	}

	/** Writes what a pause would have written: for a page that is left. */
	leave(): void {
		if (this.#timer !== undefined) void this.save();
	}

	/** It has become a post: nothing of the draft stays but what was written after what was `sent` meanwhile, if that is said. */
	async finish(sent?: string): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		await this.#line;
		this.#writing = sent === undefined ? EMPTY : { text: writtenAfter(sent, this.text), reply: '' };
		this.#theirs = null;
		this.#revision = 0;
		await this.#client.removeDraft(this.#key);
		if (this.text !== '') this.#change(this.#writing);
	}

	#change(writing: Writing): void {
		this.#writing = writing;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.save(), PAUSE);
	}

	#settle(writing: Writing): void {
		this.#theirs = null;
		this.#returned?.();
		this.#returned = null;
		this.#change(writing);
		void this.save();
	}

	async #write(): Promise<void> {
		if (this.#theirs) return;
		const mine = this.#writing;
		try {
			this.#revision = await this.#client.writeDraft(this.#key, encoded(mine), this.#revision);
			this.#kept = true;
		} catch (error) {
			if (isProblem(error, 'stale')) await this.#meet(mine);
			else this.#kept = false;
		}
	}

	/** Another tab was here: the same words are no conflict, and a removed draft is none either. */
	async #meet(mine: Writing): Promise<void> {
		const draft = await this.#client.readDraft(this.#key).catch(() => null);
		this.#revision = draft?.revision ?? 0;
		const theirs = draft ? decoded(draft.text) : EMPTY;
		// Written once more, the same words would make the other tab's next ones come too late.
		if (this.#writing === mine && encoded(theirs) === encoded(mine)) return void (this.#kept = true);
		if (theirs.text.trim() === '' || theirs.text === mine.text) {
			// What was typed meanwhile stays.
			this.#change(this.#writing);
			return;
		}
		this.#theirs = theirs;
	}
}

/** What was changed inside the sent words cannot be told apart from them, so that it stays whole. */
function writtenAfter(sent: string, now: string): string {
	return (now.startsWith(sent) ? now.slice(sent.length) : now).trimStart();
}

function encoded({ text, reply }: Writing): string {
	return `${reply}\n${text}`;
}

/** What a kept draft holds. */
export function decoded(kept: string): Writing {
	const line = kept.indexOf('\n');
	return line < 0 ? { text: kept, reply: '' } : { reply: kept.slice(0, line), text: kept.slice(line + 1) };
}

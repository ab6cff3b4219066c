import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import type { Post } from '@multaqa/shared/threads/posts';
import { untrack } from 'svelte';
import type { DraftFiles } from '../../attachments/draft-files.svelte.ts';
import type { Posts } from '../../posts/posts.svelte.ts';
import type { DraftText } from '../../writing/draft.svelte.ts';
import { leftEdits } from '../post/edit-drafts.ts';
import { givenBack } from './late-posts.ts';

interface ReturnedParts {
	readonly posts: Posts;
	/** Where it comes back to. */
	readonly draft: DraftText;
	readonly files: DraftFiles;
	readonly self: () => AccountId | null;
}

/**
 * What comes back to whoever writes in a thread: posts that came too late or too soon, changes that were left or came
 * too late, characters that were taken out. Made while a component is.
 */
export class Returned {
	readonly #client: Client;
	readonly #parts: ReturnedParts;
	#tooSoon = $state(false);
	#editOver = $state(false);
	#removed = $state(0);

	constructor(client: Client, parts: ReturnedParts) {
		this.#client = client;
		this.#parts = parts;
		const { posts, draft, files } = parts;
		// Into drafts that are here: whatever else was begun stays.
		$effect(() => {
			const { aside } = posts.discussion;
			if (aside.length > 0 && draft.ready && files.ready) void untrack(() => this.#giveBack(aside));
		});
	}

	/** A post that came before its time stands in the draft. */
	get tooSoon(): boolean {
		return this.#tooSoon;
	}

	/** The time to change a post was over: what was typed stands in the draft. */
	get editOver(): boolean {
		return this.#editOver;
	}

	/** So many characters were taken out of what was sent. */
	get removed(): number {
		return this.#removed;
	}

	/** Changes that were begun on this device: the post whose change goes on, the others into the draft. */
	async leftEdit(): Promise<Post | null> {
		const { posts, self } = this.#parts;
		let going: Post | null = null;
		for (const { post, late } of await leftEdits(this.#client, posts.discussion.items, self(), Date.now() / 1000)) {
			if (late === null) going ??= post;
			else this.lateEdit(late);
		}
		return going;
	}

	/** The words of a change that came too late. */
	lateEdit(words: string): void {
		this.#removed = 0;
		this.#editOver = true;
		this.#intoDraft(words);
	}

	/** Something else is begun. */
	begin(): void {
		this.#removed = 0;
	}

	/** What was written is sent: nothing more is said of what had come back. @param removed characters taken out of it */
	sent(removed: number): void {
		this.#removed = removed;
		this.#editOver = false;
		this.#tooSoon = false;
	}

	#intoDraft(words: string): void {
		const { draft } = this.#parts;
		draft.text = draft.text.trim() === '' ? words : `${draft.text}\n\n${words}`;
		void draft.save();
	}

	async #giveBack(aside: readonly Post[]): Promise<void> {
		const { files, self } = this.#parts;
		for (const { text, attachments, aside: why } of await givenBack(this.#client, aside, self())) {
			this.#tooSoon ||= why === 'too-soon';
			if (text !== '') this.#intoDraft(text);
			if (attachments.length > 0) await files.take(attachments);
		}
	}
}

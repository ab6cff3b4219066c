import type { Mentionable, Mentions } from '../text/mentions.svelte.ts';
import type { Edit, Written } from './writing.ts';

/** A name that is being typed: after `@` at the beginning of a word, of at most two words. */
const TYPED = /(?:^|[\s(«"'،؛>])@(?<name>[^\s@[\]()]{0,30}(?: [^\s@[\]()]{1,30})?)$/u;

/** What is offered while somebody types a name. */
export class Suggesting {
	readonly #mentions: Mentions | null;
	#offered = $state.raw<readonly Mentionable[]>([]);
	#chosen = $state(0);
	#from = 0;
	#to = 0;
	/** Where somebody said no: nothing is offered there again. */
	#refused = -1;

	constructor(mentions: Mentions | null) {
		this.#mentions = mentions;
	}

	get offered(): readonly Mentionable[] {
		return this.#offered;
	}

	/** Place of the one that Enter takes. */
	get chosen(): number {
		return this.#chosen;
	}

	/** Looks at what stands before the caret. */
	look({ text, start, end }: Written): void {
		const name = start === end ? TYPED.exec(text.slice(Math.max(0, start - 80), start))?.groups?.['name'] : undefined;
		const from = start - (name?.length ?? 0) - 1;
		if (name === undefined || from === this.#refused) {
			this.#offered = [];
			if (name === undefined) this.#refused = -1;
			return;
		}
		if (this.#offered.length === 0 || from !== this.#from || start !== this.#to) this.#chosen = 0;
		this.#from = from;
		this.#to = start;
		this.#offered = this.#mentions?.suggest(name) ?? [];
	}

	move(by: number): void {
		const { length } = this.#offered;
		this.#chosen = (this.#chosen + by + length) % length;
	}

	close(): void {
		this.#offered = [];
	}

	refuse(): void {
		this.#refused = this.#from;
		this.close();
	}

	/** Writes the one at `place` instead of what was typed. */
	take(place: number): Edit | null {
		const one = this.#offered[place];
		if (!one || !this.#mentions) return null;
		const insert = `${this.#mentions.written(one)} `;
		const caret = this.#from + insert.length;
		this.close();
		return { from: this.#from, to: this.#to, insert, start: caret, end: caret };
	}
}

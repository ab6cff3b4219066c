import { useDisplay } from '../../display/display.svelte.ts';
import { useFormat } from '../../i18n/words.ts';
import { m } from '../../paraglide/messages.js';
import type { OpenIssue } from '../issue/open-issue.svelte.ts';
import { spoken } from '../words.ts';

const START = 48;

/** Paragraphs of the newest version as something to choose from: the number of each, and how it begins. Made where a component begins. */
export class ParagraphNames {
	readonly #open: OpenIssue;
	readonly #display = useDisplay();
	readonly #format = useFormat();
	readonly #options = $derived.by(() => (this.#open.newest?.paragraphs ?? []).map(({ id }) => ({ value: id, label: this.of(id) })));

	constructor(open: OpenIssue) {
		this.#open = open;
	}

	get options(): readonly { readonly value: string; readonly label: string }[] {
		return this.#options;
	}

	of(id: string): string {
		const paragraphs = this.#open.newest?.paragraphs ?? [];
		const place = paragraphs.findIndex((one) => one.id === id);
		const text = paragraphs[place] ? spoken(paragraphs[place], this.#display.language) : '';
		const short = text.length > START ? `${text.slice(0, START).trimEnd()}…` : text;
		return m.position_paragraph_beginning({ number: this.#format.number(place + 1), text: short });
	}
}

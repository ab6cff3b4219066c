import type { Mentions } from './mentions.svelte.ts';
import type { QuoteSources } from './quotes.svelte.ts';
import { shortForms } from './short-forms.ts';

/** A signed text as a field shows it. Only what will be spelled out the same way again is shortened. */
export const inField = (text: string, mentions: Mentions | null, sources: QuoteSources | null): string =>
	shortForms(text, {
		mention(name, target) {
			const named = mentions?.named(name);
			return named && `${named.kind}:${named.id}` === target ? `@[${name}]` : null;
		},
		post: (id) => (sources?.beginning(id.slice(0, 8)) === id ? id.slice(0, 8) : null),
	});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A catalogue as the message-format plugin reads it: a text, or variants by plural. */
export type Catalogue = Record<string, unknown>;

const LEFT_TO_RIGHT = '\u2066';
const END = '\u2069';

/** Keys of `source` that `translation` lacks. */
export function missingFrom(translation: Catalogue, source: Catalogue): string[] {
	return Object.keys(source).filter((key) => !key.startsWith('$') && !(key in translation));
}

/** Fills gaps with the English text, isolated so that it keeps its own direction inside an Arabic page. */
export function completed(translation: Catalogue, source: Catalogue): Catalogue {
	const filled = missingFrom(translation, source).map((key) => [key, isolated(source[key])]);
	return { ...translation, ...Object.fromEntries(filled) };
}

function isolated(message: unknown): unknown {
	if (typeof message === 'string') return `${LEFT_TO_RIGHT}${message}${END}`;
	if (!Array.isArray(message)) return message;
	return message.map((variant: { match: Record<string, string> }) => ({
		...variant,
		match: Object.fromEntries(Object.entries(variant.match).map(([when, text]) => [when, isolated(text)])),
	}));
}

export function readCatalogue(locale: string): Catalogue {
	return JSON.parse(readFileSync(new URL(`./${locale}.json`, import.meta.url), 'utf8')) as Catalogue;
}

/** Writes what Paraglide compiles, and lists on the console what is not translated yet. */
export function writeCompleteMessages(): void {
	const english = readCatalogue('en');
	const arabic = readCatalogue('ar');
	for (const key of missingFrom(arabic, english)) console.warn(`messages/ar.json lacks "${key}": shown in English`);
	const target = new URL('../.svelte-kit/messages/', import.meta.url);
	mkdirSync(target, { recursive: true });
	writeFileSync(new URL('en.json', target), JSON.stringify(english, null, '\t'));
	writeFileSync(new URL('ar.json', target), JSON.stringify(completed(arabic, english), null, '\t'));
}

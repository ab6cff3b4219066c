/** A catalogue as the message-format plugin reads it: a text, or variants by plural. */
export type Catalogue = Record<string, unknown>;

interface Variants {
	readonly match: Record<string, string>;
}

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
	return message.map((variants: Variants) => ({
		...variants,
		match: Object.fromEntries(Object.entries(variants.match).map(([when, text]) => [when, isolated(text)])),
	}));
}

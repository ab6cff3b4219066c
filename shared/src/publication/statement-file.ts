import { utf8, type Bytes } from '../bytes/bytes.ts';
import { numbered } from '../documents/numbering.ts';
import { LANGUAGES, type BilingualText, type Language, type Pair } from '../documents/pair.ts';

/** What stands between the two languages. */
const BETWEEN = '\n* * *\n\n';

/**
 * The statement as a plain text, Arabic before English: what organisations sign the digest of, so that anybody can read
 * and hash it with the simplest tools. Paragraphs are numbered as in the forum; a text that stands in one language only
 * has no second part. The same text gives the same bytes, for ever: this is never to be changed.
 * @param text normal, as `decodeText` gives it
 */
export function statementFile({ pairs }: BilingualText): Bytes {
	const parts = LANGUAGES.filter((language) => pairs.some((pair) => pair[language] !== '')).map((language) => inOne(pairs, language));
	return utf8(parts.join(BETWEEN));
}

function inOne(pairs: readonly Pair[], language: Language): string {
	const numbers = numbered(pairs);
	const lines = pairs.flatMap((pair, place) => {
		const text = pair[language];
		return text === '' ? [] : [lineOf(pair, text, numbers[place]?.number ?? 0)];
	});
	return `${lines.join('\n\n')}\n`;
}

function lineOf({ kind, level }: Pair, text: string, number: number): string {
	switch (kind) {
		case 'title':
			return `# ${text}`;
		case 'heading':
			return `${'#'.repeat(level + 1)} ${text}`;
		case 'paragraph':
			return `${number}. ${text}`;
		case 'item':
			return `${'  '.repeat(level - 1)}- ${text}`;
		case 'footnote':
			return `[${number}] ${text}`;
	}
}

import { markupOf } from '@multaqa/shared/text/markup';
import { plainOf } from '@multaqa/shared/text/markup-plain';

/** Who said something, and when. */
export interface Attribution {
	readonly name: string;
	readonly organisation: string | null;
	readonly moment: string;
}

const ISOLATE = String.fromCodePoint(0x2068);
const END = String.fromCodePoint(0x2069);
/** Each keeps its own direction wherever the text is put. */
const isolated = (text: string): string => `${ISOLATE}${text}${END}`;

/** A post for another place: what a reader reads of it, and below it who said it. */
export function attributed(text: string, { name, organisation, moment }: Attribution, comma: string): string {
	const source = [name, organisation, moment].filter((part) => part !== null).map(isolated);
	return `${plainOf(markupOf(text))}\n\n— ${source.join(comma)}\n`;
}

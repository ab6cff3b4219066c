import { markupOf } from '@multaqa/shared/text/markup';
import { plainOf } from '@multaqa/shared/text/markup-plain';
import { isolated } from '../../i18n/isolated.ts';

/** Who said something, and when. */
export interface Attribution {
	readonly name: string;
	readonly organisation: string | null;
	readonly moment: string;
}

/** A post for another place: what a reader reads of it, and below it who said it. */
export function attributed(text: string, { name, organisation, moment }: Attribution, comma: string): string {
	const source = [name, organisation, moment].filter((part) => part !== null).map(isolated);
	return `${plainOf(markupOf(text))}\n\n— ${source.join(comma)}\n`;
}

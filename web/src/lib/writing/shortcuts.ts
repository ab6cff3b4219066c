import { indented } from './line-break.ts';
import { withLines, withLink, withMark, type Edit, type Written } from './writing.ts';

/** What the toolbar and the keyboard do to a text. */
export type Action = 'bold' | 'italic' | 'bullets' | 'numbers' | 'quote' | 'heading' | 'link' | 'inwards' | 'outwards';

export const actions: Readonly<Record<Action, (field: Written) => Edit | null>> = {
	bold: (field) => withMark(field, '**'),
	italic: (field) => withMark(field, '*'),
	bullets: (field) => withLines(field, 'bullet'),
	numbers: (field) => withLines(field, 'number'),
	quote: (field) => withLines(field, 'quote'),
	heading: (field) => withLines(field, 'heading'),
	link: withLink,
	inwards: (field) => indented(field, true),
	outwards: (field) => indented(field, false),
};

/** As they are shown; the same keys on every layout. */
export const keysOf: Readonly<Record<Action, string>> = {
	bold: 'Ctrl + B',
	italic: 'Ctrl + I',
	bullets: 'Ctrl + Shift + 8',
	numbers: 'Ctrl + Shift + 7',
	quote: 'Ctrl + Shift + 9',
	heading: 'Ctrl + Shift + 1',
	link: 'Ctrl + K',
	inwards: 'Ctrl + ]',
	outwards: 'Ctrl + [',
};

const plain: Readonly<Record<string, Action>> = {
	KeyB: 'bold',
	KeyI: 'italic',
	KeyK: 'link',
	BracketRight: 'inwards',
	BracketLeft: 'outwards',
};
const shifted: Readonly<Record<string, Action>> = { Digit7: 'numbers', Digit8: 'bullets', Digit9: 'quote', Digit1: 'heading' };

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What a key press asks for. Letters are where the layout has them if it is Latin, otherwise where a Latin one has them. */
export function actionOf({ code, key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): Action | null {
	if (!(ctrlKey || metaKey) || altKey) return null;
	const place = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : code;
	return (shiftKey ? shifted[place] : plain[place]) ?? null;
}

import type { Taken } from '../taken.ts';
import { isProblem } from '../../problem.ts';
import { fromHtml } from './from-html.ts';
import { fromText } from './from-text.ts';

/**
 * Takes what a clipboard holds: the marks of a word processor where there are some, otherwise the text.
 * @throws Problem as `fromHtml` and `fromText`
 */
export function fromPasted({ html, text }: { readonly html: string; readonly text: string }): Taken {
	if (html.trim() === '') return fromText(text);
	try {
		return fromHtml(html);
	} catch (error) {
		// A clipboard whose marks hold no text says it without them.
		if (isProblem(error, 'text-empty') && text.trim() !== '') return fromText(text);
		throw error;
	}
}

import { Parser } from 'htmlparser2';
import { Problem } from '../../problem.ts';
import { Removals, taken, type Taken } from '../taken.ts';
import { HtmlReader } from './html-reader.ts';

/** Longest clipboard that is read: Word brings some 20 kB of styles, and four times as many marks as letters. */
export const HTML_LIMIT = 4 * 1024 * 1024;

/**
 * Takes the text out of what was copied from a word processor or a page: nothing is shown, run or fetched, comments and
 * declarations (all of what Word hides in them) are never looked into.
 * @throws Problem `too-large`, `file-uncleanable` for tags without end inside each other; `text-empty`, `text-too-long`
 */
export function fromHtml(html: string): Taken {
	if (html.length > HTML_LIMIT) throw new Problem('too-large', { limit: HTML_LIMIT, actual: html.length });
	const removals = new Removals();
	const reader = new HtmlReader(removals);
	const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
	parser.end(html);
	return taken(reader.found(), removals);
}

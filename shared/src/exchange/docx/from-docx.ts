import { unpacked } from '../../attachments/clean/docx/package.ts';
import { saysAt } from '../../attachments/clean/octets.ts';
import { uncleanable } from '../../attachments/clean/traces.ts';
import { isProblem, Problem } from '../../problem.ts';
import { Removals, taken, type Taken } from '../taken.ts';
import { readBody, type Beside } from './body.ts';
import { readXml, type XmlHandler } from './read-xml.ts';
import { readStyles } from './styles.ts';

/** Largest file that is read, and the most that it may unpack to, pictures included. */
export const DOCX_LIMIT = 25 * 1024 * 1024;
const UNPACKED_LIMIT = 100 * 1024 * 1024;
/** Longest part that is read as text: two hundred pages have two megabytes. */
const PART_LIMIT = 16 * 1024 * 1024;

/**
 * Takes the text out of a document of Word or another program: paragraphs with what they are, footnotes, and a list of
 * what else was in the file. Nothing of it is run, fetched or kept.
 * @throws Problem `too-large`; `file-locked` behind a passphrase; `file-unsupported` for another kind of file;
 * `file-uncleanable` for a damaged one; `text-empty`, `text-too-long`
 */
export function fromDocx(bytes: Uint8Array): Taken {
	if (bytes.length > DOCX_LIMIT) throw new Problem('too-large', { limit: DOCX_LIMIT, actual: bytes.length });
	if (saysAt(bytes, 0, '\xd0\xcf\x11\xe0')) throw new Problem(isEncrypted(bytes) ? 'file-locked' : 'file-unsupported');
	if (!saysAt(bytes, 0, 'PK')) throw new Problem('file-unsupported');
	try {
		return read(unpacked(bytes, UNPACKED_LIMIT));
	} catch (error) {
		if (isProblem(error)) throw error;
		return uncleanable('not understood');
	}
}

const ENCRYPTED = Array.from('EncryptedPackage', (letter) => `${letter}\0`).join('');

/** A document behind a passphrase is an old container with a stream of this name in it. */
function isEncrypted(bytes: Uint8Array): boolean {
	for (let at = bytes.indexOf(0x45); at >= 0; at = bytes.indexOf(0x45, at + 1)) if (saysAt(bytes, at, ENCRYPTED)) return true;
	return false;
}

function read(parts: ReadonlyMap<string, Uint8Array>): Taken {
	const document = parts.get('word/document.xml');
	// Tables and slides are archives of the same kind.
	if (!document) throw new Problem(parts.has('[Content_Types].xml') || parts.has('mimetype') ? 'file-unsupported' : 'file-uncleanable');
	const removals = new Removals();
	const authors = new Set<string>();
	const text = (path: string): string => textOf(parts.get(path));
	const styles = parts.has('word/styles.xml') ? readStyles(text('word/styles.xml')) : new Map();
	const beside = { styles, removals, authors, notes: new Map<string, string>() };
	for (const kind of ['footnote', 'endnote']) readNotes(text(`word/${kind}s.xml`), kind, beside);
	const found = readBody(textOf(document), beside);
	countComments(text('word/comments.xml'), removals, authors);
	countParts(parts, removals);
	removals.add('authors', authors.size);
	return taken(found, removals);
}

function textOf(bytes: Uint8Array | undefined): string {
	if (!bytes) return '';
	if (bytes.length > PART_LIMIT) throw new Problem('too-large', { limit: PART_LIMIT, actual: bytes.length });
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return uncleanable('not UTF-8');
	}
}

/** Each note is read like a text of its own; those of them that are lines have no paragraphs with words. */
function readNotes(xml: string, kind: string, beside: Beside & { readonly notes: Map<string, string> }): void {
	let [id, from, depth] = ['', 0, 0];
	for (const { 0: tag, 1: slash, index } of xml.matchAll(new RegExp(String.raw`<(/?)\w+:${kind}(?:\s[^<>]*)?>`, 'g'))) {
		if (slash === '' && depth++ === 0) [id, from] = [/\sw:id="([^"]{1,20})"/.exec(tag)?.[1] ?? '', index];
		else if (slash === '/' && --depth === 0) {
			const found = readBody(xml.slice(from, index + tag.length), beside);
			beside.notes.set(`${kind} ${id}`, found.map(({ text }) => text).join(' '));
		}
	}
}

const countComments = (xml: string, removals: Removals, authors: Set<string>): void =>
	eachTag(xml, (name, attribute) => {
		if (name !== 'comment') return;
		removals.add('comments');
		const author = attribute('author');
		if (author !== undefined && author !== '') authors.add(author);
	});

/** What is told by there being a part of that name. */
function countParts(parts: ReadonlyMap<string, Uint8Array>, removals: Removals): void {
	const count = (pattern: RegExp): number => [...parts.keys()].filter((path) => pattern.test(path)).length;
	removals.add('macros', count(/vbaProject\.bin$/i));
	removals.add('objects', count(/^word\/(?:embeddings\/|activeX\/[^/]+\.xml)/i));
	removals.add('properties', Math.min(1, count(/^(?:docProps\/(?:core|app|custom)\.xml|customXml\/|word\/people\.xml)/i)));
	removals.add('headers', count(/^word\/(?:header|footer)\d*\.xml$/i));
	for (const [path, bytes] of parts) if (/^word\/_rels\/.*\.rels$/.test(path)) countRemote(textOf(bytes), removals);
}

/** Pictures that lie somewhere else, to be fetched by whoever opens the document. */
const countRemote = (relations: string, removals: Removals): void =>
	eachTag(relations, (name, attribute) => {
		const isRemote = name === 'Relationship' && attribute('TargetMode') === 'External' && attribute('Type')?.endsWith('/image');
		if (isRemote) removals.add('remote-pictures');
	});

const eachTag = (xml: string, open: XmlHandler['open']): void => readXml(xml, { open, close: () => undefined, text: () => undefined });

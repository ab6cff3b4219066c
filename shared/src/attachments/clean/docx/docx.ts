import { utf8, type Bytes } from '../../../bytes/bytes.ts';
import { Problem } from '../../../problem.ts';
import { cleanGif } from '../gif.ts';
import { cleanJpeg } from '../jpeg.ts';
import { saysAt, viewOf } from '../octets.ts';
import { cleanPng } from '../png.ts';
import { uncleanable, type Findings } from '../traces.ts';
import { cleanWebp } from '../webp.ts';
import { packed, unpacked } from './package.ts';
import { documentRules, relationRules, typeRules } from './rules.ts';
import { rewritten, type Decide } from './xml.ts';

const TYPES = '[Content_Types].xml';
const MAIN = 'word/document.xml';
/** Parts that draw the document. */
const STAYS =
	/^(?:_rels\/\.rels|word\/(?:_rels\/[^/]+\.rels|[A-Za-z0-9_-]+\.xml|media\/[^/]+|fonts\/[^/]+\.odttf|theme\/.+|(?:charts|diagrams|drawings|ink)\/.+\.(?:xml|rels)))$/;
/** Parts that tell who wrote it, when and with what. */
const TELLS = /^word\/(?:people|commentsExtensible|commentsIds|documenttasks|vbaData|recipientData)/i;
const RUNS = /vbaProject|activeX/i;

/**
 * A document without what it tells of its writers: parts are dropped unless they draw something, the others are
 * written anew.
 * @throws Problem `file-uncleanable`; `file-unsupported` for one with programs in it
 */
export function cleanDocx(archive: Uint8Array, findings: Findings): Bytes {
	const parts = unpacked(archive);
	const types = xmlOf(parts.get(TYPES) ?? uncleanable('no types'));
	if (!parts.has(MAIN)) uncleanable('no document');
	if (/macroEnabled/i.test(types) || [...parts.keys()].some((path) => RUNS.test(path))) throw new Problem('file-unsupported');
	const stays = [...parts].filter(([path]) => keeps(path, findings));
	const there = new Set(stays.map(([path]) => path));
	const clean = new Map<string, Uint8Array>();
	clean.set(
		TYPES,
		utf8(
			rewritten(
				types,
				typeRules((part) => there.has(part.replace(/^\//, ''))),
			),
		),
	);
	for (const [path, bytes] of stays) clean.set(path, cleanPart(path, bytes, there, findings));
	return packed(clean);
}

function keeps(path: string, { removed }: Findings): boolean {
	if (STAYS.test(path) && !TELLS.test(path)) return true;
	if (path === TYPES) return false;
	if (path.startsWith('docProps/thumbnail')) removed.add('thumbnail');
	else if (path.startsWith('docProps/') || TELLS.test(path)) removed.add('author');
	else if (path.startsWith('word/embeddings/')) removed.add('files');
	else removed.add('other');
	return false;
}

function cleanPart(path: string, bytes: Uint8Array, there: ReadonlySet<string>, findings: Findings): Uint8Array {
	if (path.startsWith('word/media/')) return cleanPicture(bytes, findings);
	if (path.endsWith('.odttf')) return bytes;
	if (!path.endsWith('.rels') && !path.endsWith('.xml')) return cleanPicture(bytes, findings);
	const xml = xmlOf(bytes);
	// Something of another program, shown by a picture of it: it cannot be looked into, and not be left out.
	if (/<o:OLEObject|<w:control\b|<w:altChunk/.test(xml)) uncleanable('embedded object');
	const rules: Decide = path.endsWith('.rels')
		? relationRules(findings, (target) => there.has(resolved(path, target)))
		: documentRules(findings);
	return utf8(rewritten(xml, rules));
}

/** The path that a relationship of a part leads to. */
function resolved(relations: string, target: string): string {
	if (target.startsWith('/')) return target.slice(1);
	const steps = relations.split('/').slice(0, -2);
	for (const step of target.split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '.') steps.push(step);
	}
	return steps.join('/');
}

function cleanPicture(bytes: Uint8Array, findings: Findings): Uint8Array {
	if (saysAt(bytes, 0, '\xff\xd8')) return cleanJpeg(bytes, findings).bytes;
	if (saysAt(bytes, 0, '\x89PNG')) return cleanPng(bytes, findings).bytes;
	if (saysAt(bytes, 0, 'GIF8')) return cleanGif(bytes, findings).bytes;
	if (saysAt(bytes, 0, 'RIFF')) return cleanWebp(bytes, findings).bytes;
	if (saysAt(bytes, 40, ' EMF')) return undescribed(bytes, findings);
	if (saysAt(bytes, 0, '\xd7\xcd\xc6\x9a') || saysAt(bytes, 0, 'BM')) return bytes;
	return uncleanable('picture of an unknown kind');
}

/** An EMF without the names of program and picture in its head. */
function undescribed(bytes: Uint8Array, { removed }: Findings): Uint8Array {
	const clean = bytes.slice();
	const view = viewOf(clean);
	if (clean.length < 88) uncleanable('cut off');
	const [letters, from] = [view.getUint32(60, true), view.getUint32(64, true)];
	if (letters === 0) return clean;
	if (from < 88 || from + letters * 2 > clean.length) uncleanable('cut off');
	removed.add('software');
	return clean.fill(0, from, from + letters * 2);
}

function xmlOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return uncleanable('not UTF-8');
	}
}

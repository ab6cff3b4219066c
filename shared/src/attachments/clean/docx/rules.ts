import type { Findings, Trace } from '../traces.ts';
import type { Attribute, Decide, Tag } from './xml.ts';

/** Elements that go with everything in them, by their name without prefix. */
const dropped = new Map<string, Trace>([
	['rsids', 'history'],
	['rsid', 'history'],
	['attachedTemplate', 'author'],
	['docVars', 'other'],
	['mailMerge', 'other'],
	['printerSettings', 'device'],
	['dataBinding', 'other'],
	['docId', 'history'],
	['externalData', 'files'],
	['saveThroughXslt', 'other'],
	['sectPrChange', 'history'],
]);
/** A word in place of a name where one has to stand. */
const replaced = new Map([
	['author', 'Author'],
	['initials', 'A'],
]);
const TIMES = new Set(['date', 'dateUtc']);
const EDITORS = new Set(['ed', 'lastEdited', 'userId', 'providerId']);
const CHANGES = new Set(['ins', 'del', 'moveFrom', 'moveTo', 'rPrChange', 'pPrChange']);
/** Pictures are called after the files they were. */
const PICTURES = new Set(['docPr', 'cNvPr']);

const local = (name: string) => name.slice(name.indexOf(':') + 1);
const prefix = (name: string) => name.slice(0, Math.max(0, name.indexOf(':')));

/** What of a part of the document stays. */
export function documentRules({ removed, kept }: Findings): Decide {
	return (tag) => {
		const name = local(tag.name);
		const trace = dropped.get(name);
		if (trace && tag.name.includes(':')) {
			removed.add(trace);
			return 'drop';
		}
		if (CHANGES.has(name) && tag.name.startsWith('w:')) kept.add('changes');
		if (tag.name === 'w:comment') kept.add('comments');
		return tag.attributes.flatMap((attribute) => ruled(tag, attribute, removed));
	};
}

function ruled(tag: Tag, { name, value }: Attribute, removed: Set<Trace>): readonly Attribute[] {
	const own = local(name);
	if (prefix(name) === 'xmlns') return [{ name, value }];
	if (own.startsWith('rsid') || (own === 'textId' && name !== own)) {
		removed.add('history');
		return [];
	}
	if (name === own && !PICTURES.has(local(tag.name))) return [{ name, value }];
	if (TIMES.has(own) && prefix(name).startsWith('w')) {
		removed.add('time');
		return [];
	}
	if (EDITORS.has(own) && prefix(name).startsWith('w')) {
		removed.add('author');
		return [];
	}
	const word = prefix(name).startsWith('w') ? replaced.get(own) : undefined;
	if (word !== undefined && word !== value) removed.add('author');
	if (own === 'name' && PICTURES.has(local(tag.name))) return [{ name, value: '' }];
	if (own === 'descr' && looksLikePath(value)) return [];
	return [{ name, value: word ?? value }];
}

const looksLikePath = (value: string) => /[\\/]|\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic)$/i.test(value);

/**
 * What of relationships stays: those to parts that are gone go too, and outside only addresses of the web are kept.
 * @param isThere by the target as it is written
 */
export function relationRules({ removed }: Findings, isThere: (target: string) => boolean): Decide {
	return (tag) => {
		if (tag.name !== 'Relationship' && local(tag.name) !== 'Relationship') return tag.attributes;
		const value = (name: string) => tag.attributes.find((attribute) => attribute.name === name)?.value ?? '';
		const type = value('Type').split('/').at(-1) ?? '';
		if (value('TargetMode') !== 'External') return isThere(value('Target')) ? tag.attributes : 'drop';
		if (type === 'attachedTemplate') {
			removed.add('author');
			return 'drop';
		}
		if (type === 'hyperlink' && /^(?:https?|mailto|tel):/i.test(value('Target'))) return tag.attributes;
		if (value('Target') !== 'NULL') removed.add('other');
		// As Word itself writes a link that leads nowhere.
		return tag.attributes.map((attribute) => (attribute.name === 'Target' ? { ...attribute, value: 'NULL' } : attribute));
	};
}

/** What of the list of types stays. */
export const typeRules =
	(isThere: (part: string) => boolean): Decide =>
	(tag) => {
		const part = tag.attributes.find(({ name }) => name === 'PartName')?.value;
		return part !== undefined && !isThere(part) ? 'drop' : tag.attributes;
	};

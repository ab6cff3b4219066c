import type { PdfRef, PdfValue } from '../../attachments/clean/pdf/objects.ts';
import type { Language } from '../../documents/pair.ts';
import { tagOf, type Drawn } from './draw.ts';
import { dict, name, raw, type PdfObjects } from './objects.ts';
import type { Part } from './pages.ts';

/** A page that was drawn, as an object. */
export interface DrawnPage extends Drawn {
	readonly ref: PdfRef;
}

interface Element {
	readonly part: Part;
	/** Its lines: on which page, and under which number. */
	readonly lines: { readonly page: PdfRef; readonly line: number }[];
	readonly place: ReturnType<PdfObjects['reserve']>;
}

/** What each line of the file is: headings, paragraphs, items of a list and notes, each with its language. */
export function structure(objects: PdfObjects, pages: readonly DrawnPage[]): PdfRef {
	const [root, document] = [objects.reserve(), objects.reserve()];
	const elements = elementsOf(objects, pages);
	for (const element of elements) fill(objects, element, document.ref);
	document.fill(dict({ Type: name('StructElem'), S: name('Document'), P: root.ref, K: grouped(objects, elements, document.ref) }));
	const byPage = pages.flatMap(({ parts }, page): PdfValue[] => [
		page,
		parts.map((part) => elements.find((one) => one.part === part)?.place.ref ?? null),
	]);
	root.fill(
		dict({
			Type: name('StructTreeRoot'),
			K: document.ref,
			ParentTree: objects.add(dict({ Nums: byPage })),
			ParentTreeNextKey: pages.length,
		}),
	);
	return root.ref;
}

function elementsOf(objects: PdfObjects, pages: readonly DrawnPage[]): readonly Element[] {
	const elements = new Map<Part, Element>();
	for (const { ref, parts } of pages) {
		for (const [line, part] of parts.entries()) {
			const element = elements.get(part) ?? { part, lines: [], place: objects.reserve() };
			element.lines.push({ page: ref, line });
			elements.set(part, element);
		}
	}
	return [...elements.values()];
}

function fill(objects: PdfObjects, { part, lines, place }: Element, parent: PdfRef): void {
	const content = lines.map(({ page, line }) => dict({ Type: name('MCR'), Pg: page, MCID: line }));
	const entries = { Type: name('StructElem'), Lang: languageOf(part.language) };
	if (part.kind !== 'item') return place.fill(dict({ ...entries, S: name(tagOf(part)), P: parent, K: content }));
	const body = objects.add(dict({ ...entries, S: name('LBody'), P: place.ref, K: content }));
	place.fill(dict({ ...entries, S: name('LI'), P: parent, K: [body] }));
}

/** Items that follow each other are a list. */
function grouped(objects: PdfObjects, elements: readonly Element[], parent: PdfRef): readonly PdfValue[] {
	const children: PdfValue[] = [];
	for (let at = 0; at < elements.length;) {
		const rest = elements.slice(at).findIndex(({ part }) => part.kind !== 'item');
		const items = elements.slice(at, rest < 0 ? undefined : at + rest);
		const [element] = items.length > 0 ? [] : elements.slice(at, at + 1);
		if (element) children.push(element.place.ref);
		else children.push(objects.add(dict({ Type: name('StructElem'), S: name('L'), P: parent, K: items.map(({ place }) => place.ref) })));
		at += Math.max(1, items.length);
	}
	return children;
}

export const languageOf = (language: Language): PdfValue => raw(`(${language})`);

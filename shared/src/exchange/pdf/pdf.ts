import { writePdf } from '../../attachments/clean/pdf/write.ts';
import type { Bytes } from '../../bytes/bytes.ts';
import { shortHash } from '../../documents/canonical.ts';
import { sheetsOf } from '../blocks.ts';
import { apart } from '../closing.ts';
import type { ExportedText, ExportOptions } from '../exported-text.ts';
import { filled, WORDING } from '../wording.ts';
import { drawn } from './draw.ts';
import { embed } from './embed.ts';
import { facesOf, undrawnIn, type TypefaceFiles } from './faces.ts';
import type { Weights } from './lines.ts';
import { PAGE } from './measures.ts';
import { dict, name, PdfObjects, stream } from './objects.ts';
import { pagesOf } from './pages.ts';
import { languageOf, structure, type DrawnPage } from './structure.ts';

/** A file, and the letters that no typeface has. */
export interface MadePdf {
	readonly bytes: Bytes;
	/** Each once. They are in the file as text, and drawn as a box. */
	readonly undrawn: readonly string[];
}

/**
 * A PDF on A4: real text, shaped, from right to left where it is Arabic, tagged with what it is and in which language.
 * It says nothing of who made it, with what and when: no information, no XMP, no identifier; the same text gives the
 * same bytes.
 */
export function toPdf(text: ExportedText, options: ExportOptions, typefaces: TypefaceFiles): MadePdf {
	const weights: Weights = { regular: facesOf(typefaces.regular), strong: facesOf(typefaces.strong) };
	const sheets = sheetsOf(text, options);
	const pages = sheets.flatMap((sheet) => pagesOf(sheet, weights));
	const objects = new PdfObjects();
	const [root, tree] = [objects.reserve(), objects.reserve()];
	const mark = text.hash === null ? '' : apart(shortHash(text.hash));
	const made = pages.map((page, place): DrawnPage => {
		const count = { page: String(place + 1), pages: String(pages.length) };
		const marks = drawn(
			page,
			{ mark: mark || filled(WORDING.draftMark, page.language, {}), page: filled(WORDING.page, page.language, count) },
			weights,
		);
		return { ...marks, ref: objects.add(null) };
	});
	// Typefaces come last: only now is it known which letters they need.
	const fonts = dict({ F1: embed(objects, weights.regular, 'AAAAAA'), F2: embed(objects, weights.strong, 'AAAAAB') });
	for (const [place, { ref, bytes }] of made.entries()) {
		objects.set(
			ref,
			dict({
				Type: name('Page'),
				Parent: tree.ref,
				MediaBox: [0, 0, PAGE.width, PAGE.height],
				Resources: dict({ Font: fonts }),
				Contents: objects.add(stream(bytes)),
				StructParents: place,
				Tabs: name('S'),
			}),
		);
	}
	tree.fill(dict({ Type: name('Pages'), Kids: made.map(({ ref }) => ref), Count: made.length }));
	root.fill(
		dict({
			Type: name('Catalog'),
			Pages: tree.ref,
			// No preference of direction: with one, Chromium turns around what is copied.
			Lang: languageOf(sheets[0]?.language ?? 'ar'),
			MarkInfo: dict({ Marked: true }),
			StructTreeRoot: structure(objects, made),
		}),
	);
	const all = sheets.flatMap(({ blocks }) => blocks.flatMap((block) => [block.text, ...block.notes.map((note) => note.text)])).join('');
	return { bytes: writePdf(objects.all, '1.7'), undrawn: undrawnIn(all, weights.regular) };
}

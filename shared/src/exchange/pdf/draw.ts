import { octets } from '../../attachments/clean/octets.ts';
import { otherOf, type Language } from '../../documents/pair.ts';
import { codeOf, type Faces } from './faces.ts';
import { type Run, type Weights } from './lines.ts';
import { FOOT, MARGIN, NOTE_RULE, PAGE, TEXT_WIDTH } from './measures.ts';
import { hex, number, textString } from './objects.ts';
import type { Page, Part, Standing } from './pages.ts';
import { wordsOf, inSight, widthOf } from './paragraph.ts';

/** What stands at the foot of every page. */
export interface Foot {
	/** Names the version. */
	readonly mark: string;
	/** «2 من 5». */
	readonly page: string;
}

/** The marks of a page, and what part each line belongs to, by its number. */
export interface Drawn {
	readonly bytes: Uint8Array;
	readonly parts: readonly Part[];
}

/**
 * Draws a page. Each line is one operator, from left to right, so that whatever reads the file takes it as one; beside
 * it stands what it says in the order in which it is read, tagged as what it is. (Under the tag `Span`, pdftotext would
 * turn that around once more.)
 */
export function drawn(page: Page, foot: Foot, weights: Weights): Drawn {
	const lines = page.lines.map((line, place) => lineOf(line, place, page.lines[place + 1], weights));
	const rule = page.rule === null ? '' : ruleAt(page.rule, page.language);
	const marks = [...lines, rule, ...footOf(foot, page.language, weights)].join('');
	return { bytes: octets(marks), parts: page.lines.map(({ part }) => part) };
}

/** The structure type of a part, under which its lines are tagged. */
export function tagOf({ kind, level }: Part): string {
	if (kind === 'title') return 'H1';
	if (kind === 'heading') return `H${level + 1}`;
	if (kind === 'subheading') return 'H2';
	return kind === 'item' ? 'LI' : kind === 'note' ? 'Note' : 'P';
}

function lineOf({ line, y, part }: Standing, place: number, next: Standing | undefined, weights: Weights): string {
	const said = line.runs.map(({ text }) => text).join(' ') + (next?.part === part && !next.line.isFirst ? ' ' : '');
	const runs = line.runs.map((run) => runOf(run, y, weights)).join('');
	return `/${tagOf(part)} <</MCID ${place} /ActualText ${textString(said)}>> BDC\nBT\n${runs}ET\nEMC\n`;
}

function runOf({ pieces, faces, size, x }: Run, y: number, weights: Weights): string {
	const left = MARGIN.side + x;
	const marks: string[] = [`1 0 0 1 ${number(left)} ${number(y)} Tm\n`];
	let [start, pen, scale] = [left, left, 0];
	let codes: string[] = [];
	const close = () => {
		if (codes.length > 0) marks.push(`/${weights.strong === faces ? 'F2' : 'F1'} ${number(size * scale)} Tf [${codes.join('')}] TJ\n`);
		codes = [];
	};
	for (const piece of pieces) {
		if (piece.scale !== scale) close();
		scale = piece.scale;
		const em = (size * scale) / piece.shaper.typeface.unitsPerEm;
		for (const cell of piece.cells) {
			const at = start + cell.x * em;
			if (Math.abs(at - pen) > 0.0005) codes.push(number((pen - at) / (em || 1)));
			codes.push(`<${hex(codeOf(faces, piece.shaper, cell))}>`);
			pen = at + cell.advance * em;
		}
		start += piece.width;
	}
	close();
	return marks.join('');
}

/** On the side where lines begin. */
function ruleAt(y: number, language: Language): string {
	const from = language === 'ar' ? PAGE.width - MARGIN.side - NOTE_RULE.width : MARGIN.side;
	return `/Artifact BMC\n0.5 w ${number(from)} ${number(y)} m ${number(from + NOTE_RULE.width)} ${number(y)} l S\nEMC\n`;
}

/** No part of the text: what reads it aloud passes over it. */
function footOf({ mark, page }: Foot, language: Language, weights: Weights): readonly string[] {
	const sides = [footRun(mark, language, language, weights.regular), footRun(page, language, otherOf(language), weights.regular)];
	return [
		'/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nBT\n',
		...sides.map((run) => runOf(run, MARGIN.foot, weights)),
		'ET\nEMC\n',
	];
}

/** @param side of the language whose lines begin there */
function footRun(text: string, language: Language, side: Language, faces: Faces): Run {
	const direction = language === 'ar' ? 'rtl' : 'ltr';
	const words = wordsOf(text, direction, faces, FOOT.size);
	const pieces = words.flatMap(({ pieces, space }, place) => (place > 0 && space ? [space, ...pieces] : pieces));
	return { pieces: inSight(pieces, direction), faces, size: FOOT.size, x: side === 'ar' ? TEXT_WIDTH - widthOf(pieces) : 0, text };
}

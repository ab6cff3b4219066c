import type { Hash } from '../bytes/ids.ts';
import { paragraphsOf } from './direction.ts';
import { inlinesOf } from './markup-inline.ts';
import { listAt, isItem } from './markup-lists.ts';
import type { Block, Line, List } from './markup-tree.ts';

export type * from './markup-tree.ts';

/** Longer texts come from no post and are shown as they are. */
export const MARKUP_LIMIT = 20_000;
/** Lines and marks that a page shows at once on a cheap phone; a post of full size, with a list on every line, has fewer. */
export const MOST_PARTS = 6_000;
const DEEPEST_QUOTE = 3;

const FENCE = /^ {0,3}```[\w+#-]{0,20}[ \t]*$/;
const FENCE_END = /^ {0,3}```[ \t]*$/;
const HEADING = /^(#{1,6})[ \t]+(\S.*)$/;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/;
const QUOTE_SOURCE = /^\[[^[\]]{0,200}\]\(post:([\w-]{43})\)[ \t]*$/;

/** A block, and the line after it. */
interface Read {
	readonly block: Block;
	readonly end: number;
}

/**
 * What a post's text says of its own look: a small, strict part of Markdown. A line break stays a line break, nothing
 * disappears that is not a mark, and there is no HTML: it is text. In time that grows with the length alone.
 */
export function markupOf(text: string): readonly Block[] {
	const blocks = text.length > MARKUP_LIMIT ? [] : blocksOf(paragraphsOf(text), 0);
	const plain = text.length > MARKUP_LIMIT || partsOf(blocks) > MOST_PARTS;
	return plain ? [{ kind: 'plain', text }] : blocks;
}

const sum = <Part>(parts: readonly Part[], of: (part: Part) => number): number => parts.reduce((all, part) => all + of(part), 0);
const partsOf = (blocks: readonly Block[]): number => sum(blocks, partsOfBlock);
const partsOfLine = (line: Line): number => 1 + sum(line, (part) => ('content' in part ? partsOfLine(part.content) : 1));
const partsOfList = ({ items }: List): number => sum(items, ({ lines, lists }) => 1 + sum(lines, partsOfLine) + sum(lists, partsOfList));

function partsOfBlock(block: Block): number {
	if (block.kind === 'paragraph') return 1 + sum(block.lines, partsOfLine);
	if (block.kind === 'list') return 1 + partsOfList(block);
	return block.kind === 'quote' ? 2 + partsOf(block.blocks) : 1;
}

const isBlank = (line: string | undefined): boolean => line?.trim() === '';

function blocksOf(lines: readonly string[], depth: number): readonly Block[] {
	const blocks: Block[] = [];
	for (let at = 0; at < lines.length;) {
		if (isBlank(lines[at])) {
			at++;
			continue;
		}
		const { block, end } = blockAt(lines, at, depth) ?? paragraphAt(lines, at, depth);
		blocks.push(block);
		at = end;
	}
	return blocks;
}

/** Whatever begins at this line and is no paragraph. */
function blockAt(lines: readonly string[], at: number, depth: number): Read | null {
	const line = lines[at] ?? '';
	if (FENCE.test(line)) return codeAt(lines, at);
	if (RULE.test(line)) return { block: { kind: 'rule' }, end: at + 1 };
	if (line.startsWith('>') && depth < DEEPEST_QUOTE) return quoteAt(lines, at, depth);
	const heading = HEADING.exec(line);
	if (heading) {
		const [, signs = '', words = ''] = heading;
		return { block: { kind: 'heading', level: signs.length === 1 ? 1 : 2, line: inlinesOf(words.trimEnd()) }, end: at + 1 };
	}
	return isItem(line) ? listAt(lines, at) : null;
}

function paragraphAt(lines: readonly string[], at: number, depth: number): Read {
	let end = at + 1;
	while (end < lines.length && !isBlank(lines[end]) && !begins(lines[end] ?? '', depth)) end++;
	return { block: { kind: 'paragraph', lines: lines.slice(at, end).map((line) => inlinesOf(line.trimEnd())) }, end };
}

const begins = (line: string, depth: number): boolean =>
	FENCE.test(line) || RULE.test(line) || HEADING.test(line) || isItem(line) || (line.startsWith('>') && depth < DEEPEST_QUOTE);

/** A code block that is never closed goes to the end. */
function codeAt(lines: readonly string[], at: number): Read {
	let end = at + 1;
	while (end < lines.length && !FENCE_END.test(lines[end] ?? '')) end++;
	return { block: { kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end: end + 1 };
}

function quoteAt(lines: readonly string[], at: number, depth: number): Read {
	let end = at;
	while (lines[end]?.startsWith('>')) end++;
	const inner = lines.slice(at, end).map((line) => line.replace(/^> ?/, ''));
	const source = QUOTE_SOURCE.exec(inner[0] ?? '')?.[1] ?? null;
	return {
		block: { kind: 'quote', source: source as Hash | null, blocks: blocksOf(source === null ? inner : inner.slice(1), depth + 1) },
		end,
	};
}

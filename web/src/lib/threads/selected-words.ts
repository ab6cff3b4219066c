/** Words that are selected in one post, and whose they are. */
export interface SelectedWords {
	readonly words: string;
	/** The post they stand in, or the one that is quoted there. */
	readonly post: string;
	/** Where the selection ends. */
	readonly range: Range;
}

const closest = (node: Node | null, selector: string): HTMLElement | null =>
	(node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>(selector) ?? null;

const OF_A_WORD = /[\p{L}\p{N}\p{M}]/u;
const isInside = (text: string, at: number): boolean => OF_A_WORD.test(text[at - 1] ?? ' ') && OF_A_WORD.test(text[at] ?? ' ');

/** Half of a word is selected more easily than a whole one, and means something else. */
export function selectWholeWords(selection: Selection | null): void {
	if (!selection || selection.rangeCount === 0) return;
	const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
	let [start, end] = [startOffset, endOffset];
	if (startContainer instanceof Text) while (isInside(startContainer.data, start)) start--;
	if (endContainer instanceof Text) while (isInside(endContainer.data, end)) end++;
	selection.setBaseAndExtent(startContainer, start, endContainer, end);
}

/** What is selected; `null` when it is nothing, or not the text of one post. */
export function selectedWords(selection: Selection | null): SelectedWords | null {
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	const text = closest(range.commonAncestorContainer, '[data-text]');
	const words = selection.toString().trim();
	const post = closest(text, '[data-post]')?.dataset['post'];
	if (!post || words === '') return null;
	return { words, post: closest(range.commonAncestorContainer, '[data-source]')?.dataset['source'] ?? post, range };
}

/** What can be done from inside of a paragraph's field. */
export interface FieldActions {
	readonly undo: () => void;
	readonly redo: () => void;
	/** The text behind a place becomes a paragraph of its own. */
	readonly split: (at: number) => void;
	/** The paragraph joins the one above. */
	readonly merge: () => void;
	readonly move: (by: -1 | 1) => void;
	/** This paragraph reads so now, and the other lines come as paragraphs behind it. */
	readonly pasteLines: (here: string, lines: readonly string[]) => void;
	readonly entered: () => void;
	/** The keyboard is elsewhere now; `selected`: words that are marked. */
	readonly blurred: (selected: string) => void;
}

/** What a key does there; `null`: what it always does. */
export function keyActionOf(
	{ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
	{ selectionStart, selectionEnd }: HTMLTextAreaElement,
	{ undo, redo, split, merge, move }: FieldActions,
): (() => void) | null {
	const control = ctrlKey || metaKey;
	if (control && !altKey && key.toLowerCase() === 'z') return shiftKey ? redo : undo;
	if (control && !altKey && key.toLowerCase() === 'y') return redo;
	if (key === 'Enter') return () => split(selectionStart);
	if (key === 'Backspace' && !control && selectionStart === 0 && selectionEnd === 0) return merge;
	if (altKey && !control && (key === 'ArrowUp' || key === 'ArrowDown')) return () => move(key === 'ArrowUp' ? -1 : 1);
	return null;
}

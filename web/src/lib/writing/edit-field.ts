import type { Edit, Written } from './writing.ts';

export const writtenIn = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Written => ({
	text: value,
	start: selectionStart,
	end: selectionEnd,
});

/**
 * Makes a change as if it had been typed, so that the browser's own undo takes it back: of all ways to change a field only
 * `execCommand` does that. Where it is refused, the text changes without a way back.
 */
export function edit(field: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
	field.focus();
	field.setSelectionRange(from, to);
	if (field.value.slice(from, to) !== insert && !typed(insert)) {
		field.setRangeText(insert, from, to);
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	}
	field.setSelectionRange(start, end);
}

function typed(insert: string): boolean {
	return insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, insert);
}

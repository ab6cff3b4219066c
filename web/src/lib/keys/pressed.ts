type Pressed = Pick<KeyboardEvent, 'key' | 'code'>;

/**
 * What a key says where letters are Latin: the letter of the layout if it has one, otherwise the one that lies there on
 * others; so that an Arabic keyboard does the same without being switched.
 */
export function latinKey({ key, code }: Pressed): string {
	if (/^[a-z]$/i.test(key)) return key.toLowerCase();
	if (key === '؟') return '?';
	if (key === 'ظ' && code === 'Slash') return '/';
	const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
	return letter !== undefined && /^\p{L}$/u.test(key) ? letter.toLowerCase() : key;
}

/** Ctrl or ⌘ with K: whoever does not write a link by it looks for a command. */
export const isPaletteKey = (event: Pressed & Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): boolean =>
	(event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && latinKey(event) === 'k';

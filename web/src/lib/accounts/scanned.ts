export type Scanned = { readonly fragment: string } | { readonly code: string };

/** What a person pasted or scanned to bring the account here: a link of another device, or the sheet's code. */
export function readScanned(text: string): Scanned | null {
	const trimmed = text.trim();
	const hash = trimmed.indexOf('#');
	if (hash >= 0) return trimmed.length > hash + 1 ? { fragment: trimmed.slice(hash + 1) } : null;
	if (/^[a-z0-9]+\.[A-Za-z0-9_.-]{20,}$/.test(trimmed)) return { fragment: trimmed };
	return trimmed === '' ? null : { code: trimmed };
}

/** An address in running text: what was typed, and what will be opened. */
export interface FoundAddress {
	readonly typed: string;
	/** `null` when what looks like an address is none. */
	readonly address: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"«»`|]+/y;
/** Punctuation that ends a sentence, and marks that close around an address, do not belong to it. */
const TRAILING = ".,;:!?،؛؟'’”*_]}";

/** The address that begins at `at`. Other schemes than the web's stay text. */
export function addressAt(line: string, at: number): FoundAddress | null {
	ADDRESS.lastIndex = at;
	const found = ADDRESS.exec(line)?.[0];
	if (found === undefined) return null;
	const typed = withoutTrailing(found);
	return { typed, address: spelledOut(typed) };
}

/** The address as it will really be opened: a host in look-alike letters shows as `xn--…`. `null` when it is no web address. */
export function spelledOut(typed: string): string | null {
	if (!/^https?:\/\//.test(typed) || !URL.canParse(typed)) return null;
	return new URL(typed).href;
}

/** A closing bracket belongs to an address only when it was opened there. */
function withoutTrailing(found: string): string {
	let closers = 0;
	for (const character of found) closers += character === ')' ? 1 : character === '(' ? -1 : 0;
	let end = found.length;
	for (; end > 0; end--) {
		const last = found[end - 1] ?? '';
		if (last === ')' && closers > 0) closers--;
		else if (!TRAILING.includes(last)) break;
	}
	return found.slice(0, end);
}

/** An image copied from a page elsewhere, as the text that shows it as a blocked link; `null` when something else was copied. */
export function pastedImage(copied: Pick<DataTransfer, 'getData'>): string | null {
	if (copied.getData('text/plain').trim() !== '') return null;
	// Looked at as text: whatever parses HTML might load what is in it.
	const address = /<img\b[^>]*?\bsrc\s*=\s*["'](https?:\/\/[^"'<>\s]+)["']/i.exec(copied.getData('text/html'))?.[1];
	return address === undefined ? null : `![](${address.replaceAll('&amp;', '&').replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

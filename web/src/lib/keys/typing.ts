/** True for keys that belong to a field or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
	const target = event.target as HTMLElement;
	return (
		event.ctrlKey ||
		event.metaKey ||
		event.altKey ||
		target.isContentEditable ||
		/^(INPUT|TEXTAREA|SELECT|DIALOG)$/.test(target.tagName) ||
		target.closest('dialog, [role="menu"]') !== null
	);
}

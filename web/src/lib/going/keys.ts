/** The key that says Z on a Latin layout, and where it lies on others. */
const isZ = ({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): boolean =>
	/^[a-z]$/i.test(key) ? key.toLowerCase() === 'z' : code === 'KeyZ';

/** Anything but Ctrl+Z and Ctrl+Enter, and those where something is being written. */
export function isPassedOver(event: KeyboardEvent): boolean {
	const wanted = event.key === 'Enter' || (isZ(event) && !event.shiftKey);
	if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || !wanted) return true;
	const target = event.target as HTMLElement;
	if (target.closest('dialog') !== null) return true;
	return (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) && target.value !== '';
}

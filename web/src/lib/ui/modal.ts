/** Shows a dialog above everything. Taken off the page, it gives the keyboard back to where it was. */
export function modal(dialog: HTMLDialogElement): () => void {
	const before = document.activeElement;
	dialog.showModal();
	return () => {
		dialog.close();
		// The platform gives it back only from a dialog that is still there.
		const isLost = document.activeElement === null || document.activeElement === document.body;
		if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
	};
}

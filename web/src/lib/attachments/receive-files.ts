import type { Attachment as Attach } from 'svelte/attachments';

/** Whether files are held, and not words. */
export const carriesFiles = (data: DataTransfer | null): data is DataTransfer => data !== null && [...data.types].includes('Files');

/** Takes files that are dropped on an element or pasted in it. `onover` tells whether some are above it. */
export function receivesFiles(onfiles: (files: readonly File[]) => void, onover: (over: boolean) => void): Attach<HTMLElement> {
	return (element) => {
		const stop = new AbortController();
		const options = { signal: stop.signal, capture: true };
		let depth = 0;
		const over = (event: DragEvent) => {
			if (!carriesFiles(event.dataTransfer)) return;
			event.preventDefault();
			event.dataTransfer.dropEffect = 'copy';
		};
		const enter = (event: DragEvent) => {
			if (carriesFiles(event.dataTransfer)) onover(++depth > 0);
		};
		const leave = (event: DragEvent) => {
			if (!carriesFiles(event.dataTransfer)) return;
			depth = Math.max(0, depth - 1);
			onover(depth > 0);
		};
		const drop = (event: DragEvent) => {
			depth = 0;
			onover(false);
			if (!carriesFiles(event.dataTransfer)) return;
			event.preventDefault();
			onfiles([...event.dataTransfer.files]);
		};
		const paste = (event: ClipboardEvent) => {
			const files = [...(event.clipboardData?.files ?? [])];
			// Copied out of a text program, words come with a picture of themselves.
			if (files.length === 0 || event.clipboardData?.getData('text/plain').trim()) return;
			event.preventDefault();
			event.stopPropagation();
			onfiles(files);
		};
		element.addEventListener('dragenter', enter, options);
		element.addEventListener('dragover', over, options);
		element.addEventListener('dragleave', leave, options);
		element.addEventListener('drop', drop, options);
		element.addEventListener('paste', paste, options);
		return () => stop.abort();
	};
}

/** Fields whose content would be gone with the page. A box that is ticked, or a choice, is made again in a moment. */
const WRITTEN = 'textarea, input:not([type]), input[type="text"], input[type="search"], [contenteditable="true"]';

/** Whether somebody is writing something on this page. */
export function isHalfWritten(page: ParentNode = document): boolean {
	const fields = page.querySelectorAll<HTMLElement>(WRITTEN);
	return [...fields].some((field) => {
		if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
			return !field.readOnly && field.value.trim() !== '' && field.value !== field.defaultValue;
		return field.innerText.trim() !== '';
	});
}

import { tick } from 'svelte';

/** The posts of a thread page in reading order. */
export const postElements = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-post]')];

/** Runs `change` and leaves the post the reader was at where it stood on the screen. */
export async function keepingPlace(change: () => void): Promise<void> {
	const anchor = postElements().find((post) => post.getBoundingClientRect().bottom > window.innerHeight * 0.2);
	const before = anchor?.getBoundingClientRect().top ?? 0;
	change();
	await tick();
	if (!anchor) return;
	const settle = () => scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: 'instant' });
	settle();
	// Posts that were off the screen only now get their real height.
	requestAnimationFrame(settle);
}

/** Focuses the next (`1`) or previous (`-1`) post, from the focused one or the one being read. */
export function movePost(step: 1 | -1): void {
	const posts = postElements();
	const focused = posts.findIndex((post) => post.contains(document.activeElement));
	const reading = posts.findIndex((post) => post.getBoundingClientRect().bottom > 80);
	const next = focused >= 0 ? focused + step : reading;
	goToPost(posts[Math.max(0, Math.min(next, posts.length - 1))]?.dataset['post']);
}

/** The post that has the keyboard's attention. */
export const focusedPost = (): string | undefined => document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];

export function goToPost(id: string | null | undefined): void {
	const post = id ? document.getElementById(`post-${id}`) : null;
	post?.focus({ preventScroll: true });
	post?.scrollIntoView({ block: 'nearest' });
}

/** True for keys that belong to a field or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
	const target = event.target as HTMLElement;
	return (
		event.ctrlKey ||
		event.metaKey ||
		event.altKey ||
		target.isContentEditable ||
		/^(INPUT|TEXTAREA|SELECT|DIALOG)$/.test(target.tagName) ||
		target.closest('dialog') !== null
	);
}

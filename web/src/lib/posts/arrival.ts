/** In place of a post: above all of them, at the title and what sums the thread up. */
export const TOP = 'top';

/**
 * Where a thread opens. Handed over in memory, once: in the address it would stay in the browser's history, and tell
 * which post somebody looked for.
 */
let wanted: { readonly stream: string; readonly post: string } | null = null;

/** When this thread is opened next, it shows this post, or its `TOP`; `null`: where it would open by itself. */
export function openAt(stream: string, post: string | null): void {
	wanted = post === null ? null : { stream, post };
}

/** The post at which a thread is opened now, or `TOP`. */
export function takeArrival(stream: string): string | null {
	const post = wanted?.stream === stream ? wanted.post : null;
	wanted = null;
	return post;
}

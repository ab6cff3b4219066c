import { tick } from 'svelte';
import { TOP } from '../../posts/arrival.ts';
import type { Place } from './places.ts';
import type { Rows } from './rows.svelte.ts';

/** Below the bar at the top. */
export const BELOW_BAR = 72;

const elementOf = (id: string): HTMLElement | null => document.getElementById(`post-${id}`);

function isOnScreen(element: HTMLElement): boolean {
	const { top, bottom } = element.getBoundingClientRect();
	return top >= BELOW_BAR - 16 && bottom <= innerHeight - 64;
}

/** Brings a post to the screen, unless it is there, and gives it the keyboard. */
export async function goToPost(rows: Rows, id: string): Promise<void> {
	await tick();
	const before = elementOf(id);
	if (!before || !isOnScreen(before)) await rows.bring(id, BELOW_BAR);
	elementOf(id)?.focus({ preventScroll: true });
}

const MARKED_MS = 4_000;

/** Brings a post to the screen that somebody was led to from elsewhere: for a moment it is marked among the others. */
export async function showPost(rows: Rows, id: string): Promise<void> {
	await goToPost(rows, id);
	const post = elementOf(id);
	if (!post) return;
	for (const marked of document.querySelectorAll<HTMLElement>('[data-shown]')) delete marked.dataset['shown'];
	post.dataset['shown'] = '';
	setTimeout(() => delete post.dataset['shown'], MARKED_MS);
}

/** The post that the address of this page names. */
export const postOfAddress = (): string | null => /^#post-([\w-]{43})$/.exec(location.hash)?.[1] ?? null;

/** Where a thread may open. */
interface Arrival {
	/** A post that was asked for, or the `TOP`: by its address, or from elsewhere in the forum. */
	readonly asked: string | null;
	readonly unread: string | null;
	/** Where the reader was before. */
	readonly place: Place | null;
}

/** What was asked for, the first unread, where one was before, or what was said last; `null`: the beginning. */
function beginning(ids: readonly string[], { asked, unread, place }: Arrival): Place | null {
	const last = ids.at(-1);
	if (asked === TOP) return null;
	if (asked !== null && ids.includes(asked)) return { post: asked, top: BELOW_BAR };
	// What is unread from its beginning on is read from its title on.
	if (unread !== null) return unread === ids[0] ? null : { post: unread, top: BELOW_BAR };
	if (place && ids.includes(place.post)) return place;
	return last !== undefined && ids.length > 1 ? { post: last, top: innerHeight * 0.4 } : null;
}

/** Opens a thread where its reader wants to begin. */
export async function arriveAt(rows: Rows, ids: readonly string[], arrival: Arrival): Promise<void> {
	const place = beginning(ids, arrival);
	const isFar = await rows.begin(place);
	if (!place) return;
	const isAsked = place.post === arrival.asked;
	if (isFar || !isAsked) await rows.bring(place.post, place.top);
	if (isAsked) await showPost(rows, place.post);
}

/** The post that has the keyboard, or else the first that is read now. */
export function postInHand(rows: Rows, ids: readonly string[]): { readonly id: string; readonly focused: boolean } | null {
	const focused = document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];
	if (focused !== undefined) return { id: focused, focused: true };
	const reading = rows.drawn.find(({ index }) => {
		const element = elementOf(ids[index] ?? '');
		return element !== null && element.getBoundingClientRect().bottom > BELOW_BAR + 8;
	});
	const id = reading && ids[reading.index];
	return id === undefined ? null : { id, focused: false };
}

/** The next (`1`) or previous (`-1`) post from the one in hand. */
export function nextPost(rows: Rows, ids: readonly string[], step: 1 | -1): string | null {
	const inHand = postInHand(rows, ids);
	if (!inHand) return ids[0] ?? null;
	if (!inHand.focused) return inHand.id;
	const place = ids.indexOf(inHand.id) + step;
	return ids[Math.max(0, Math.min(place, ids.length - 1))] ?? null;
}

/** The post the reader is at, and where it stands on the screen. */
export function placeNow(rows: Rows, ids: readonly string[]): Place | null {
	for (const { index } of rows.drawn) {
		const post = ids[index];
		const box = post === undefined ? null : boxOf(rows, post);
		if (post !== undefined && box && box.bottom > innerHeight * 0.2) return { post, top: box.top };
	}
	return null;
}

/** The same for one post, if it is drawn. */
export function placeOf(rows: Rows, post: string): Place | null {
	const box = boxOf(rows, post);
	return box && { post, top: box.top };
}

const boxOf = (rows: Rows, post: string): DOMRect | null => rows.element(post)?.getBoundingClientRect() ?? null;

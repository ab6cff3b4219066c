import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { isEditable, type Post, type ThreadItem } from '@multaqa/shared/threads/posts';

/** Under which name a changed text waits until it is saved. */
export const editKey = (post: string): string => `edit:${post}`;

/** Only so many of the own latest posts are looked at. */
const LATEST = 20;

/** An own post of which a changed text was never saved: before a reload, a lock, a dead battery. */
export interface LeftEdit {
	readonly post: Post;
	/** `null` while it can still be saved; afterwards its words, which are a draft from now on. */
	readonly late: string | null;
}

/** Changes of own posts that were begun on this device. */
export async function leftEdits(
	client: Pick<Client, 'readDraft' | 'removeDraft'>,
	items: readonly ThreadItem[],
	self: AccountId | null,
	now: number,
): Promise<readonly LeftEdit[]> {
	const own = items.filter((item): item is Post => item.kind === 'post' && item.author === self && item.deleted === null);
	const found: LeftEdit[] = [];
	for (const post of own.slice(-LATEST)) {
		const draft = await client.readDraft(editKey(post.id)).catch(() => null);
		if (!draft) continue;
		const editable = isEditable(post, now);
		if (!editable) await client.removeDraft(editKey(post.id));
		found.push({ post, late: editable ? null : draft.text.slice(draft.text.indexOf('\n') + 1) });
	}
	return found;
}

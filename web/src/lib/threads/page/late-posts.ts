import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import type { Post } from '@multaqa/shared/threads/posts';

/**
 * Own posts that came too late or too soon, and have not been given back on this device yet. Each is given back once;
 * what waits to be let in is not given back.
 */
export async function givenBack(
	client: Pick<Client, 'readDraft' | 'writeDraft'>,
	aside: readonly Post[],
	self: AccountId | null,
): Promise<readonly Post[]> {
	const given: Post[] = [];
	for (const post of aside) {
		if (post.author !== self || post.deleted !== null || post.aside === 'unapproved') continue;
		const key = `given-back:${post.id}`;
		if (await client.readDraft(key).catch(() => null)) continue;
		// Another tab may do the same: one of both succeeds.
		const first = await client.writeDraft(key, 'x', 0).then(
			() => true,
			() => false,
		);
		if (first) given.push(post);
	}
	return given;
}

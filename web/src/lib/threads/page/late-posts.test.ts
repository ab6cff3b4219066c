import type { AccountId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import type { Post } from '@multaqa/shared/threads/posts';
import { expect, test } from 'vitest';
import { givenBack } from './late-posts.ts';

const me = 'me' as AccountId;
const late = (id: string, author: string, text: string, more: Partial<Post> = {}) =>
	({ kind: 'post', id, author, text, attachments: [], deleted: null, aside: 'closed', ...more }) as unknown as Post;

/** Drafts as the engine keeps them on one device. */
function drafts() {
	const kept = new Map<string, string>();
	return {
		readDraft: async (key: string) => (kept.has(key) ? { text: kept.get(key) ?? '', revision: 1 } : null),
		writeDraft: async (key: string, text: string) => {
			if (kept.has(key)) throw new Problem('stale');
			kept.set(key, text);
			return 1;
		},
	};
}

test('own words that came too late are given back, those of others are not', async () => {
	const mine = late('a', 'me', 'كلماتي');
	expect(await givenBack(drafts(), [mine, late('b', 'other', 'كلمات غيري')], me)).toEqual([mine]);
});

test('they are given back once, so that what was thrown away stays away', async () => {
	const client = drafts();
	const posts = [late('a', 'me', 'كلماتي')];
	await givenBack(client, posts, me);
	expect(await givenBack(client, posts, me)).toEqual([]);
});

test('two tabs that find them at once give them back once', async () => {
	const client = drafts();
	const posts = [late('a', 'me', 'كلماتي')];
	const both = await Promise.all([givenBack(client, posts, me), givenBack(client, posts, me)]);
	expect(both.flat()).toEqual(posts);
});

test('files without a word are given back as well; what was taken back, or waits to be let in, is not', async () => {
	const files = late('a', 'me', '', { attachments: [{ name: 'صورة' }] as never });
	const gone = late('b', 'me', '', { deleted: 5 });
	const waiting = late('c', 'me', 'تنتظر', { aside: 'unapproved' });
	expect(await givenBack(drafts(), [files, gone, waiting], me)).toEqual([files]);
});

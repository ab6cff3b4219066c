import type { AccountId } from '@multaqa/shared/bytes/ids';
import { EDIT_WINDOW } from '@multaqa/shared/threads/events';
import type { Post } from '@multaqa/shared/threads/posts';
import { expect, test } from 'vitest';
import { editKey, leftEdits } from './edit-drafts.ts';

const me = 'me' as AccountId;
const post = (id: string, author: string) =>
	({ kind: 'post', id, author, time: 1_000, deleted: null, rewording: null, text: 'قديم' }) as unknown as Post;

function device(...drafts: readonly string[]) {
	const kept = new Map(drafts.map((id) => [editKey(id), { text: '\nنص جديد', revision: 1 }]));
	return { kept, readDraft: async (key: string) => kept.get(key) ?? null, removeDraft: async (key: string) => void kept.delete(key) };
}

test('a change that was begun goes on after a reload, while there is time', async () => {
	const client = device('a');
	const left = await leftEdits(client, [post('a', 'me'), post('b', 'me')], me, 1_000 + EDIT_WINDOW);
	expect(left.map(({ post: { id }, late }) => [id, late])).toEqual([['a', null]]);
	expect(client.kept.size).toBe(1);
});

test('after the time its words are handed over, once', async () => {
	const client = device('a');
	const now = 1_001 + EDIT_WINDOW;
	expect((await leftEdits(client, [post('a', 'me')], me, now)).map(({ late }) => late)).toEqual(['نص جديد']);
	expect(await leftEdits(client, [post('a', 'me')], me, now)).toEqual([]);
});

test("another's post is never being changed", async () => {
	expect(await leftEdits(device('b'), [post('b', 'other')], me, 1_000)).toEqual([]);
});

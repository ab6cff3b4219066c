import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Client, Draft } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import type { Post } from '@multaqa/shared/threads/posts';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DraftFiles } from '../../attachments/draft-files.svelte.ts';
import type { Posts } from '../../posts/posts.svelte.ts';
import { DraftText } from '../../writing/draft.svelte.ts';
import { Returned } from './returned.svelte.ts';

const me = 'me' as AccountId;
const own = (id: string, text: string, more: Partial<Post> = {}) =>
	({
		kind: 'post',
		id,
		author: me,
		text,
		attachments: [],
		deleted: null,
		time: 0,
		rewording: null,
		aside: null,
		...more,
	}) as unknown as Post;

/** Drafts as the engine keeps them on one device. */
class Drafts {
	readonly kept = new Map<string, Draft>();
	readDraft = async (key: string) => this.kept.get(key) ?? null;
	writeDraft = async (key: string, text: string, base: number) => {
		if ((this.kept.get(key)?.revision ?? 0) !== base) throw new Problem('stale');
		this.kept.set(key, { text, revision: base + 1 });
		return base + 1;
	};
	removeDraft = async (key: string) => void this.kept.delete(key);
}

let drafts: Drafts;
let draft: DraftText;
let taken: unknown[];
let stop: () => void;

beforeEach(() => {
	drafts = new Drafts();
	draft = new DraftText(drafts, 'thread:a');
	taken = [];
});
afterEach(() => stop());

/** In a thread with these posts, of which some stand aside. */
function returnedIn(items: readonly Post[], aside: readonly Post[] = []): Returned {
	const files = { ready: true, take: async (attachments: readonly unknown[]) => void taken.push(...attachments) };
	const posts = { discussion: { items, aside } } as unknown as Posts;
	let returned: Returned | undefined;
	stop = $effect.root(() => {
		returned = new Returned(drafts as unknown as Client, { posts, draft, files: files as unknown as DraftFiles, self: () => me });
	});
	flushSync();
	if (!returned) throw new Error('was not made');
	return returned;
}

test('a change that came too late stands below what was begun, and that is said until something is sent', async () => {
	await draft.open();
	draft.text = 'بدأت بهذا';
	const returned = returnedIn([]);
	returned.lateEdit('نص لم يُحفظ');
	expect(draft.text).toBe('بدأت بهذا\n\nنص لم يُحفظ');
	expect(returned.editOver).toBe(true);
	returned.sent(0);
	expect(returned.editOver).toBe(false);
});

test('of changes that were left, the one that can still be saved goes on, and the words of the other are a draft', async () => {
	await draft.open();
	const now = Math.floor(Date.now() / 1000);
	drafts.kept.set('edit:old', { text: '\nكلمات متأخرة', revision: 1 });
	drafts.kept.set('edit:new', { text: '\nكلمات في وقتها', revision: 1 });
	const returned = returnedIn([own('old', 'قديم'), own('new', 'جديد', { time: now })]);
	expect((await returned.leftEdit())?.id).toBe('new');
	expect(draft.text).toBe('كلمات متأخرة');
	expect(drafts.kept.has('edit:old')).toBe(false);
});

test('a post that came before its time waits for the draft, and comes back with its files', async () => {
	drafts.kept.set('thread:a', { text: '\nبدأت بهذا', revision: 1 });
	const early = own('early', 'قبل الأوان', { aside: 'too-soon', attachments: ['file'] as never });
	const returned = returnedIn([], [early]);
	await new Promise((resolve) => setTimeout(resolve));
	expect(drafts.kept.has('given-back:early')).toBe(false);
	await draft.open();
	await expect.poll(() => draft.text).toBe('بدأت بهذا\n\nقبل الأوان');
	expect(returned.tooSoon).toBe(true);
	await expect.poll(() => taken).toEqual(['file']);
});

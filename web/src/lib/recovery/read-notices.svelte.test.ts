import type { Hash } from '@multaqa/shared/bytes/ids';
import type { Draft } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { expect, test } from 'vitest';
import { ReadNotices } from './read-notices.svelte.ts';

/** What an engine keeps of drafts, and as strict about who wrote last. */
function notebook() {
	let kept: Draft | null = null;
	return {
		readDraft: async () => kept,
		async writeDraft(_key: string, text: string, base: number) {
			if ((kept?.revision ?? 0) !== base) throw new Problem('stale');
			kept = { text, revision: base + 1 };
			return kept.revision;
		},
	};
}

const first = { key: 'first' as Hash, state: 'restored' } as const;
const second = { key: 'second' as Hash, state: 'refused' } as const;

async function opened(store: ReturnType<typeof notebook>): Promise<ReadNotices> {
	const notices = new ReadNotices(store);
	await notices.open();
	return notices;
}

test('what was read stays read after a reload, and nothing else does', async () => {
	const store = notebook();
	await (await opened(store)).markRead(first, [first, second]);
	const later = await opened(store);
	expect([later.isNews(first), later.isNews(second)]).toEqual([false, true]);
});

test('what happens next to the same attempt is news again', async () => {
	const notices = await opened(notebook());
	const open = { ...first, state: 'open' } as const;
	await notices.markRead(open, [open]);
	expect([notices.isNews(open), notices.isNews(first)]).toEqual([false, true]);
});

test('two tabs that read different news both count', async () => {
	const store = notebook();
	const [one, other] = [await opened(store), await opened(store)];
	await Promise.all([one.markRead(first, [first, second]), other.markRead(second, [first, second])]);
	const later = await opened(store);
	expect([later.isNews(first), later.isNews(second)]).toEqual([false, false]);
});

test('what can no longer be shown is not remembered', async () => {
	const store = notebook();
	const notices = await opened(store);
	await notices.markRead(first, [first]);
	await notices.markRead(second, [second]);
	expect((await store.readDraft())?.text).toBe('second/refused');
});

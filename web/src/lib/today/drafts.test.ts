import type { Draft } from '@multaqa/shared/client/types';
import { expect, test } from 'vitest';
import { KeptDrafts } from './drafts.svelte.ts';

async function kept(texts: Record<string, string>): Promise<KeptDrafts> {
	const client = {
		draftKeys: async (beginning: string) => Object.keys(texts).filter((key) => key.startsWith(beginning)),
		readDraft: async (key: string): Promise<Draft | null> => {
			if (texts[key] === 'broken') throw new Error('cannot be opened');
			return { text: texts[key] ?? '', revision: 1 };
		},
	};
	const drafts = new KeptDrafts(client);
	await drafts.open();
	return drafts;
}

test('every draft is listed with what it is for and its first words', async () => {
	const { list } = await kept({
		'thread:one': '\nجواب بدأ\nولم ينته',
		'thread:two': `${'A'.repeat(43)}\nanswer to a post`,
		'new-thread:space': '\nنص بلا عنوان بعد',
	});
	expect(list).toEqual([
		{ stream: 'one', space: null, excerpt: 'جواب بدأ' },
		{ stream: 'two', space: null, excerpt: 'answer to a post' },
		{ stream: null, space: 'space', excerpt: 'نص بلا عنوان بعد' },
	]);
});

test('a new topic is called by its title, once', async () => {
	const { list } = await kept({ 'new-thread:space': '\nنص', 'new-thread-title:space': '\nعنوان', 'new-thread-tags:space': '\nوسم' });
	expect(list).toEqual([{ stream: null, space: 'space', excerpt: 'عنوان' }]);
});

test('an empty draft is none, one that cannot be opened hides no other, and hidden characters turn nothing around', async () => {
	const { list } = await kept({ 'thread:a': '\n \n', 'thread:b': 'broken', 'thread:c': `\nab${String.fromCodePoint(0x202e)}cd` });
	expect(list.map(({ excerpt }) => excerpt)).toEqual(['abcd']);
});

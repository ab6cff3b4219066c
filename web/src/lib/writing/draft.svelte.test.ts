import type { Draft } from '@multaqa/shared/client/types';
import { Problem } from '@multaqa/shared/problem';
import { beforeEach, describe, expect, test } from 'vitest';
import { draftsKept, DraftText } from './draft.svelte.ts';

/** Drafts as the engine keeps them, with the same compare-and-swap. */
class Drafts {
	readonly kept = new Map<string, Draft>();
	locked = false;

	readDraft = async (key: string) => {
		if (this.locked) throw new Problem('locked');
		return this.kept.get(key) ?? null;
	};

	writeDraft = async (key: string, text: string, base: number) => {
		if (this.locked) throw new Problem('locked');
		const revision = this.kept.get(key)?.revision ?? 0;
		if (revision !== base) throw new Problem('stale');
		this.kept.set(key, { text, revision: base + 1 });
		return base + 1;
	};

	removeDraft = async (key: string) => {
		this.kept.delete(key);
	};
}

let drafts: Drafts;
const opened = async () => {
	const draft = new DraftText(drafts, 'thread:a');
	await draft.open();
	return draft;
};

beforeEach(() => {
	drafts = new Drafts();
});

describe('a half-written reply', () => {
	test('is there after a reload, with the post it answers', async () => {
		const before = await opened();
		before.text = 'نقترح أن';
		before.reply = 'post-3';
		await before.save();
		const after = await opened();
		expect([after.text, after.reply]).toEqual(['نقترح أن', 'post-3']);
	});

	test('with several lines comes back line by line', async () => {
		const before = await opened();
		before.text = '\nسطر\n\nline';
		await before.save();
		expect((await opened()).text).toBe('\nسطر\n\nline');
	});

	test('is gone once it was sent', async () => {
		const draft = await opened();
		draft.text = 'done';
		await draft.save();
		await draft.finish();
		expect([draft.text, drafts.kept.size]).toEqual(['', 0]);
	});

	test('keeps what was written while it went out', async () => {
		const draft = await opened();
		draft.text = 'the first post';
		draft.reply = 'post-3';
		const { text } = draft;
		draft.text = 'the first post\n\nand the next';
		await draft.finish(text);
		expect([draft.text, draft.reply]).toEqual(['and the next', '']);
		await draft.save();
		expect((await opened()).text).toBe('and the next');
	});

	test('stays in the page and says so when the device cannot keep it', async () => {
		const draft = await opened();
		drafts.locked = true;
		draft.text = 'kept here';
		await draft.save();
		expect([draft.text, draft.kept]).toEqual(['kept here', false]);
		drafts.locked = false;
		await draft.save();
		expect(draft.kept).toBe(true);
	});
});

describe('two tabs that edit one draft', () => {
	const both = async () => {
		const [here, there] = [await opened(), await opened()];
		there.text = 'what the other tab wrote';
		await there.save();
		here.text = 'what this tab wrote';
		await here.save();
		return here;
	};

	test('ask, and neither text is lost', async () => {
		const here = await both();
		expect([here.text, here.theirs]).toEqual(['what this tab wrote', 'what the other tab wrote']);
		expect(drafts.kept.get('thread:a')?.text).toContain('what the other tab wrote');
	});

	test('typing on while the question is open overwrites nothing', async () => {
		const here = await both();
		here.text = 'what this tab wrote, and more';
		await here.save();
		expect(drafts.kept.get('thread:a')?.text).toContain('what the other tab wrote');
		expect(here.theirs).toBe('what the other tab wrote');
	});

	test.each([
		['chooseMine', 'what this tab wrote'],
		['chooseTheirs', 'what the other tab wrote'],
		['chooseBoth', 'what this tab wrote\n\nwhat the other tab wrote'],
	] as const)('%s keeps that text', async (choice, text) => {
		const here = await both();
		here[choice]();
		await here.save();
		expect([here.text, here.theirs]).toEqual([text, null]);
		expect((await opened()).text).toBe(text);
	});

	test('who wrote the same words are not asked', async () => {
		const [here, there] = [await opened(), await opened()];
		here.text = there.text = 'the same';
		await there.save();
		await here.save();
		expect(here.theirs).toBeNull();
	});

	test('who wrote the same words may go on in either of them', async () => {
		const [here, there] = [await opened(), await opened()];
		here.text = there.text = 'the same';
		await there.save();
		await here.save();
		here.leave();
		await draftsKept();
		there.text = 'the same, and more';
		await there.save();
		expect(there.theirs).toBeNull();
	});

	test('what is typed while the other tab’s words are looked at stays', async () => {
		const [first, second] = [await opened(), await opened()];
		first.text = second.text = 'same';
		await first.save();
		drafts.readDraft = async (key) => {
			second.text = 'same and more';
			return drafts.kept.get(key) ?? null;
		};
		await second.save();
		expect(second.text).toBe('same and more');
	});

	test('a draft that was sent elsewhere does not take this one along', async () => {
		const here = await opened();
		here.text = 'first';
		await here.save();
		const there = await opened();
		await there.finish();
		here.text = 'first and second';
		await here.save();
		await here.save();
		expect((await opened()).text).toBe('first and second');
	});
});

describe('what was sent and taken back', () => {
	test('stands in the empty field again, with what it answers, and is kept', async () => {
		const draft = await opened();
		await draft.takeBack({ text: 'عاد', reply: 'p1' });
		expect([draft.text, draft.reply]).toEqual(['عاد', 'p1']);
		const again = await opened();
		expect([again.text, again.reply]).toEqual(['عاد', 'p1']);
	});

	test('stands beside what was begun meanwhile until the person has chosen; both keep their words', async () => {
		const draft = await opened();
		draft.text = 'بدأتُ غيره';
		const back = draft.takeBack({ text: 'عاد', reply: 'p1' });
		await expect.poll(() => draft.theirs).toBe('عاد');
		expect(draft.isReturned).toBe(true);
		draft.chooseBoth();
		await back;
		expect([draft.text, draft.reply, draft.theirs]).toEqual(['بدأتُ غيره\n\nعاد', 'p1', null]);
		expect((await opened()).text).toBe('بدأتُ غيره\n\nعاد');
	});

	test('two that come back ask one after the other, and none that stands there already', async () => {
		const draft = await opened();
		draft.text = 'هنا';
		const all = Promise.all(['أول', 'ثانٍ', 'هنا'].map((text) => draft.takeBack({ text, reply: '' })));
		await expect.poll(() => draft.theirs).toBe('أول');
		draft.chooseBoth();
		await expect.poll(() => draft.theirs).toBe('ثانٍ');
		draft.chooseBoth();
		await all;
		expect(draft.text).toBe('هنا\n\nأول\n\nثانٍ');
	});
});

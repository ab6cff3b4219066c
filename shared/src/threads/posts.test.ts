import { describe, expect, test } from 'vitest';
import type { Measure, Moderated, VerifiedEvent } from '../client/types.ts';
import { id, named, post, refused, said, type Speaker } from '../testing/said.ts';
import { branchesOf } from './branches.ts';
import { EDIT_WINDOW, POST_LIMIT } from './events.ts';
import { discussionOf, isEditable, postsOf, withWaiting, type Post, type ThreadItem } from './posts.ts';

const shape = (items: readonly ThreadItem[]) => branchesOf(items).map(({ item, depth }) => `${'-'.repeat(depth)}${named(item.id)}`);
const bob = { author: 'bob' } as const;
const facilitator = { author: 'fatima', role: 'facilitator' } as const;
let count = 0;
const about = (type: string, content: object, speaker?: Speaker) =>
	said(`event${++count}x`, type, { post: id('one'), ...content }, speaker);
/** The first post of a thread after something was said about it. */
const after = (...events: ReturnType<typeof said>[]) => postsOf([post('one', null, 'النص'), ...events])[0] as Post;

describe('posts of a thread', () => {
	test('stand in the order of the server, with a mark in the place of what could not be verified', () => {
		expect(postsOf([post('one'), refused('two'), post('three')]).map(({ kind }) => kind)).toEqual(['post', 'unverified', 'post']);
	});

	test('are not empty, not too long, and carry nothing else', () => {
		const none = [
			post('one', null, ''),
			post('two', null, ' \u00A0\n'),
			post('three', null, 'x'.repeat(POST_LIMIT + 1)),
			said('four', 'post.add', { text: 'x' }),
			said('five', 'post.add', { text: 'x', reply: null, html: '<b>' }),
		];
		expect(postsOf(none)).toEqual([]);
		expect(postsOf([post('whole', null, 'س'.repeat(POST_LIMIT))])).toHaveLength(1);
	});
});

describe('a post', () => {
	test('is changed by its author within the window, and every text it had stays to be read', () => {
		const edited = after(
			about('post.edit', { text: 'ثان' }, { time: 60 }),
			about('post.edit', { text: 'ثالث' }, { time: 1 + EDIT_WINDOW }),
		);
		expect(edited.text).toBe('ثالث');
		expect(edited.revisions.map(({ text }) => text)).toEqual(['النص', 'ثان', 'ثالث']);
	});

	test('is not changed by anybody else, after the window, or into nothing', () => {
		for (const speaker of [bob, facilitator, { time: 2 + EDIT_WINDOW }]) {
			expect(after(about('post.edit', { text: 'غيره' }, speaker)).revisions, JSON.stringify(speaker)).toHaveLength(1);
		}
		expect(after(about('post.edit', { text: '  ' })).text).toBe('النص');
		expect(after(about('post.edit', { text: 'النص' })).revisions).toHaveLength(1);
	});

	test('is taken back by its author alone, and leaves a mark and nothing of what it said', () => {
		const gone = after(
			about('post.edit', { text: 'ثان' }),
			about('post.react', { emoji: '👍', on: true }, bob),
			about('milestone.set', { label: 'قرار' }, facilitator),
			about('post.delete', {}, { time: 99_999 }),
			about('post.edit', { text: 'عودة' }),
			about('post.react', { emoji: '👏', on: true }, bob),
		);
		expect(gone).toMatchObject({ deleted: 99_999, text: '', revisions: [], reactions: [], milestone: null });
		expect(after(about('post.delete', {}, facilitator)).deleted).toBeNull();
	});

	test('has each reaction of each person once, and loses it when it is taken back', () => {
		const react = (emoji: string, on: boolean, author: string) => about('post.react', { emoji, on }, { author });
		const post = after(react('🙏', true, 'bob'), react('👍', true, 'bob'), react('👍', true, 'bob'), react('👍', true, 'carol'));
		expect(post.reactions).toEqual([
			{ emoji: '👍', by: ['bob', 'carol'] },
			{ emoji: '🙏', by: ['bob'] },
		]);
		expect(after(react('👍', true, 'bob'), react('👍', false, 'bob'), react('🖕', true, 'bob')).reactions).toEqual([]);
	});

	test('is confirmed formally, once by each, when a facilitator asks for it', () => {
		const ask = about('post.notice', { on: true }, facilitator);
		const seen = (author: string) => about('post.acknowledge', {}, { author });
		expect(after(ask, seen('bob'), seen('carol'), seen('bob'))).toMatchObject({ notice: true, acknowledged: ['bob', 'carol'] });
		expect(after(seen('bob'), about('post.notice', { on: true }, bob))).toMatchObject({ notice: false, acknowledged: [] });
	});

	test('that is not there takes nothing', () => {
		expect(postsOf([about('post.edit', { text: 'x' }), about('post.delete', {}), post('one')])).toMatchObject([
			{ text: 'one', deleted: null },
		]);
	});
});

describe('the way of a discussion', () => {
	test('is marked by facilitators beside posts, in the order of those', () => {
		const mark = (name: string, label: string | null, speaker: Speaker = facilitator) =>
			said(`event${++count}x`, 'milestone.set', { post: id(name), label }, speaker);
		const { milestones } = discussionOf([post('one'), post('two'), mark('two', 'ثان'), mark('one', 'أول'), mark('one', 'x', bob)]);
		expect(milestones.map(({ milestone }) => milestone)).toEqual(['أول', 'ثان']);
		expect(discussionOf([post('one'), mark('one', 'أول'), mark('one', null)]).milestones).toEqual([]);
		expect(discussionOf([post('one'), about('post.delete', {}), mark('one', 'أول')]).milestones).toEqual([]);
	});

	test('is summed up by a facilitator, who says up to where', () => {
		const sum = (until: string, speaker: Speaker) => said('sum', 'summary.set', { text: 'ملخص', until: id(until) }, speaker);
		const posts = [post('one'), post('two'), post('three')];
		expect(discussionOf([...posts, sum('one', facilitator)]).summary).toMatchObject({ text: 'ملخص', author: 'fatima', behind: 2 });
		expect(discussionOf([...posts, sum('one', bob)]).summary).toBeNull();
		expect(discussionOf([...posts, sum('gone', facilitator)]).summary).toBeNull();
	});
});

describe('a post that facilitators decided about', () => {
	const during = (name: string, moderated: Moderated) => ({ ...(post(name) as VerifiedEvent), moderated });
	const measure = (kind: Measure['kind'], position: number) => ({ kind, position, lifted: null, reason: 'لطفًا' }) as Measure;

	test('that was kept out is told apart, with what is said about it', () => {
		const stream = [post('before'), during('while', { barred: 'closed', measures: [] }), post('after')];
		const thanks = said('thanks', 'post.react', { post: id('while'), emoji: '👍', on: true }, bob);
		const { items, aside } = discussionOf([...stream, thanks]);
		expect(items.map((item) => named(item.id))).toEqual(['before', 'after']);
		expect(aside.map((kept) => [named(kept.id), kept.text, kept.aside, kept.reactions.length])).toEqual([['while', 'while', 'closed', 1]]);
	});

	test('stays in its place when it is hidden, and whoever is silenced said nothing at all', () => {
		const hidden = during('hidden', { barred: 'hidden', measures: [measure('hide', 5)] });
		const { items } = discussionOf([hidden, during('silent', { barred: 'silenced', measures: [] })]);
		expect(items.map((item) => item.kind === 'post' && [named(item.id), item.hidden?.reason])).toEqual([['hidden', 'لطفًا']]);
	});

	test('may be put differently by its author when asked to, however late, and once', () => {
		const asked = during('asked', { barred: null, measures: [measure('reword', 1)] });
		const late = (name: string, text: string) => ({
			...said(name, 'post.edit', { post: id('asked'), text }),
			time: asked.time + 2 * EDIT_WINDOW,
		});
		const changed = discussionOf([asked, late('first', 'ألطف'), late('second', 'أقسى')]).items[0] as Post;
		expect([changed.text, changed.rewording]).toEqual(['ألطف', null]);
		expect(isEditable(changed, asked.time + 2 * EDIT_WINDOW)).toBe(false);
		const unasked = discussionOf([
			{ ...asked, position: 0, moderated: { barred: null, measures: [measure('reword', Infinity)] } },
			late('first', 'ألطف'),
		]);
		expect((unasked.items[0] as Post).text).toBe('asked');
	});
});

describe('posts that wait to be let in', () => {
	const barred = (name: string, barred: Moderated['barred'], speaker: Speaker = bob) =>
		({ ...post(name, null, name, speaker), moderated: { barred, measures: [] } }) as ReturnType<typeof post>;
	const shown = (stream: readonly ReturnType<typeof post>[], sees: (post: Post) => boolean) =>
		withWaiting(discussionOf(stream), sees).map((item) => named(item.id));

	test('stand in their place before whoever may see them, and nowhere before others', () => {
		const stream = [
			post('one'),
			barred('mine', 'unapproved'),
			post('two'),
			barred('theirs', 'unapproved', { author: 'dana' }),
			post('three'),
		];
		expect(shown(stream, () => true)).toEqual(['one', 'mine', 'two', 'theirs', 'three']);
		expect(shown(stream, ({ author }) => author === 'bob')).toEqual(['one', 'mine', 'two', 'three']);
		expect(shown(stream, () => false)).toEqual(['one', 'two', 'three']);
	});

	test('stand at the end while the server does not have them, and are gone when they were taken back', () => {
		const here = { ...barred('here', 'unapproved'), position: Infinity } as ReturnType<typeof post>;
		const going = { ...post('going'), position: Infinity } as ReturnType<typeof post>;
		expect(shown([post('one'), going, here], () => true)).toEqual(['one', 'going', 'here']);
		const back = said('back', 'post.delete', { post: id('gone') }, bob);
		expect(shown([post('one'), barred('gone', 'unapproved'), back], () => true)).toEqual(['one']);
	});

	test('are not those that came too late or too soon', () => {
		expect(shown([post('one'), barred('late', 'closed'), barred('soon', 'too-soon')], () => true)).toEqual(['one']);
	});
});

describe('posts by branch', () => {
	test('stand below what they answer, older answers first', () => {
		const items = postsOf([post('a'), post('b', 'a'), post('c'), post('d', 'b'), post('e', 'a'), post('f', 'c')]);
		expect(shape(items)).toEqual(['a', '-b', '--d', '-e', 'c', '-f']);
	});

	test('stand at the root when what they answer is not there', () => {
		expect(shape(postsOf([post('a', 'gone'), post('b', 'a')]))).toEqual(['a', '-b']);
	});

	test('stand below a post that could not be verified', () => {
		expect(shape(postsOf([refused('a'), post('b', 'a')]))).toEqual(['a', '-b']);
	});

	test('are all there though an answer comes before what it answers, or a branch is very deep', () => {
		expect(shape(postsOf([post('b', 'a'), post('a')]))).toEqual(['a', '-b']);
		const deep = Array.from({ length: 20_000 }, (_, place) => post(`p${place}`, place === 0 ? null : `p${place - 1}`));
		expect(branchesOf(postsOf(deep))).toHaveLength(20_000);
	});
});

import { describe, expect, test } from 'vitest';
import type { Cbor } from '../bytes/cbor.ts';
import type { StreamEvent } from '../client/types.ts';
import { POST_LIMIT, TITLE_LIMIT } from './events.ts';
import { branchesOf, postsOf, threadsOf, type ThreadItem } from './state.ts';

const id = (name: string) => name.padEnd(43, 'A');
const stream = (name: string) => name.padEnd(22, 'A');
let position = 0;
const event = (name: string, type: string, content: Cbor, author = 'alice'): StreamEvent =>
	({
		verified: true,
		id: id(name),
		stream: stream('s'),
		type,
		author,
		device: 'd',
		time: 1,
		content,
		waiting: false,
		position: position++,
	}) as never;
const post = (name: string, reply: string | null = null, text = name) => event(name, 'post.add', { text, reply: reply && id(reply) });
const refused = (name: string): StreamEvent =>
	({ verified: false, id: id(name), stream: stream('s'), reason: 'tampered', position: position++ }) as never;
const shape = (items: readonly ThreadItem[]) =>
	branchesOf(items).map(({ item, depth }) => `${'-'.repeat(depth)}${item.id.replace(/A+$/, '')}`);

describe('threads of a space', () => {
	const open = (name: string, title: string, author?: string) => event(name, 'thread.open', { stream: stream(name), title }, author);

	test('stand with the newest first', () => {
		expect(threadsOf([open('one', 'أول'), open('two', 'ثان')]).map(({ title }) => title)).toEqual(['ثان', 'أول']);
	});

	test('keep the title they were opened with: nobody opens one a second time', () => {
		const threads = threadsOf([
			open('one', 'عنوان', 'alice'),
			event('x', 'thread.open', { stream: stream('one'), title: 'عنوان مسروق' }, 'mallory'),
		]);
		expect(threads).toMatchObject([{ title: 'عنوان', author: 'alice' }]);
	});

	test('do not come from what could not be verified, is of another type or has no title', () => {
		const none = [
			refused('one'),
			event('two', 'post.add', { stream: stream('two'), title: 'x' }),
			open('three', ' \n '),
			open('four', 'x'.repeat(TITLE_LIMIT + 1)),
			event('five', 'thread.open', null),
		];
		expect(threadsOf(none)).toEqual([]);
	});
});

describe('posts of a thread', () => {
	test('stand in the order of the server, with a mark in the place of what could not be verified', () => {
		expect(postsOf([post('one'), refused('two'), post('three')]).map(({ kind }) => kind)).toEqual(['post', 'unverified', 'post']);
	});

	test('are not empty, not too long, and carry nothing else', () => {
		const none = [
			post('one', null, ''),
			post('two', null, ' \u00A0\n'),
			post('three', null, 'x'.repeat(POST_LIMIT + 1)),
			event('four', 'post.add', { text: 'x' }),
			event('five', 'post.add', { text: 'x', reply: null, html: '<b>' }),
		];
		expect(postsOf(none)).toEqual([]);
		expect(postsOf([post('whole', null, 'س'.repeat(POST_LIMIT))])).toHaveLength(1);
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

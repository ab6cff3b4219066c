import { describe, expect, test } from 'vitest';
import type { AccountId, SpaceId } from '../bytes/ids.ts';
import type { Client, LetterView, SpaceView, VerifiedEvent } from '../client/types.ts';
import { id, post, said, streamId, type Speaker } from '../testing/said.ts';
import { flagIn, readersOfFlags } from './flags.ts';

const space = { id: 'here' as SpaceId } as SpaceView;
const bytes = Uint8Array.of(1);
const content = { stream: streamId('s'), post: id('slur'), reason: 'incitement', note: 'انظروا', signed: bytes, signature: bytes };
const letter = (changes: object = {}, about: object = {}) =>
	({
		number: 1,
		holds: true,
		from: 'dana',
		space: 'here',
		kind: 'flag',
		time: 5,
		content: { ...content, ...about },
		...changes,
	}) as unknown as LetterView;
/** What the signed bytes turn out to be; `null` when nobody signed them. */
const read = (event: unknown, from: LetterView = letter()) =>
	flagIn({ evidence: { check: async () => event as VerifiedEvent | null } as unknown as Client['evidence'] }, space, from);
const bob: Speaker = { author: 'bob', time: 3 };
const slur = post('slur', null, 'كلام', bob);
const edit = (about: string, text = 'أسوأ') => said('edit', 'post.edit', { post: id(about), text }, bob);

describe('a report', () => {
	test('proves the text of the post it names, or of an edit of it', async () => {
		expect(await read(slur)).toEqual(
			expect.objectContaining({ from: 'dana', note: 'انظروا', original: { author: 'bob', time: 3, text: 'كلام' } }),
		);
		expect((await read(edit('slur')))?.original?.text).toBe('أسوأ');
	});

	test('proves nothing with another post, an edit of another, an event that says nothing, of another place, or of nobody', async () => {
		const elsewhere = { ...slur, stream: streamId('other') };
		const reaction = said('react', 'post.react', { post: id('slur'), emoji: '👍', on: true }, bob);
		for (const event of [post('other', null, 'غيره', bob), edit('other'), reaction, elsewhere, null])
			expect((await read(event))?.original).toBeNull();
	});

	test('is none of another space, of another kind, that does not hold, or that names nothing that could be', async () => {
		const none = [letter({ space: 'there' }), letter({ kind: 'other' }), letter({ holds: false })];
		const malformed = [{ stream: 'x' }, { post: 'y' }, { reason: 'dislike' }, { note: 'ن'.repeat(1_001) }, { signed: 'text' }, { more: 1 }];
		for (const wrong of [...none, ...malformed.map((about) => letter({}, about))]) expect(await read(slur, wrong)).toBeNull();
	});

	test('goes to who facilitates, and not to whom it is about or who sends it', () => {
		const members = [
			{ account: 'alice', role: 'coordinator' },
			{ account: 'fatima', role: 'facilitator' },
			{ account: 'karim', role: 'facilitator' },
			{ account: 'bob', role: 'member' },
			{ account: 'guest', role: 'guest' },
		];
		const readers = (author: string, self: string) =>
			readersOfFlags({ ...space, members } as unknown as SpaceView, author as AccountId, self as AccountId);
		expect(readers('bob', 'dana')).toEqual(['alice', 'fatima', 'karim']);
		expect(readers('fatima', 'karim')).toEqual(['alice']);
	});
});

import { describe, expect, test } from 'vitest';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { id, named, post, said, streamId } from '../testing/said.ts';
import { concernsOf, mentionedIn, type Reader } from './concerns.ts';

const alice: Reader = { account: id('alice') as AccountId, organisation: streamId('org') as OrganisationId, role: 'facilitator' };
const bob = { author: 'bob' } as const;
const fatima = { author: 'fatima', role: 'facilitator' } as const;
const toAlice = `@[ليلى](account:${alice.account})`;
const toOrganisation = `@[منظمتي](organisation:${alice.organisation})`;
const toRole = '@[التيسير](role:facilitator)';
const mentions = (text: string, mark = -1) => concernsOf([post('one', null, text, bob)], mark, alice).mentions;

describe('a mention', () => {
	test.each([
		[`مرحبا ${toAlice}`, 'account'],
		[`- بند\n  - ${toOrganisation}`, 'organisation'],
		[`**${toRole}**`, 'role'],
		[`${toRole} و${toAlice}`, 'account'],
	])('%j waits for its reader as %s', (text, as) => {
		expect(mentions(text)).toMatchObject([{ post: id('one'), as }]);
	});

	test.each([
		[`> ${toAlice}`, 'stands in what is quoted'],
		[`\`${toAlice}\``, 'is code'],
		['@[ليلى](role:member)', 'is of another role'],
		[`(account:${alice.account})`, 'is no mention but an id'],
	])('%j does not wait: it %s', (text) => {
		expect(mentions(text)).toEqual([]);
	});

	test('is over once it has been read, and with the post it stands in', () => {
		expect(mentions(toAlice, Number.MAX_SAFE_INTEGER)).toEqual([]);
		const gone = [post('one', null, toAlice, bob), said('take', 'post.delete', { post: id('one') }, bob)];
		expect(concernsOf(gone, -1, alice).mentions).toEqual([]);
	});

	test('in own words waits for nobody', () => {
		expect(concernsOf([post('one', null, toAlice, { author: alice.account })], -1, alice).mentions).toEqual([]);
	});

	test('that comes by an edit counts, and one that an edit takes away does not', () => {
		const edit = (text: string) => said('edit', 'post.edit', { post: id('one'), text }, bob);
		expect(concernsOf([post('one', null, 'x', bob), edit(toAlice)], -1, alice).mentions).toHaveLength(1);
		expect(concernsOf([post('one', null, toAlice, bob), edit('x')], -1, alice).mentions).toHaveLength(0);
	});
});

describe('a formal notice', () => {
	const notice = (speaker: object = fatima) => said('notice', 'post.notice', { post: id('one'), on: true }, speaker);
	const open = (...events: ReturnType<typeof said>[]) =>
		concernsOf([post('one', null, 'قرار', bob), ...events], Number.MAX_SAFE_INTEGER, alice).notices.map(({ post }) => named(post));

	test('waits until the reader has confirmed it, however far they have read', () => {
		expect(open(notice())).toEqual(['one']);
		expect(open(notice(), said('ack', 'post.acknowledge', { post: id('one') }, { author: alice.account }))).toEqual([]);
	});

	test('by somebody who may not, withdrawn, or already confirmed by others only: as the thread has it', () => {
		expect(open(notice(bob))).toEqual([]);
		expect(open(notice(), said('off', 'post.notice', { post: id('one'), on: false }, fatima))).toEqual([]);
		expect(open(notice(), said('ack', 'post.acknowledge', { post: id('one') }, bob))).toEqual(['one']);
	});
});

test('hostile texts are read, and mention nobody', () => {
	for (const text of ['@['.repeat(10_000), `${'> '.repeat(5_000)}${toAlice}`]) expect(mentionedIn(text)).toEqual([]);
});

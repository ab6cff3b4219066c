import type { AccountId, OrganisationId } from '@multaqa/shared/bytes/ids';
import type { MemberView } from '@multaqa/shared/client/types';
import { describe, expect, test } from 'vitest';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { Mentions } from './mentions.svelte.ts';

let language: 'ar' | 'en' = 'ar';
overwriteGetLocale(() => language);

const member = (account: string, name: string | null, organisation: string, more: Partial<MemberView> = {}): MemberView =>
	({
		account: account as AccountId,
		name,
		organisation: organisation as OrganisationId,
		organisationName: organisation,
		role: 'member',
		trust: 'vouched',
		...more,
	}) as MemberView;

const mentionsOf = (...members: MemberView[]) =>
	new Mentions(
		() => ({ members, role: 'member' }),
		() => 'me' as AccountId,
	);

describe('a name', () => {
	test('that a person and an organisation share means neither: the one chosen is written with its id', () => {
		const mentions = mentionsOf(member('a', 'الأمل', 'الأمل'));
		expect(mentions.named('الأمل')).toBeNull();
		expect(mentions.suggest('الأمل').map((one) => mentions.written(one))).toEqual(['@[الأمل](account:a)', '@[الأمل](organisation:الأمل)']);
	});

	test('cannot write a link of its own', () => {
		const mentions = mentionsOf(member('a', 'x](https://evil.example)', 'o'));
		const [one] = mentions.suggest('x');
		expect(one && mentions.written(one)).toBe('@[x(https://evil.example)]');
		expect(mentions.named('x(https://evil.example)')).toEqual({ kind: 'account', id: 'a' });
	});

	test('of a role is known in both languages', () => {
		const mentions = mentionsOf(member('a', 'أ', 'o', { role: 'facilitator' }));
		expect(mentions.named('التيسير')).toEqual({ kind: 'role', id: 'facilitator' });
		language = 'en';
		expect(mentions.named('التيسير')).toEqual({ kind: 'role', id: 'facilitator' });
		language = 'ar';
	});

	test('that nobody told yet is not offered', () => {
		expect(
			mentionsOf(member('a', null, 'o'))
				.suggest('')
				.map(({ target }) => target.kind),
		).toEqual(['organisation', 'role']);
	});
});

test('somebody whose safety code did not match is marked wherever they are mentioned', () => {
	const mentions = mentionsOf(member('a', 'ليلى', 'o', { trust: 'mismatch' }));
	expect(mentions.find({ kind: 'account', id: 'a' as AccountId })).toMatchObject({ name: 'ليلى', mismatch: true });
});

test('whoever left is nobody', () => {
	const mentions = mentionsOf(member('a', 'ليلى', 'o'));
	expect(mentions.find({ kind: 'account', id: 'b' as AccountId })).toBeNull();
	expect(mentions.find({ kind: 'organisation', id: 'p' as OrganisationId })).toBeNull();
	expect(mentions.find({ kind: 'role', id: 'coordinator' })).toBeNull();
});

import { describe, expect, test } from 'vitest';
import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { NAME_LIMIT } from './events.ts';
import { profilesOf } from './state.ts';

const organisation = 'O'.repeat(22);
const event = (author: string, type: string, content: Cbor): StreamEvent =>
	({ verified: true, id: 'i', stream: 's', type, author, device: 'd', time: 1, content, waiting: false, position: 1 }) as never;
const profiles = (...index: StreamEvent[]) => profilesOf(index, (account) => account === ('alice' as AccountId));

describe('names of a space', () => {
	test('come from its coordinators, the last word counts', () => {
		const { title, forum } = profiles(
			event('alice', 'space.describe', { title: 'قديم', forum: 'ملتقى' }),
			event('alice', 'space.describe', { title: 'جديد', forum: 'ملتقى' }),
		);
		expect([title, forum]).toEqual(['جديد', 'ملتقى']);
	});

	test('do not come from anybody else', () => {
		const named = profiles(
			event('mallory', 'space.describe', { title: 'مزور', forum: 'مزور' }),
			event('mallory', 'organisation.describe', { organisation, name: 'مزور' }),
		);
		expect([named.title, named.forum, named.organisations.size]).toEqual([null, null, 0]);
	});

	test('of organisations are told by coordinators', () => {
		expect([...profiles(event('alice', 'organisation.describe', { organisation, name: 'منظمة' })).organisations]).toEqual([
			[organisation, 'منظمة'],
		]);
	});

	test('of people are told by each of themselves', () => {
		const { people } = profiles(
			event('bob', 'profile.set', { name: 'بسام' }),
			event('mallory', 'profile.set', { name: 'مالوري' }),
			event('bob', 'profile.set', { name: 'باسم' }),
		);
		expect([...people]).toEqual([
			['bob', 'باسم'],
			['mallory', 'مالوري'],
		]);
	});

	test('cannot be told for another person', () => {
		expect(profiles(event('mallory', 'profile.set', { name: 'x', account: 'bob' })).people.size).toBe(0);
	});

	test('are not empty or endless, and not taken from what could not be verified', () => {
		const refused = { verified: false, id: 'x', stream: 's', reason: 'tampered', position: 1 } as never;
		const named = profiles(
			refused,
			event('bob', 'profile.set', { name: ' ' }),
			event('bob', 'profile.set', { name: 'x'.repeat(NAME_LIMIT + 1) }),
			event('alice', 'space.describe', { title: '', forum: 'x' }),
		);
		expect([named.people.size, named.title]).toEqual([0, null]);
	});
});

import { describe, expect, test } from 'vitest';
import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId } from '../bytes/ids.ts';
import type { StreamEvent } from '../client/types.ts';
import { NAME_LIMIT } from './events.ts';
import { profiles as feature } from './profiles.ts';
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

describe('names that look alike', () => {
	const isAlice = (account: AccountId) => account === ('alice' as AccountId);
	const named = (who: string, name: string) => event(who, 'profile.set', { name });
	const described = (id: string, name: string) => event('alice', 'organisation.describe', { organisation: id.repeat(22), name });

	test('belong to who came first; the other stays without, and is told', () => {
		const { people, refused } = profiles(named('bob', 'أحمد'), named('mallory', 'احمد'));
		expect([...people]).toEqual([['bob', 'أحمد']]);
		expect([...refused]).toEqual(['mallory']);
	});

	test('do not take away the name that somebody had before', () => {
		const { people, refused } = profiles(named('bob', 'Basil'), named('mallory', 'Mallory'), named('mallory', 'Ваsіl'));
		expect(people.get('mallory' as AccountId)).toBe('Mallory');
		expect([...refused]).toEqual(['mallory']);
	});

	test('stop being a matter with the next good name', () => {
		const { people, refused } = profiles(named('bob', 'Basil'), named('mallory', 'basil'), named('mallory', 'Mallory'));
		expect(people.get('mallory' as AccountId)).toBe('Mallory');
		expect(refused.size).toBe(0);
	});

	test('are free again when their bearer takes another', () => {
		const { people, refused } = profiles(named('bob', 'نور'), named('bob', 'نور الدين'), named('carol', 'نور'));
		expect([...people.values()]).toEqual(['نور الدين', 'نور']);
		expect(refused.size).toBe(0);
	});

	test('may be written otherwise by their bearer', () => {
		const { people, refused } = profiles(named('bob', 'فاطمه'), named('bob', 'فاطِمة'));
		expect([...people.values(), refused.size]).toEqual(['فاطِمة', 0]);
	});

	test('of which nothing can be seen are none', () => {
		const { people, refused } = profiles(named('mallory', '\u200B\u200F'), named('carol', '…'));
		expect([people.size, ...refused]).toEqual([0, 'mallory', 'carol']);
	});

	test('of organisations belong to the first one too, until it is called otherwise', () => {
		const [first, second] = ['A'.repeat(22), 'B'.repeat(22)];
		expect([...profiles(described('A', 'منظمة الأمل'), described('B', 'منظمه الامل')).organisations]).toEqual([[first, 'منظمة الأمل']]);
		expect([...profiles(described('A', 'منظمة الأمل'), described('A', 'الأمل'), described('B', 'منظمه الامل')).organisations]).toEqual([
			[first, 'الأمل'],
			[second, 'منظمه الامل'],
		]);
	});

	test('may be shared by a person and an organisation', () => {
		const { people, organisations } = profiles(named('bob', 'حنين'), described('A', 'حنين'));
		expect([people.size, organisations.size]).toEqual([1, 1]);
	});

	test('are borne on by who takes the place of somebody who lost everything, and by nobody else', () => {
		const before = new Map([
			['bob3', 'bob2'],
			['bob2', 'bob'],
			['odd', 'even'],
			['even', 'odd'],
		]);
		const predecessor = (account: AccountId) => (before.get(account) ?? null) as AccountId | null;
		const index = ['bob', 'bob2', 'bob3', 'mallory', 'odd'].map((who) => named(who, 'بسام'));
		const { people, refused } = profilesOf(index, isAlice, predecessor);
		expect([...people.keys()]).toEqual(['bob', 'bob2', 'bob3']);
		expect([...refused]).toEqual(['mallory', 'odd']);
	});

	test('stay taken while the successor is called otherwise', () => {
		const predecessor = (account: AccountId) => (account === 'bob2' ? 'bob' : null) as AccountId | null;
		const index = [named('bob', 'بسام'), named('bob2', 'بسام'), named('bob2', 'بسام الجديد'), named('mallory', 'بسام')];
		expect([...profilesOf(index, isAlice, predecessor).refused]).toEqual(['mallory']);
	});

	test('can be told beforehand', () => {
		expect(feature.confusable('الامل', ['الأمل'])).toBe(true);
		expect(feature.confusable('العمل', ['الأمل'])).toBe(false);
		expect(feature.confusable(' \u200B', [])).toBe(true);
	});
});

import { describe, expect, test } from 'vitest';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import { id, streamId } from '../testing/said.ts';
import { isSame, settingsAt, settingsIn, settingsWaiting, SETTINGS, type Settings } from './settings.ts';

const sham = streamId('sham') as OrganisationId;
const other = streamId('other') as OrganisationId;
/** Rima and Omar represent Sham; Rima lost everything once, and came back as another account. Ziad represents another organisation. */
const represents: Readonly<Record<string, OrganisationId>> = { rima: sham, 'rima-new': sham, omar: sham, ziad: other };
const who = {
	speaksFor: ({ author, voice }: VerifiedEvent) => (voice === 'organisation' ? (represents[author] ?? null) : null),
	personOf: (account: AccountId) => account.replace('-new', '') as AccountId,
};

const [ALONE, TWO]: [Settings, Settings] = [
	{ two: false, constituencies: [] },
	{ two: true, constituencies: ['الشمال'] },
];

type Saying = readonly [by: string, content: object, more?: object];
/** What the index stream tells, one thing after another, at the places 1, 2, 3 … */
function index(...said: Saying[]): readonly StreamEvent[] {
	const about = { verified: true, stream: streamId('index'), type: SETTINGS, role: 'member', device: 'd', waiting: false, directory: 1 };
	return said.map(([author, content, more], at) => ({
		...about,
		id: id(`e${at}`),
		author,
		voice: 'organisation',
		time: at,
		content,
		position: at + 1,
		...more,
	})) as never;
}

const now = (events: readonly StreamEvent[], organisation = sham) => settingsAt(settingsIn(events, who), organisation, Infinity);

describe('how an organisation wants to be dealt with', () => {
	test('is said by its representatives in its voice, and by nobody else for it', () => {
		expect(now(index())).toEqual(ALONE);
		expect(now(index(['rima', TWO]))).toEqual(TWO);
		expect(now(index(['ziad', TWO]))).toEqual(ALONE);
		expect(now(index(['rima', TWO, { voice: 'person' }]))).toEqual(ALONE);
		expect(now(index(['mallory', TWO]))).toEqual(ALONE);
		expect(now(index(['rima', TWO, { moderated: { barred: 'silenced', measures: [] } }]))).toEqual(ALONE);
	});

	test('holds from where it was said: what stood before is judged as it was then', () => {
		const history = settingsIn(index(['rima', ALONE], ['rima', TWO]), who);
		expect([1, 2, 3, Infinity].map((position) => settingsAt(history, sham, position).two)).toEqual([false, false, true, true]);
	});

	test('is changed by two once it asks for two: not by one alone, not by one person with two accounts, not by one after something else', () => {
		expect(now(index(['rima', TWO], ['rima', ALONE]))).toEqual(TWO);
		expect(now(index(['rima', TWO], ['rima', ALONE], ['rima-new', ALONE]))).toEqual(TWO);
		expect(now(index(['rima', TWO], ['rima', ALONE], ['omar', TWO], ['rima', ALONE]))).toEqual(TWO);
		expect(now(index(['rima', TWO], ['rima', ALONE], ['omar', ALONE]))).toEqual(ALONE);
	});

	test('waits to be seen while one of two has said it', () => {
		const waiting = (...said: Saying[]) => settingsWaiting(settingsIn(index(...said), who), sham)?.settings ?? null;
		expect(waiting(['rima', TWO])).toBeNull();
		expect(waiting(['rima', TWO], ['rima', ALONE])).toEqual(ALONE);
		expect(waiting(['rima', TWO], ['rima', ALONE], ['omar', ALONE])).toBeNull();
	});

	test('has each constituency once, whatever stands around its name, and no endless list of them', () => {
		expect(now(index(['rima', { two: false, constituencies: [' الشمال', 'الشمال ', 'المهجر'] }])).constituencies).toEqual([
			'الشمال',
			'المهجر',
		]);
		expect(now(index(['rima', { two: false, constituencies: Array.from({ length: 7 }, (_, at) => `${at}`) }]))).toEqual(ALONE);
		expect(now(index(['rima', { two: false, constituencies: ['  '] }]))).toEqual(ALONE);
		expect(isSame({ two: true, constituencies: ['a', 'b'] }, { two: true, constituencies: ['b', 'a'] })).toBe(true);
	});
});

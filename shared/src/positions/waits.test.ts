import { describe, expect, test } from 'vitest';
import type { AccountId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { CLOSES, Council, fatima, hash, NOON, paragraph, REASON, standing, stance, terms } from '../testing/council.ts';
import { waitsOf } from './waits.ts';

const DAY = 24 * 60 * 60;
const SALT = hash('salt');

/** What an issue asks of somebody, who represents the organisation before the dot. */
function asked(room: Council, account: string, now = NOON, role: Role = 'member'): string[] {
	const organisation = account.includes('.') ? room.standing.organisationOf(account as AccountId, null) : null;
	return waitsOf(room.register, { account: account as AccountId, organisation, role }, room.standing, now).map(({ kind }) => kind);
}

const opened = (room: Council, more: object = {}) => room.says(fatima, 'decision.open', terms(['sham', 'furat', 'host'], more), 'd1');
const ended = (room: Council) => room.says(fatima, 'decision.end', { decision: hash('d1') }, 'end', { at: DAY });
const closed = (room: Council, result: string) =>
	room.says(
		fatima,
		'decision.close',
		{ decision: hash('d1'), result, outcome: { ar: 'خلاصة', en: '' }, reasons: 'أسباب', review: 20_800 },
		'close',
		{ at: DAY + 9 * DAY },
	);

describe('an issue asks of an organisation', () => {
	test('a stance, until it has said something or taken it back; nothing before there is a text', () => {
		const room = new Council();
		expect(asked(room, 'sham.rima')).toEqual([]);
		room.begins();
		expect(asked(room, 'sham.rima')).toEqual(['stance']);
		room.takes('sham.rima', {}, 's1');
		expect([asked(room, 'sham.rima'), asked(room, 'furat.ali')]).toEqual([[], ['stance']]);
		room.says('sham.rima', 'stance.withdraw', { said: hash('s1'), reason: null }, 'w1');
		expect(asked(room, 'sham.rima')).toEqual([]);
	});

	test('to confirm when the text has changed since, and to say it again when its time is over', () => {
		const room = new Council().begins();
		room.takes('sham.rima');
		room.changes('v1', 'v2', [paragraph('one'), paragraph('two'), paragraph('three', 'غيره')]);
		expect(asked(room, 'sham.rima')).toEqual(['confirm']);
		expect(asked(room, 'sham.rima', NOON + 366 * DAY)).toEqual(['stale']);
	});

	test('a second person where it lets two speak, and not of the one who has spoken, whatever account they use', () => {
		const room = new Council(standing({}, ['sham'])).begins();
		room.takes('sham.rima');
		expect(asked(room, 'sham.rima')).toEqual([]);
		expect(asked(room, 'sham.rima-new')).toEqual([]);
		expect(asked(room, 'sham.omar')).toEqual(['second']);
	});

	test('in a hidden round a sealed answer until the close, then to open it; and nothing of those who are not eligible', () => {
		const room = new Council().begins();
		opened(room, { hidden: { opening: 3 * DAY } });
		expect([asked(room, 'sham.rima'), asked(room, 'zaytun.sami')]).toEqual([['stance'], []]);
		room.seals('sham.rima', stance(), SALT, 'sealed');
		expect(asked(room, 'sham.rima')).toEqual([]);
		expect(asked(room, 'furat.ali', CLOSES)).toEqual([]);
		ended(room);
		expect([asked(room, 'sham.rima', CLOSES), asked(room, 'furat.ali', CLOSES)]).toEqual([['open'], []]);
		room.says('sham.rima', 'stance.take', { ...stance(), opens: { seal: hash('sealed'), salt: SALT } }, 'open', { at: DAY + 60 });
		expect(asked(room, 'sham.rima', CLOSES)).toEqual([]);
	});

	test('nothing more once it was decided, but of the host whether it lends its name', () => {
		const room = new Council(standing({}, ['host'])).begins();
		opened(room);
		for (const who of ['sham.rima', 'host.reem', 'host.nour']) room.takes(who, {}, `${who.replace('.', '')}`, { at: 60 });
		ended(room);
		expect(asked(room, 'furat.ali', CLOSES)).toEqual([]);
		closed(room, 'no-decision');
		expect([asked(room, 'sham.rima'), asked(room, 'host.reem')]).toEqual([[], []]);
	});

	test('its name of the host when the text has passed: of two persons, where it asks for two', () => {
		const room = new Council(standing({}, ['host'])).begins();
		opened(room, { quorum: 30 });
		room.takes('sham.rima', {}, 's1', { at: 60 });
		ended(room);
		closed(room, 'passed');
		expect([asked(room, 'furat.ali'), asked(room, 'host.reem'), asked(room, 'host.nour')]).toEqual([[], ['sign-off'], ['sign-off']]);
		room.says('host.reem', 'decision.sign-off', { decision: hash('d1'), signs: true, reason: null }, 'h1');
		expect([asked(room, 'host.reem'), asked(room, 'host.nour')]).toEqual([[], ['sign-off']]);
		room.says('host.nour', 'decision.sign-off', { decision: hash('d1'), signs: true, reason: null }, 'h2');
		expect(asked(room, 'host.nour')).toEqual([]);
	});
});

test('an issue asks who facilitates to end a decision whose time has come, and to write its outcome', () => {
	const room = new Council().begins();
	opened(room);
	room.takes('sham.rima', { value: 'objection', reason: REASON }, 's1', { at: 60 });
	expect([asked(room, fatima, NOON, 'facilitator'), asked(room, fatima, CLOSES, 'facilitator')]).toEqual([[], ['end']]);
	ended(room);
	expect([asked(room, fatima, CLOSES, 'facilitator'), asked(room, fatima, CLOSES)]).toEqual([['close'], []]);
});

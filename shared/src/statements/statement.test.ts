import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64url } from '../bytes/bytes.ts';
import { canonicalBytes } from '../documents/canonical.ts';
import { sealSeed } from '../documents/sealed-order.ts';
import { listText } from '../publication/signed-text.ts';
import { STATEMENT } from '../testing/published.ts';
import { CLOSES, hash, HOUR, nameOf, NOON, ROUND_STREAM, SignOn } from '../testing/sign-on.ts';
import { checkEdition, signatoriesOf } from './drawing-up.ts';
import { lastConfirmed } from './rules.ts';
import { waitsOf } from './waits.ts';

let story: SignOn;
beforeEach(() => {
	story = new SignOn();
	story.opens();
});
const standing = async () =>
	(await story.looked()).signatures.filter(({ state }) => state === 'standing').map(({ said }) => said.organisation.en);
const OTHER = { ...STATEMENT, pairs: STATEMENT.pairs.slice(0, 2) };

describe('a call for signatures', () => {
	test('is made by a coordinator, once, for a text that is whole', () => {
		story = new SignOn();
		const terms = { text: canonicalBytes(STATEMENT), document: null, order: 'arabic', sealed: null, closes: CLOSES };
		story.does('host.one', 'round.open', terms, 'a', { role: 'facilitator' });
		expect(story.lastRefusal()).toBe('coordinators-call-for-signatures');
		story.does('host.c', 'round.open', { ...terms, text: new Uint8Array([1, 2]) }, 'b');
		expect(story.lastRefusal()).toBe('text-is-whole');
		for (const closes of [NOON, NOON - HOUR, NOON + 400 * 24 * HOUR]) {
			story.does('host.c', 'round.open', { ...terms, closes }, `c${closes}`);
			expect(story.lastRefusal()).toBe('close-time-is-bounded');
		}
		story.does('host.c', 'round.open', { ...terms, order: 'sealed' }, 'd');
		expect(story.lastRefusal()).toBe('order-was-sealed');
		story.opens();
		expect(story.lastRefusal()).toBeNull();
		story.does('host.c', 'round.open', { ...terms, text: canonicalBytes(OTHER) }, 'e');
		expect(story.lastRefusal()).toBe('round-is-opened-once');
	});

	test('is extended in the open, to a later hour, before its hour has passed', () => {
		story.does('host.c', 'round.extend', { closes: CLOSES - HOUR, reason: null }, 'a');
		expect(story.lastRefusal()).toBe('extension-is-later');
		story.does('host.one', 'round.extend', { closes: CLOSES + HOUR, reason: null }, 'b');
		expect(story.lastRefusal()).toBe('coordinators-call-for-signatures');
		story.does('host.c', 'round.extend', { closes: CLOSES + HOUR, reason: 'عطلة العيد' }, 'c');
		expect(story.now.round).toMatchObject({ closes: CLOSES + HOUR, extensions: [{ reason: 'عطلة العيد' }] });
		story.does('host.c', 'round.extend', { closes: CLOSES + 9 * HOUR, reason: null }, 'd', { at: CLOSES - NOON + 2 * HOUR });
		expect(story.lastRefusal()).toBe('close-time-has-not-passed');
	});

	test('ends at its hour and not before, and nobody signs behind its end', async () => {
		story.does('host.c', 'round.end', {}, 'early', { at: 60 });
		expect(story.lastRefusal()).toBe('close-time-has-come');
		await story.signs('families.one', { at: CLOSES - NOON });
		expect(story.lastRefusal()).toBeNull();
		await story.signs('women.one', { at: CLOSES - NOON + 1 });
		expect(story.lastRefusal()).toBe('close-time-has-not-passed');
		story.ends();
		await story.signs('lawyers.one', { at: 60 });
		expect(story.lastRefusal()).toBe('round-is-open');
		expect(await standing()).toEqual(['Families']);
	});
});

describe('a signature', () => {
	test('of each organisation counts once, by whichever representative', async () => {
		await story.signs('families.one');
		expect(story.now.signatures[0]?.state).toBe('checking');
		await story.signs('families.two', { name: 'again' });
		expect(story.lastRefusal()).toBe('organisation-signs-once');
		await story.signs('women.member');
		expect(story.lastRefusal()).toBe('representatives-sign');
		expect(await standing()).toEqual(['Families']);
	});

	test('that is of another text, another round or another organisation is none', async () => {
		const other = new SignOn();
		other.opens({}, OTHER);
		await other.signs('women.one');
		const elsewhere = other.events.at(-1)!;
		const content = elsewhere.verified ? (elsewhere.content as object) : {};
		await story.keyOf('women.one');
		story.does('women.one', 'signature.give', content, 'a', { at: 60 });
		expect(story.lastRefusal()).toBe('signature-is-of-this-text');
		await story.keyOf('media.one');
		await story.signs('women.one', { name: 'b', changed: { key: (await story.keyOf('media.one')).publicKey } });
		expect(story.lastRefusal()).toBe('organisation-key-signs');
		expect(await standing()).toEqual([]);
	});

	test('whose key signed something else is shown as false, and the organisation can still sign', async () => {
		await story.signs('women.one', { changed: { signature: new Uint8Array(64).fill(7) } });
		expect((await story.looked()).signatures[0]?.state).toBe('false');
		await story.signs('women.two', { name: 'again' });
		expect(await standing()).toEqual(["Women's Network"]);
	});

	test('waits for a second person where the organisation asks for two', async () => {
		story = new SignOn(['families']);
		story.opens();
		const first = await story.signs('families.one');
		expect((await story.looked()).signatures[0]?.state).toBe('waits-for-second');
		for (const [by, rule] of [
			['families.one', 'second-is-another-person'],
			['families.one-new', 'second-is-another-person'],
			['women.one', 'second-is-of-the-same-organisation'],
		] as const) {
			story.does(by, 'signature.second', { said: first }, `by-${by.replaceAll('.', '-')}`);
			expect(story.lastRefusal(), by).toBe(rule);
		}
		story.does('families.two', 'signature.second', { said: first }, 'second');
		expect(await standing()).toEqual(['Families']);
	});

	test('is taken back by its own organisation, once, and can be given again before the end', async () => {
		const families = await story.signs('families.one');
		await story.signs('women.one');
		await story.looked();
		await story.withdraws('women.one', families, 'foreign');
		expect(story.lastRefusal()).toBe('organisation-withdraws-itself');
		await story.withdraws('families.two', families);
		expect(await standing()).toEqual(["Women's Network"]);
		const replayed = story.events.at(-1)!;
		story.does('families.two', 'signature.withdraw', replayed.verified ? (replayed.content as object) : {}, 'replayed', { at: 180 });
		expect(story.lastRefusal()).toBe('signature-is-there');
		await story.signs('families.one', { name: 'again', at: 300 });
		expect(await standing()).toEqual(["Women's Network", 'Families']);
	});
});

describe('an edition', () => {
	beforeEach(async () => {
		for (const by of ['women.one', 'families.one', 'media.one', 'lawyers.one']) await story.signs(by);
		await story.looked();
	});
	const names = async () => signatoriesOf(await story.looked(), story.round, ROUND_STREAM).map(({ said }) => said.organisation.ar);

	test('names who signed in Arabic order without the article, whatever the order they signed in', async () => {
		expect(await names()).toEqual(['إعلام حر', 'رابطة العائلات', 'شبكة المرأة', 'المحامون']);
	});

	test('waits for the end of the round, and for another coordinator', async () => {
		await story.proposes('early');
		expect(story.lastRefusal()).toBe('round-has-ended');
		story.ends();
		const first = await story.proposes();
		expect(story.lastRefusal()).toBeNull();
		for (const [by, rule] of [
			['host.c', 'another-coordinator-confirms'],
			['women.one', 'coordinators-publish'],
		] as const) {
			story.does(by, 'publication.confirm', { said: first }, `no-${by.replace('.', '-')}`);
			expect(story.lastRefusal()).toBe(rule);
		}
		story.does('women.c', 'publication.confirm', { said: first }, 'yes');
		expect(lastConfirmed(await story.looked())?.list.signatories).toHaveLength(4);
	});

	test('that leaves somebody out, counts otherwise or stands in another order is not confirmed unseen', async () => {
		story.ends();
		const check = async () => {
			const now = await story.looked();
			return checkEdition(now, story.round, ROUND_STREAM, now.editions.at(-1)!, []);
		};
		await story.proposes();
		await expect(check()).resolves.toBeUndefined();
		const { signatories } = story.now.editions.at(-1)!.list;
		for (const [reason, change] of [
			['signatories', { signatories: signatories.slice(1) }],
			['signatories', { signatories: signatories.toReversed() }],
			['withheld', { withheld: 3 }],
			['order', { order: 'latin' }],
		] as const) {
			await story.proposes(`no-${reason}-${Object.values(change).length}${JSON.stringify(change).length}`, change);
			await expect(check()).rejects.toMatchObject({ code: 'tampered', detail: { reason } });
		}
	});

	test('of somebody who represents no organisation, or with a foreign key, is none', async () => {
		story.ends();
		await story.proposes('a', {}, 'women.c');
		expect(story.lastRefusal()).toBe('organisation-key-signs');
		const key = toBase64url((await story.keyOf('media.one')).publicKey);
		await story.proposes('b', { publisher: { name: nameOf('media'), key } });
		expect(story.lastRefusal()).toBe('organisation-key-signs');
	});

	test('after a withdrawal tells of it; before the first one the name is simply gone', async () => {
		const [women, families] = [hash('women-ones'), hash('families-ones')];
		await story.withdraws('women.one', women);
		story.ends();
		const first = await story.proposes();
		story.does('women.c', 'publication.confirm', { said: first }, 'yes');
		const listed = (await story.looked()).editions[0]!.list;
		expect(listed.signatories.map(({ name }) => name.en)).toEqual(['Free Media', 'Families', 'Lawyers']);
		await story.withdraws('families.two', families, 'late', CLOSES - NOON + 5 * HOUR);
		await story.proposes('second');
		expect(story.lastRefusal()).toBeNull();
		const { list } = story.now.editions.at(-1)!;
		expect(list).toMatchObject({ edition: 2, published: listed.published });
		expect(list.signatories.map(({ name, withdrawal }) => [name.en, withdrawal !== null])).toEqual([
			['Free Media', false],
			['Families', true],
			['Lawyers', false],
		]);
		expect(listText.write(list)).toEqual(story.now.editions.at(-1)!.file);
	});

	test('in a sealed order waits for every seed that was sealed, and everybody draws the same', async () => {
		const [one, two] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
		story = new SignOn();
		story.opens({ order: 'sealed', sealed: sealSeed(ROUND_STREAM, one) });
		story.does('women.c', 'order.seal', { sealed: sealSeed(ROUND_STREAM, two) }, 'seal');
		for (const by of ['women.one', 'families.one', 'media.one', 'lawyers.one']) await story.signs(by);
		story.does('media.c', 'order.seal', { sealed: sealSeed(ROUND_STREAM, one) }, 'late');
		expect(story.lastRefusal()).toBe('order-is-sealed-before-anybody-signs');
		story.does('host.c', 'order.open', { seed: one }, 'early');
		expect(story.lastRefusal()).toBe('sealed-seed-is-opened-after-the-end');
		story.ends();
		story.does('host.c', 'order.open', { seed: two }, 'wrong');
		expect(story.lastRefusal()).toBe('order-was-sealed');
		story.does('host.c', 'order.open', { seed: one }, 'o1');
		await expect(names()).rejects.toThrow('not-allowed');
		story.does('women.c', 'order.open', { seed: two }, 'o2');
		expect((await names()).toSorted()).toEqual(['إعلام حر', 'المحامون', 'رابطة العائلات', 'شبكة المرأة']);
		expect(await names()).toEqual(await names());
	});
});

describe('what a statement asks', () => {
	const asks = async (by: string, at = 60, role: 'member' | 'coordinator' = by.endsWith('.c') ? 'coordinator' : 'member') => {
		const organisation = by.endsWith('.member') ? null : story.standing.organisationOf(by as never, null);
		const held = { statement: await story.looked(), standing: story.standing, stream: ROUND_STREAM };
		return waitsOf(held, { account: by as never, organisation, role }, NOON + at).map(({ kind }) => kind);
	};

	test('is a signature, of those whose organisation has not answered, while it is open', async () => {
		expect(await asks('families.one')).toEqual(['sign']);
		expect(await asks('families.member')).toEqual([]);
		const signed = await story.signs('families.one');
		expect(await asks('families.two')).toEqual([]);
		await story.withdraws('families.one', signed);
		expect(await asks('families.two')).toEqual([]);
		expect(await asks('women.one', CLOSES - NOON + 1)).toEqual([]);
	});

	test('is a second voice of another person of the same organisation', async () => {
		story = new SignOn(['families']);
		story.opens();
		await story.signs('families.one');
		expect([await asks('families.one'), await asks('families.two'), await asks('women.one')]).toEqual([[], ['second'], ['sign']]);
	});

	test('is for coordinators to publish it, to confirm what another laid down, and to tell of a withdrawal', async () => {
		const after = CLOSES - NOON + 300;
		const families = await story.signs('families.one');
		story.ends();
		expect([await asks('host.c', after), await asks('families.one', after)]).toEqual([['publish'], []]);
		const first = await story.proposes();
		expect([await asks('host.c', after), await asks('women.c', after)]).toEqual([[], ['confirm']]);
		story.does('women.c', 'publication.confirm', { said: first }, 'yes');
		expect(await asks('women.c', after)).toEqual([]);
		await story.withdraws('families.two', families, 'late', after);
		expect(await asks('host.c', after)).toEqual(['reissue']);
	});
});

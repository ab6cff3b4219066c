import { beforeEach, describe, expect, test } from 'vitest';
import { sealSeed } from '../documents/sealed-order.ts';
import { digestOf, isoOf, listText, withdrawalText } from '../publication/signed-text.ts';
import { CLOSES, hash, HOUR, nameOf, NOON, ROUND_STREAM, SignOn } from '../testing/sign-on.ts';
import { checkEdition, drawUp } from './drawing-up.ts';
import { LONGEST_ROUND, refusalOfSigning } from './rules.ts';
import { signatureFile } from './signing.ts';
import { statementOf } from './statement.ts';
import { statementsOf } from './titles.ts';

const ELSEWHERE = 'BBBBBBBBBBBBBBBBBBBBBA';
let story: SignOn;
beforeEach(() => {
	story = new SignOn();
	story.opens();
});

describe('a call', () => {
	test('is never prolonged beyond a year', () => {
		story.does('host.c', 'round.extend', { closes: NOON + LONGEST_ROUND + 1, reason: null }, 'long');
		expect(story.lastRefusal()).toBe('close-time-is-bounded');
		story.does('host.c', 'round.extend', { closes: NOON + LONGEST_ROUND, reason: null }, 'year');
		expect(story.lastRefusal()).toBeNull();
	});

	test('takes one seed of each coordinator for its sealed order', () => {
		story = new SignOn();
		const seeds = [1, 2, 3].map((byte) => sealSeed(ROUND_STREAM, new Uint8Array(32).fill(byte)));
		story.opens({ order: 'sealed', sealed: seeds[0] });
		for (const [by, sealed] of [
			['women.c', seeds[1]],
			['women.c', seeds[2]],
			['host.c', seeds[2]],
		] as const)
			story.does(by, 'order.seal', { sealed }, `seal-${story.events.length}`);
		expect(story.now.round?.seeds.map(({ by }) => by)).toEqual(['host.c', 'women.c']);
	});

	test('stands in the list of statements once, by a coordinator alone', () => {
		const entry = (by: string, name: string, title: string) =>
			story.does(by, 'statement.open', { stream: ROUND_STREAM, title: { ar: title, en: '' } }, name);
		entry('host.one', 'a', 'لا');
		entry('host.c', 'b', 'بيان');
		entry('women.c', 'c', 'غيره');
		expect(statementsOf(story.events).map(({ title, by }) => [title.ar, by])).toEqual([['بيان', 'host.c']]);
	});
});

describe('a signature', () => {
	test('for another round is none, though it is of the same text', async () => {
		const file = signatureFile(story.round, { stream: ELSEWHERE, name: nameOf('women'), time: NOON + 60 });
		story.does('women.one', 'signature.give', await story.signed('women.one', file), 'a', { at: 60 });
		expect(story.lastRefusal()).toBe('signature-is-of-this-text');
	});

	test('that was signed in time is not given late', async () => {
		const file = signatureFile(story.round, { stream: ROUND_STREAM, name: nameOf('women'), time: NOON + 60 });
		story.does('women.one', 'signature.give', await story.signed('women.one', file), 'a', { at: CLOSES - NOON + 1 });
		expect(story.lastRefusal()).toBe('close-time-has-not-passed');
		const actor = { account: 'women.one' as never, role: 'member', voice: 'organisation', time: CLOSES + 1, at: null } as const;
		const held = { statement: story.now, standing: story.standing, stream: ROUND_STREAM };
		expect(refusalOfSigning(actor, held)).toBe('close-time-has-not-passed');
	});

	test('is not completed by a second person behind the end', async () => {
		story = new SignOn(['families']);
		story.opens();
		const first = await story.signs('families.one');
		story.ends();
		story.does('families.two', 'signature.second', { said: first }, 'second');
		expect(story.lastRefusal()).toBe('round-is-open');
	});

	test('is read in the order of the server, whatever came first, and what waits here is for showing only', async () => {
		const first = await story.signs('families.one', { name: 'first' });
		await story.signs('families.two', { name: 'later', at: 90 });
		await story.checks.look(story.events);
		const reading = { standing: story.standing, stream: ROUND_STREAM, holds: story.checks.holds };
		const turned = statementOf(story.events.toReversed(), reading);
		expect(turned.signatures.map(({ id }) => id)).toEqual([first]);
		const unsent = story.events.map((event) => (event.id === first ? { ...event, position: Infinity } : event)) as typeof story.events;
		expect(statementOf(unsent, reading).signatures.map(({ id }) => id)).toEqual([hash('later')]);
		expect(statementOf(unsent.slice(0, 2), reading).signatures).toEqual([]);
		expect(statementOf(unsent.slice(0, 2), { ...reading, withWaiting: true }).signatures.map(({ id }) => id)).toEqual([first]);
	});
});

describe('a withdrawal', () => {
	test('of another signature, under another name, or by another key takes nothing back', async () => {
		const families = await story.signs('families.one');
		const [signature] = story.now.signatures;
		const terms = {
			multaqa: 'statement-withdrawal/1',
			signature: digestOf(signature!.file),
			organisation: nameOf('families'),
			withdrawn: isoOf(NOON + 120),
			reason: null,
		} as const;
		const says = async (name: string, changed: object, key = 'families.two') => {
			const signed = await story.signed(key, withdrawalText.write({ ...terms, ...changed }));
			story.does('families.two', 'signature.withdraw', { said: families, ...signed }, name, { at: 120 });
			return story.lastRefusal();
		};
		expect(await says('a', { signature: 'a'.repeat(64) })).toBe('signature-is-there');
		expect(await says('b', { organisation: { ...nameOf('families'), en: 'Others' } })).toBe('organisation-withdraws-itself');
		expect(await says('c', { organisation: { ...nameOf('families'), ar: 'غيرها' } })).toBe('organisation-withdraws-itself');
		expect(await says('d', {}, 'media.one')).toBe('organisation-key-signs');
		expect(await says('e', {})).toBeNull();
	});

	test('that the key did not sign leaves the name where it is', async () => {
		const families = await story.signs('families.one');
		await story.withdraws('families.one', families);
		const last = story.events.pop()!;
		const forged = { ...(last as { content: object }).content, signature: new Uint8Array(64).fill(9) };
		story.does('families.one', 'signature.withdraw', forged, 'forged', { at: 120 });
		expect((await story.looked()).signatures[0]?.state).toBe('standing');
	});
});

describe('an edition', () => {
	beforeEach(async () => {
		await story.keyOf('host.c');
		for (const by of ['women.one', 'families.one']) await story.signs(by);
		await story.looked();
		story.ends();
	});
	const confirmed = async () => {
		const first = await story.proposes();
		story.does('women.c', 'publication.confirm', { said: first }, 'yes');
		expect(story.lastRefusal()).toBeNull();
		return first;
	};

	test('is of this text, at the address that it says', async () => {
		for (const [name, change] of Object.entries({
			document: { document: hash('another') },
			address: { address: 'anotherone' },
			edition: { edition: 2 },
			previous: { previous: 'a'.repeat(64) },
		})) {
			await story.proposes(name, change);
			expect(story.lastRefusal(), name).toBe('edition-follows');
		}
	});

	test('follows the one before it, at the same address', async () => {
		await confirmed();
		for (const [name, change] of Object.entries({
			none: { previous: null },
			wrong: { previous: 'a'.repeat(64) },
			again: { edition: 1 },
			far: { edition: 3 },
		})) {
			await story.proposes(name, change);
			expect(story.lastRefusal(), name).toBe('edition-follows');
		}
		const list = listText.write({ ...drawUp(await story.looked(), story.round, ROUND_STREAM, story.choices()), address: 'anotherone' });
		const { signature } = await story.signed('host.c', list);
		story.does('host.c', 'publication.propose', { address: 'anotherone', list, signature, digest: digestOf(list) }, 'moved');
		expect(story.lastRefusal()).toBe('edition-follows');
		await story.proposes('next');
		expect(story.lastRefusal()).toBeNull();
	});

	test('keeps the hour of the first one, whatever is chosen later', async () => {
		await confirmed();
		const later = story.choices({ published: CLOSES + 99 * HOUR });
		expect(drawUp(await story.looked(), story.round, ROUND_STREAM, later).published).toBe(isoOf(CLOSES + HOUR));
	});

	test('is confirmed once, and makes room for another as long as nobody has', async () => {
		await story.proposes('forgotten');
		const first = await story.proposes('first');
		expect(story.now.editions.map(({ id }) => id)).toEqual([first]);
		story.does('women.c', 'publication.confirm', { said: hash('forgotten') }, 'old');
		expect(story.lastRefusal()).toBe('edition-is-there');
		story.does('women.c', 'publication.confirm', { said: first }, 'yes');
		story.does('media.c', 'publication.confirm', { said: first }, 'again');
		expect(story.lastRefusal()).toBe('edition-is-there');
	});

	test('never names an organisation that withdrew before anything was published', async () => {
		await story.withdraws('families.two', hash('families-ones'));
		const { signatories } = drawUp(await story.looked(), story.round, ROUND_STREAM, story.choices());
		expect(signatories.map(({ name }) => name.en)).toEqual(["Women's Network"]);
	});

	test('of another text, round, history or reservations, or that its publisher did not sign, is not confirmed unseen', async () => {
		await story.proposes();
		const now = await story.looked();
		const edition = now.editions.at(-1)!;
		const check = (changed: object) => checkEdition(now, story.round, ROUND_STREAM, { ...edition, ...changed }, []);
		const reservation = { organisation: nameOf('women'), paragraph: null, type: 'wording' as const, text: 'لا' };
		for (const [reason, change] of Object.entries({
			statement: { statement: 'b'.repeat(64) },
			document: { document: hash('another') },
			round: { round: ELSEWHERE },
			edition: { edition: 2 },
			previous: { previous: 'a'.repeat(64) },
			reservations: { reservations: [reservation] },
		}))
			await expect(check({ list: { ...edition.list, ...change } }), reason).rejects.toMatchObject({ detail: { reason } });
		await expect(check({ signature: new Uint8Array(64).fill(1) })).rejects.toMatchObject({ detail: { reason: 'publisher' } });
		await expect(check({ file: listText.write({ ...edition.list, edited: isoOf(NOON) }) })).rejects.toMatchObject({
			detail: { reason: 'spelling' },
		});
		await expect(check({})).resolves.toBeUndefined();
	});
});

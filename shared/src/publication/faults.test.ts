import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { canonicalBytes } from '../documents/canonical.ts';
import { signingKeyFromSeed } from '../crypto/sign.ts';
import {
	published,
	signatoryOf,
	signedBy,
	signingOrganisation,
	STATEMENT,
	withdrawn,
	type SigningOrganisation,
} from '../testing/published.ts';
import { examine, fileFaults } from './faults.ts';
import { decodePublication, encodePublication, type Publication } from './publication.ts';
import { digestOf, listText, signatureText } from './signed-text.ts';

let dawlaty: SigningOrganisation;
let families: SigningOrganisation;
let women: SigningOrganisation;
let whole: Publication;
beforeAll(async () => {
	dawlaty = await signingOrganisation(1, 'دولتي', 'Dawlaty');
	families = await signingOrganisation(2, 'رابطة عائلات المفقودين', 'Association of Families of the Missing');
	women = await signingOrganisation(3, 'شبكة المرأة السورية', "Syrian Women's Network");
	whole = await published([dawlaty, families, women]);
});

const faultsOf = async (publication: Publication) => (await examine(publication)).faults;
const replaced = (place: number, one: Partial<Publication['signatories'][number]>): Publication => ({
	...whole,
	signatories: whole.signatories.map((known, at) => (at === place ? { ...known, ...one } : known)),
});

describe('whoever examines a statement is told', () => {
	test('nothing when every signature holds', async () => {
		const { list, faults } = await examine(whole);
		expect(faults).toEqual([]);
		expect(list?.signatories.map(({ name }) => name.en)).toEqual(['Dawlaty', families.name.en, women.name.en]);
	});

	test('that one letter of the text was changed, in either language', async () => {
		for (const language of ['ar', 'en'] as const) {
			const pairs = STATEMENT.pairs.map((pair, place) => (place === 1 ? { ...pair, [language]: `${pair[language]}.` } : pair));
			const text = canonicalBytes({ ...STATEMENT, pairs });
			expect(await faultsOf({ ...whole, text })).toEqual([{ what: 'text-changed' }]);
		}
		expect(await faultsOf({ ...whole, text: utf8('no text') })).toEqual([{ what: 'text-changed' }]);
	});

	test('which signatory was removed, and which was added', async () => {
		const without = { ...whole, signatories: whole.signatories.slice(0, 2) };
		expect(await faultsOf(without)).toEqual([{ what: 'signatory-removed', name: women.name }]);
		const other = await signingOrganisation(9, 'منظمة أخرى', 'Another');
		const more = { ...whole, signatories: [...whole.signatories, await signatoryOf(other, STATEMENT)] };
		expect(await faultsOf(more)).toEqual([{ what: 'signatory-added', name: other.name }]);
	});

	test('that the list was shortened by somebody who does not hold the key of the publishing organisation', async () => {
		const list = listText.read(whole.list.file);
		const file = listText.write({ ...list, signatories: list.signatories.slice(0, 2) });
		const shortened = { ...whole, list: { ...whole.list, file }, signatories: whole.signatories.slice(0, 2) };
		expect(await faultsOf(shortened)).toEqual([{ what: 'list-not-signed' }]);
		const mallory = await signingKeyFromSeed(new Uint8Array(32).fill(77));
		expect(await faultsOf({ ...shortened, list: await signedBy(mallory, file) })).toEqual([{ what: 'list-not-signed' }]);
		expect(await examine({ ...whole, list: { ...whole.list, file: utf8('{}') } })).toEqual({
			list: null,
			faults: [{ what: 'list-not-signed' }],
		});
	});

	test('whose key was put in place of the one that the list names', async () => {
		const mallory = await signingKeyFromSeed(new Uint8Array(32).fill(77));
		const [first] = whole.signatories;
		const forged = await signedBy(mallory, first!.file);
		expect(await faultsOf(replaced(0, { ...forged, key: mallory.publicKey }))).toEqual([{ what: 'key-foreign', name: dawlaty.name }]);
		expect(await faultsOf(replaced(0, forged))).toEqual([{ what: 'signature-invalid', name: dawlaty.name }]);
		const everybody = new Uint8Array(32);
		everybody[0] = 1;
		const weak = await published([dawlaty], { signatories: [{ ...first!, key: everybody }] });
		expect(await faultsOf(weak)).toEqual([{ what: 'signature-invalid', name: dawlaty.name }]);
	});

	test('who signed another text, in another round, or under another name', async () => {
		const other = { ...STATEMENT, pairs: STATEMENT.pairs.slice(0, 2) };
		const elsewhere = [await signatoryOf(families, other), await signatoryOf(families, STATEMENT, { round: 'BBBBBBBBBBBBBBBBBBBBBA' })];
		for (const one of elsewhere) {
			const made = await published([dawlaty, families], { signatories: [whole.signatories[0]!, one] });
			expect(await faultsOf(made)).toEqual([{ what: 'signed-something-else', name: families.name }]);
		}
		const list = listText.read(whole.list.file);
		const signatories = list.signatories.map((row, place) => (place === 1 ? { ...row, name: { ar: 'اسم آخر', en: 'Another name' } } : row));
		const renamed = await published([dawlaty, families, women], { signatories: whole.signatories, changes: { signatories } });
		expect(await faultsOf(renamed)).toEqual([{ what: 'signed-something-else', name: signatories[1]!.name }]);
	});

	test('that a withdrawal is not the one that the organisation signed, or was left out', async () => {
		const back = await withdrawn(families, whole.signatories[1]!);
		const signatories = [whole.signatories[0]!, back, whole.signatories[2]!];
		const edition = await published([dawlaty, families, women], { signatories });
		expect(await faultsOf(edition)).toEqual([]);
		const forged = { ...back.withdrawal!, ...(await signedBy(dawlaty.key, back.withdrawal!.file)) };
		for (const withdrawal of [null, forged]) {
			const changed = { ...edition, signatories: signatories.map((one, place) => (place === 1 ? { ...one, withdrawal } : one)) };
			expect(await faultsOf(changed)).toEqual([{ what: 'withdrawal-invalid', name: families.name }]);
		}
	});

	test('that a withdrawal is of another signature, or another one than the list names', async () => {
		const [host, one] = whole.signatories;
		const other = await signatoryOf(families, STATEMENT, { time: 1_795_000_500 });
		const foreign = { ...one!, withdrawal: (await withdrawn(families, other)).withdrawal };
		const taken = await published([dawlaty, families], { signatories: [host!, foreign] });
		expect(await faultsOf(taken)).toEqual([{ what: 'withdrawal-invalid', name: families.name }]);
		const [first, second] = [await withdrawn(families, one!), await withdrawn(families, one!, 1_795_300_000)];
		const listed = await published([dawlaty, families], { signatories: [host!, first] });
		expect(await faultsOf({ ...listed, signatories: [host!, second] })).toEqual([{ what: 'withdrawal-invalid', name: families.name }]);
	});

	test('that the list is about another text by either of its two names', async () => {
		for (const changes of [{ document: 'A'.repeat(43) }, { statement: 'a'.repeat(64) }])
			expect(await faultsOf(await published([dawlaty], { changes })), JSON.stringify(changes)).toContainEqual({ what: 'text-changed' });
	});

	test('which file beside the statement was changed, is missing or is not named', async () => {
		const bytes = utf8('%PDF');
		const made = await published([dawlaty], { changes: { files: [{ name: 'statement-ar.pdf', digest: digestOf(bytes) }] } });
		const list = listText.read(made.list.file);
		expect(fileFaults(list, [{ name: 'statement-ar.pdf', bytes }])).toEqual([]);
		expect(fileFaults(list, [{ name: 'statement-ar.pdf', bytes: utf8('%PDF-') }])).toEqual([
			{ what: 'file-changed', file: 'statement-ar.pdf' },
		]);
		expect(fileFaults(list, [])).toEqual([{ what: 'file-changed', file: 'statement-ar.pdf' }]);
		expect(fileFaults({ ...list, files: [] }, [{ name: 'statement-ar.pdf', bytes }])).toHaveLength(1);
	});
});

describe('what is signed has one spelling', () => {
	test('and a text with another one is refused', () => {
		const file = whole.signatories[0]!.file;
		const text = new TextDecoder().decode(file);
		expect(signatureText.write(signatureText.read(file))).toEqual(file);
		const others = [
			` ${text}`,
			text.trim(),
			text.replaceAll('\n', '\r\n'),
			text.replace('{', '{"round":"x",'),
			JSON.stringify(JSON.parse(text)),
		];
		for (const other of others) expect(() => signatureText.read(utf8(other))).toThrow('malformed');
	});

	test('names that would turn or hide what stands beside them are refused', () => {
		const terms = signatureText.read(whole.signatories[0]!.file);
		for (const ar of ['دولتي\u202E', ' دولتي', 'دول\u200Bتي', 'سطر\nآخر'])
			expect(() => signatureText.write({ ...terms, organisation: { ar, en: 'Dawlaty' } })).toThrow('malformed');
	});

	test('a number of withheld names below three, a day that never was and an address to guess are of no form', () => {
		const list = listText.read(whole.list.file);
		for (const changed of [
			{ withheld: 1 },
			{ withheld: 2 },
			{ published: '2026-02-30T08:00:00Z' },
			{ edited: '2026-10-10T08:00:00.5Z' },
			{ address: 'statement' },
			{ edition: 0 },
			{ files: [{ name: '../../index.html', digest: 'a'.repeat(64) }] },
			{ more: 1 },
		])
			expect(() => listText.write({ ...list, ...changed } as never), JSON.stringify(changed)).toThrow('malformed');
		for (const withheld of [0, 'some', 3] as const) expect(listText.read(listText.write({ ...list, withheld })).withheld).toBe(withheld);
	});

	test('a publication comes back as it went', () => {
		expect(decodePublication(encodePublication(whole))).toEqual(whole);
	});
});

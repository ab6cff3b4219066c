import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { published, signingOrganisation, STATEMENT, withdrawn } from '../testing/published.ts';
import { examine } from './faults.ts';
import { fingerprint, keyInPem, pemOf } from './pem.ts';
import { proofArchive, readProofArchive } from './proof-archive.ts';
import type { Publication } from './publication.ts';
import { statementFile } from './statement-file.ts';

let whole: Publication;
beforeAll(async () => {
	const dawlaty = await signingOrganisation(1, 'دولتي', 'Dawlaty');
	const families = await signingOrganisation(2, 'رابطة العائلات', 'Families');
	const first = await published([dawlaty, families]);
	const signatories = [first.signatories[0]!, await withdrawn(families, first.signatories[1]!)];
	whole = await published([dawlaty, families], { signatories });
});

/** The same archive with one file changed; `null`: without it. */
const altered = (name: string, change: (bytes: Uint8Array) => Uint8Array | null): Uint8Array => {
	const { [name]: bytes = new Uint8Array(), ...others } = unzipSync(proofArchive(whole));
	const changed = change(bytes);
	return zipSync(changed ? { ...others, [name]: changed } : others);
};

describe('a proof that somebody was given', () => {
	test('says the same as the one that was published, in the same bytes each time', async () => {
		const { files: _, ...proof } = whole;
		const archive = proofArchive(proof);
		expect(readProofArchive(archive)).toEqual(proof);
		expect(proofArchive(proof)).toEqual(archive);
		expect((await examine(readProofArchive(archive))).faults).toEqual([]);
	});

	test('holds the statement as a text that anybody can read', () => {
		const { 'statement.txt': statement } = unzipSync(proofArchive(whole));
		expect(new TextDecoder().decode(statement)).toBe(
			[
				'# بيان بشأن المفقودين في سوريا',
				'1. ندعو إلى كشف مصير 130,000 مفقود.',
				'2. ويستند ذلك إلى القرار A/RES/77/301.\n\n* * *\n\n# Statement on the missing in Syria',
				'1. We call for clarity on the fate of 130,000 missing persons.',
				'2. This is grounded in resolution A/RES/77/301.\n',
			]
				.join('\n\n')
				.replace('\n\n\n* * *', '\n\n* * *'),
		);
		expect(statement).toEqual(new Uint8Array(statementFile(STATEMENT)));
	});

	test('is refused when the text that people read is another one', () => {
		const other = altered('statement.txt', (bytes) => strToU8(new TextDecoder().decode(bytes).replace('130,000', '130')));
		expect(() => readProofArchive(other)).toThrow('tampered');
	});

	test('names the organisation whose signature was taken out', async () => {
		let files = unzipSync(proofArchive(whole));
		files = Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('signatures/001')));
		const { faults } = await examine(readProofArchive(zipSync(files)));
		expect(faults).toEqual([{ what: 'signatory-removed', name: { ar: 'دولتي', en: 'Dawlaty' } }]);
	});

	test('is no proof when a part is missing or is something else', () => {
		for (const name of ['list.json', 'list.sig', 'text.cbor', 'signatures/001.sig', 'signatures/001.pem'])
			expect(() => readProofArchive(altered(name, () => null)), name).toThrow('malformed');
		expect(() => readProofArchive(altered('signatures/001.pem', () => utf8('-----BEGIN')))).toThrow('malformed');
		for (const bytes of [new Uint8Array(), utf8('PK'), utf8('no archive at all'), proofArchive(whole).subarray(0, 500)])
			expect(() => readProofArchive(bytes)).toThrow('malformed');
	});

	test('that would unpack into far more than a proof is not unpacked', () => {
		const bomb = zipSync({ 'list.json': new Uint8Array(9 * 1024 * 1024) });
		expect(bomb.length).toBeLessThan(20_000);
		expect(() => readProofArchive(bomb)).toThrow('too-large');
	});
});

describe('a public key', () => {
	test('is written as others read it, and read in that spelling only', () => {
		const { key } = whole.signatories[0]!;
		expect(keyInPem(pemOf(key))).toEqual(key);
		expect(fingerprint(key)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
		for (const pem of ['', pemOf(key).trim(), pemOf(key).replace('PUBLIC', 'PRIVATE'), pemOf(key).replace('MCow', 'MCox')])
			expect(() => keyInPem(pem)).toThrow('malformed');
	});
});

import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/signed-texts.json' with { type: 'json' };
import { fromBase64url, toBase64url, utf8 } from '../bytes/bytes.ts';
import { admitKey, signFile, signingKeyFromSeed, verifyFile } from '../crypto/sign.ts';
import { Problem } from '../problem.ts';
import { markOf } from '../statements/withheld.ts';
import { digestOf, listText, signatureText, withdrawalText, withheldText, withheldWithdrawalText } from './signed-text.ts';

const readers = {
	signature: signatureText,
	withdrawal: withdrawalText,
	withheld: withheldText,
	withheldWithdrawal: withheldWithdrawalText,
	list: listText,
};
const readerOf = (name: string) => readers[name as keyof typeof readers];
const key = await signingKeyFromSeed(hexToBytes(vectors.seed));

describe.each(vectors.texts)('what was published of a $name', ({ name, text, digest, signature }) => {
	test('is still read, and written the same', () => {
		const terms = readerOf(name).read(utf8(text));
		expect(new TextDecoder().decode(readerOf(name).write(terms as never))).toBe(text);
		expect(digestOf(utf8(text))).toBe(digest);
	});

	test('is signed the same, and verifies', async () => {
		expect(toBase64url(await signFile(key, utf8(text)))).toBe(signature);
		expect(await verifyFile(admitKey(fromBase64url(vectors.publicKey)), utf8(text), fromBase64url(signature))).toBe(true);
	});

	test.each(Object.keys(readers).filter((other) => other !== name))('is no %s', (other) => {
		expect(() => readerOf(other).read(utf8(text))).toThrow(Problem);
	});
});

test('the mark of a withheld signature is the same for whoever is told of it', () => {
	const [withheld] = vectors.texts.filter(({ name }) => name === 'withheld');
	expect(withheld && markOf(fromBase64url(withheld.signature))).toBe(vectors.mark);
});

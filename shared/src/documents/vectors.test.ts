import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/documents.json' with { type: 'json' };
import { concatBytes, toBase64url, utf8 } from '../bytes/bytes.ts';
import { canonicalBytes, decodeText, hashOfText } from './canonical.ts';
import { normalText } from './normal-text.ts';
import type { BilingualText } from './pair.ts';
import { sealedOrder, sealSeed } from './sealed-order.ts';

describe('what was published of frozen texts still holds', () => {
	test.each(vectors.texts)('$name', ({ bytes, hash, ...text }) => {
		expect(bytesToHex(canonicalBytes(text as BilingualText))).toBe(bytes);
		expect(hashOfText(text as BilingualText)).toBe(hash);
		expect(hashOfText(decodeText(hexToBytes(bytes)))).toBe(hash);
	});

	test.each(vectors.texts)('the hash of $name is SHA-256 of label and bytes, by any program', async ({ bytes, hash }) => {
		const digest = await crypto.subtle.digest('SHA-256', concatBytes(utf8('multaqa/v1/document\0'), hexToBytes(bytes)));
		expect(toBase64url(new Uint8Array(digest))).toBe(hash);
	});

	test.each(vectors.normal)('$typed', ({ typed, normal }) => {
		expect(normalText(JSON.parse(typed) as string)).toBe(normal);
	});
});

test('what was sealed of an order still opens to it', () => {
	const { round, sealed, signatories, ordered } = vectors.order;
	const seeds = vectors.order.seeds.map(hexToBytes);
	expect(seeds.map((seed) => sealSeed(round, seed))).toEqual(sealed);
	expect(
		sealedOrder(
			signatories.map((id) => ({ id })),
			{ round, sealed, seeds },
		).map(({ id }) => id),
	).toEqual(ordered);
});

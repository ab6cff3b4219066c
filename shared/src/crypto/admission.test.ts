import { expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { canonicalSmallOrderKeys, mixedOrderKeys, nonCanonicalKeys, nonCanonicalSmallOrderKeys } from '../testing/weak-keys.ts';
import { admitForNow, admitKey, confirmAdmitted, signingKeyFromSeed } from './sign.ts';

test('a key of small order or of a second spelling is not even let in for now', async () => {
	const weak = [...canonicalSmallOrderKeys, ...nonCanonicalKeys, ...nonCanonicalSmallOrderKeys];
	expect(weak.length).toBeGreaterThan(10);
	for (const key of weak) expect(await refusalOf(() => admitForNow(key))).toBe('weak-key');
});

test('a key with torsion is let in for now and found when it is looked at whole; an honest one stays', async () => {
	const { publicKey } = await signingKeyFromSeed(new Uint8Array(32).fill(7));
	const [mixed] = mixedOrderKeys(publicKey);
	admitForNow(publicKey);
	admitForNow(mixed!);
	expect(admitKey(mixed!)).toEqual(mixed);
	expect(await refusalOf(() => confirmAdmitted())).toBe('weak-key');
	expect(await refusalOf(() => admitKey(mixed!))).toBe('weak-key');
	expect(admitKey(publicKey)).toEqual(publicKey);
});

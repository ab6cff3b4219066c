import { beforeAll, describe, expect, test } from 'vitest';
import type { Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { accountSecretOf, passkeyUnlockSecret, passphraseUnlockSecret, sheetUnlockSecret } from '../client/credentials.ts';
import { kemKeyFromSeed } from '../crypto/wrap.ts';
import { personNamed, type Person } from '../testing/person.ts';
import { flipBit } from '../testing/random.ts';
import { refusalOf } from '../testing/refusal.ts';
import { emptyVault, withGeneration, type VaultContent } from './content.ts';
import { readSheetCode, sheetCode } from './sheet.ts';
import { addMethod, createVault, openVault, openVaultWithKey, readMethods, sealVault, type UnlockKind, type Vault } from './vault.ts';

let alice: Person;
let root: Bytes;
let content: VaultContent;
let vault: Vault;
let blob: Bytes;
let secrets: Record<UnlockKind, Bytes>;
beforeAll(async () => {
	alice = await personNamed('Alice');
	root = alice.random(19);
	content = withGeneration(emptyVault(root, alice.userKey.seed), alice.chain, 3, alice.random(32));
	secrets = {
		passphrase: await passphraseUnlockSecret(alice.random(64), await accountSecretOf(root)),
		passkey: await passkeyUnlockSecret(alice.random(32)),
		sheet: await sheetUnlockSecret(root),
	};
	vault = createVault(alice.account, content, alice.random);
	for (const kind of ['passphrase', 'passkey', 'sheet'] as const)
		vault = await addMethod(vault, kind, kind === 'sheet' ? '' : kind, secrets[kind]);
	blob = await sealVault(vault, alice.random);
});

const kinds: readonly UnlockKind[] = ['passphrase', 'passkey', 'sheet'];
const opening = (changed: Uint8Array, kind: UnlockKind = 'sheet', least = 0) =>
	refusalOf(openVault(alice.account, changed, kind, secrets[kind], least));

describe('a vault', () => {
	test.each(kinds)('opens by %s', async (kind) => {
		const opened = await openVault(alice.account, blob, kind, secrets[kind], 1);
		expect(opened.content).toEqual(content);
		expect(opened.key).toEqual(vault.key);
	});

	test('opens from the printed sheet on an empty device', async () => {
		const typed = sheetCode(root).toLowerCase().replaceAll('-', ' ');
		const opened = await openVault(alice.account, blob, 'sheet', await sheetUnlockSecret(readSheetCode(typed)), 0);
		expect(opened.content.userKeys).toEqual([alice.userKey.seed]);
	});

	test.each(kinds)('does not open by %s with a wrong secret, or the secret of another way', async (kind) => {
		expect(await refusalOf(openVault(alice.account, blob, kind, alice.random(32), 0))).toBe('wrong-key');
		const other = kinds.find((candidate) => candidate !== kind) as UnlockKind;
		expect(await refusalOf(openVault(alice.account, blob, kind, secrets[other], 0))).toBe('wrong-key');
	});

	test('does not open with the right passphrase but without the account secret', async () => {
		const exportKey = alice.random(64);
		const enrolled = await addMethod(vault, 'passphrase', 'handle', await passphraseUnlockSecret(exportKey, await accountSecretOf(root)));
		const seized = await sealVault(enrolled, alice.random);
		const guessed = await passphraseUnlockSecret(exportKey, new Uint8Array(16));
		expect(await refusalOf(openVault(alice.account, seized, 'passphrase', guessed, 0))).toBe('wrong-key');
	});

	test('does not open as the vault of another account', async () => {
		const bob = await personNamed('Bob');
		expect(await refusalOf(openVault(bob.account, blob, 'sheet', secrets.sheet, 0))).toBe('wrong-key');
		expect(await refusalOf(openVaultWithKey(bob.account, blob, vault.key, 0))).toBe('tampered');
	});

	test('is not taken when it is older than what this device has seen', async () => {
		expect(await opening(blob, 'sheet', content.version)).toBe('accepted');
		expect(await opening(blob, 'sheet', content.version + 1)).toBe('stale');
	});

	test('does not open with one bit turned over, wherever', async () => {
		for (let byte = 0; byte < blob.length; byte += byte < 64 || byte > blob.length - 64 ? 1 : 37) {
			expect(await opening(flipBit(blob, byte * 8 + (byte % 8))), `byte ${byte}`).not.toBe('accepted');
		}
	});
});

describe('a server that changes the ways to unlock', () => {
	type Fields = [Cbor, { [key: string]: Cbor }[], Cbor];
	const changed = (change: (methods: { [key: string]: Cbor }[]) => Cbor[]): Bytes => {
		const [version, methods, sealed] = decodeCbor(blob) as unknown as Fields;
		return encodeCbor([version, change(methods), sealed]);
	};

	test('cannot put its own key in the place of one, to be given the vault key when it is renewed', async () => {
		const { publicKey } = await kemKeyFromSeed(alice.random(32));
		const swapped = changed((methods) => methods.map((method) => (method['kind'] === 'passkey' ? { ...method, publicKey } : method)));
		for (const kind of kinds) expect(await opening(swapped, kind)).toBe('tampered');
		expect(await refusalOf(openVaultWithKey(alice.account, swapped, vault.key, 0))).toBe('tampered');
	});

	test('cannot take one away, add one, repeat one or put them in another order', async () => {
		const [method] = decodeCbor(encodeCbor(readMethods(blob).map((entry) => ({ ...entry })))) as { [key: string]: Cbor }[];
		expect(await opening(changed((methods) => methods.slice(1)))).toBe('tampered');
		expect(await opening(changed((methods) => [...methods, method as Cbor]))).toBe('tampered');
		expect(await opening(changed((methods) => methods.toReversed()))).toBe('tampered');
		expect(await opening(changed(() => []))).toBe('wrong-key');
	});

	test('cannot bring an old passphrase back after it was changed', async () => {
		const secret = alice.random(32);
		const renewed = await addMethod({ ...vault, content: { ...content, version: 2 } }, 'passphrase', 'passphrase', secret);
		const next = await sealVault(renewed, alice.random);
		expect(
			readMethods(next)
				.map(({ kind }) => kind)
				.toSorted(),
		).toEqual(['passkey', 'passphrase', 'sheet']);
		expect(await refusalOf(openVault(alice.account, next, 'passphrase', secrets.passphrase, 0))).toBe('wrong-key');
		expect(await refusalOf(openVault(alice.account, next, 'passphrase', secret, 2))).toBe('accepted');
		expect(await refusalOf(openVault(alice.account, blob, 'passphrase', secrets.passphrase, 2))).toBe('stale');
	});

	test('keeps every passkey, and replaces the one that is made again', async () => {
		const second = await addMethod(vault, 'passkey', 'second', alice.random(32));
		const again = await addMethod(second, 'passkey', 'second', alice.random(32));
		expect(again.methods.filter(({ kind }) => kind === 'passkey').map(({ id }) => id)).toEqual(['passkey', 'second']);
	});
});

import * as v from 'valibot';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { kemKeyFromSeed, KEM_PUBLIC_KEY_LENGTH, unwrap, wrap } from '../crypto/wrap.ts';
import { Problem } from '../problem.ts';
import { decodeVault, encodeVault, type VaultContent } from './content.ts';

const VERSION = 1;
const LIMITS = { bytes: 1024 * 1024, items: 500, depth: 4 };
const bytes = v.instance(Uint8Array);

/**
 * One way to unlock. Its secret is the seed of an X-Wing pair and the vault key is wrapped to the public half,
 * so that the vault key can be renewed for every method by a device that knows none of their secrets.
 */
const method = v.strictObject({
	kind: v.picklist(['passphrase', 'passkey', 'sheet']),
	/** Which passkey or login handle; empty for the sheet. */
	id: v.string(),
	publicKey: v.pipe(
		bytes,
		v.check((key) => key.length === KEM_PUBLIC_KEY_LENGTH, 'length'),
	),
	wrapped: bytes,
});
const schema = v.strictTuple([v.literal(VERSION), v.array(method), bytes]);

export type UnlockMethod = v.InferOutput<typeof method>;
export type UnlockKind = UnlockMethod['kind'];
type RandomBytes = (length: number) => Bytes;

/** An open vault: its key and content in memory, and the methods it can be opened with. */
export interface Vault {
	readonly account: AccountId;
	readonly key: Bytes;
	readonly methods: readonly UnlockMethod[];
	readonly content: VaultContent;
}

export function createVault(account: AccountId, content: VaultContent, random: RandomBytes): Vault {
	return { account, key: random(32), methods: [], content };
}

/** The vault with one more way to unlock; one of the same kind and id is replaced. */
export async function addMethod(vault: Vault, kind: UnlockKind, id: string, secret: Uint8Array): Promise<Vault> {
	const { publicKey } = await kemKeyFromSeed(secret);
	const wrapped = await wrap(publicKey, 'vault-key', vault.key, methodContext(vault.account, kind, id));
	const others = vault.methods.filter((other) => other.kind !== kind || other.id !== id);
	return { ...vault, methods: [...others, { kind, id, publicKey, wrapped }] };
}

/** The vault without one of its ways to unlock. */
export function removeMethod(vault: Vault, kind: UnlockKind, id: string): Vault {
	return { ...vault, methods: vault.methods.filter((method) => method.kind !== kind || method.id !== id) };
}

/** The vault under a new key, for whoever holds one of the remaining ways: their public halves are enough. */
export async function renewKey(vault: Vault, random: RandomBytes): Promise<Vault> {
	const key = random(32);
	const rewrap = async (method: UnlockMethod): Promise<UnlockMethod> => {
		const context = methodContext(vault.account, method.kind, method.id);
		return { ...method, wrapped: await wrap(method.publicKey, 'vault-key', key, context) };
	};
	return { ...vault, key, methods: await Promise.all(vault.methods.map(rewrap)) };
}

/** What the server stores: an opaque blob. */
export async function sealVault(vault: Vault, random: RandomBytes): Promise<Bytes> {
	const key = await importSealingKey(vault.key);
	const sealed = await seal(key, 'vault', encodeVault(vault.content), contextOf(vault.account, vault.methods), random);
	return encodeCbor([VERSION, plain(vault.methods), sealed]);
}

/** The ways to unlock are bound in: a server that puts its own key among them would get the next vault key. */
const contextOf = (account: AccountId, methods: readonly UnlockMethod[]): Bytes =>
	concatBytes(idBytes(account), hash('vault', encodeCbor(plain(methods))));

const plain = (methods: readonly UnlockMethod[]) => methods.map((entry) => ({ ...entry }));

/** The ways a sealed vault can be opened. @throws Problem `malformed`, `unknown-version` */
export function readMethods(blob: Uint8Array): readonly UnlockMethod[] {
	return readBlob(blob)[1];
}

/**
 * Opens a vault with the secret of one of its methods.
 * @param least the lowest version this device accepts
 * @throws Problem `wrong-key` (no method opens with this secret), `tampered`, `stale` (older than `least`)
 */
export async function openVault(account: AccountId, blob: Uint8Array, kind: UnlockKind, secret: Uint8Array, least: number): Promise<Vault> {
	const methods = readMethods(blob).filter((entry) => entry.kind === kind);
	return openVaultWithKey(account, blob, await openKey(account, methods, secret), least);
}

/** Opens a newer blob of a vault whose key is at hand. @throws Problem `tampered`, `stale`, `malformed` */
export async function openVaultWithKey(account: AccountId, blob: Uint8Array, key: Bytes, least: number): Promise<Vault> {
	const [, methods, sealed] = readBlob(blob);
	const content = decodeVault(await open(await importSealingKey(key), 'vault', sealed, contextOf(account, methods)));
	if (content.version < least) throw new Problem('stale');
	return { account, key, methods, content };
}

async function openKey(account: AccountId, methods: readonly UnlockMethod[], secret: Uint8Array): Promise<Bytes> {
	for (const { kind, id, wrapped } of methods) {
		const key = await unwrap(secret, 'vault-key', wrapped, methodContext(account, kind, id)).catch(() => null);
		if (key) return key;
	}
	throw new Problem('wrong-key');
}

const methodContext = (account: AccountId, kind: UnlockKind, id: string): Bytes => encodeCbor([idBytes(account), kind, utf8(id)]);

function readBlob(blob: Uint8Array): v.InferOutput<typeof schema> {
	const value = decodeCbor(blob, LIMITS);
	if (Array.isArray(value) && value[0] !== VERSION) throw new Problem('unknown-version');
	const result = v.safeParse(schema, value);
	if (!result.success) throw new Problem('malformed', { reason: 'vault' });
	return result.output;
}

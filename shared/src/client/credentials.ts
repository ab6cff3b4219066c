import { accounts, session } from '../api/index.ts';
import type { NewCredential } from '../api/accounts.ts';
import { loginHandle } from '../api/proof.ts';
import { concatBytes, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { idBytes, type ChainId } from '../bytes/ids.ts';
import { derive } from '../crypto/derive.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';
import { addMethod, type UnlockKind, type Vault } from '../vault/vault.ts';
import type { Ports } from './ports.ts';
import type { NewSecret, OnProgress } from './types.ts';

/** A way to sign in and to unlock, made on this device. */
export interface MadeCredential {
	readonly credential: NewCredential;
	readonly kind: 'passphrase' | 'passkey';
	/** Names the unlock method in the vault. */
	readonly id: string;
	readonly unlockSecret: Bytes;
	readonly handle: string | null;
	readonly serverKey: string | null;
}

/** The same for every passkey of a forum: it must be known before the passkey is. */
export const passkeySalt = (forum: ChainId): Bytes => hash('passkey-salt', idBytes(forum));
export const passkeyUnlockSecret = (prf: Uint8Array): Promise<Bytes> => derive(prf, 'passkey-unlock');

/** Both halves are needed: what the person knows, and what only enrolled devices and the sheet hold. */
export const passphraseUnlockSecret = (exportKey: Uint8Array, accountSecret: Uint8Array): Promise<Bytes> =>
	derive(concatBytes(exportKey, accountSecret), 'passphrase-unlock');

export const handleOf = (forum: ChainId, name: string): string => toBase64url(loginHandle(forum, name));

export const accountSecretOf = (root: Uint8Array): Promise<Bytes> => derive(root, 'account-secret', [], 16);
export const sheetUnlockSecret = (root: Uint8Array): Promise<Bytes> => derive(root, 'sheet-unlock');

/** Registers a passphrase or passkey with the server's help, without telling it anything. */
export async function makeCredential(
	ports: Ports,
	forum: ChainId,
	secret: NewSecret,
	accountSecret: Uint8Array,
	onProgress: OnProgress,
): Promise<MadeCredential> {
	if (secret.kind === 'passkey') return makePasskey(ports, forum, onProgress);
	return makePassphrase(ports, { ...secret, handle: handleOf(forum, secret.handle) }, accountSecret, onProgress);
}

async function makePasskey(ports: Ports, forum: ChainId, onProgress: OnProgress): Promise<MadeCredential> {
	if (!ports.passkeys) throw new Problem('passkey-unsupported');
	const { challenge, options } = await ports.transport.call(accounts.passkeyStart, { params: {}, request: {} });
	onProgress({ step: 'passkey', done: 0, total: 0 });
	const { response, secret } = await ports.passkeys.create(options, passkeySalt(forum));
	onProgress({ step: 'keys', done: 0, total: 0 });
	return {
		credential: { kind: 'passkey', challenge, response },
		kind: 'passkey',
		id: credentialId(response),
		unlockSecret: await passkeyUnlockSecret(secret),
		handle: null,
		serverKey: null,
	};
}

/** The id of the credential in an authenticator's answer (W3C WebAuthn Level 3 §5.1). */
function credentialId(response: string): string {
	const { id } = JSON.parse(response) as { id?: unknown };
	if (typeof id !== 'string') throw new Problem('malformed', { reason: 'passkey' });
	return id;
}

/** A passphrase under a login handle (hashed): a new one, or another one in its place. */
export async function makePassphrase(
	ports: Ports,
	secret: { readonly handle: string; readonly passphrase: string },
	accountSecret: Uint8Array,
	onProgress: OnProgress,
): Promise<MadeCredential> {
	const opaque = await ports.opaque();
	const passphrase = secret.passphrase.normalize('NFKC');
	const { handle } = secret;
	const { state, request } = await opaque.startRegistration(passphrase);
	const { response } = await ports.transport.call(accounts.passphraseStart, { params: {}, request: { handle, request } });
	onProgress({ step: 'argon', done: 0, total: 0 });
	const { record, exportKey, serverKey } = await opaque.finishRegistration(passphrase, state, response);
	return {
		credential: { kind: 'passphrase', handle, record },
		kind: 'passphrase',
		id: handle,
		unlockSecret: await passphraseUnlockSecret(exportKey, accountSecret),
		handle,
		serverKey,
	};
}

/** The vault with the sheet and the new credential as ways to unlock it. */
export async function withCredential(vault: Vault, made: MadeCredential): Promise<Vault> {
	const withSheet = vault.methods.some(({ kind }) => kind === 'sheet')
		? vault
		: await addMethod(vault, 'sheet', '', await sheetUnlockSecret(vault.content.root));
	return addMethod(withSheet, made.kind, made.id, made.unlockSecret);
}

/** What signing in brings: who, the sealed vault, and the secret that opens it. */
export interface SignedIn {
	readonly account: string;
	readonly nonce: string;
	readonly vault: { readonly version: number; readonly blob: Uint8Array };
	readonly kind: UnlockKind;
	readonly unlockSecret: Bytes;
	readonly serverKey: string | null;
}

/** OPAQUE sign-in (RFC 9807). @throws Problem `sign-in-failed`, `too-many-attempts`, `offline`, `tampered` */
export async function signInWithPassphrase(
	ports: Ports,
	input: { handle: string; passphrase: string; accountSecret: Uint8Array; serverKey: string | null },
	onProgress: OnProgress,
): Promise<SignedIn> {
	const opaque = await ports.opaque();
	const passphrase = input.passphrase.normalize('NFKC');
	const { state, request } = await opaque.startLogin(passphrase);
	const { attempt, response } = await ports.transport.call(session.passphraseStart, {
		params: {},
		request: { handle: input.handle, request },
	});
	onProgress({ step: 'argon', done: 0, total: 0 });
	const login = await opaque.finishLogin(passphrase, state, response);
	// The server is told of the failure too: it counts them, alike for names that do not exist.
	const finish = login?.finish ?? '';
	if (login && input.serverKey !== null && login.serverKey !== input.serverKey)
		throw new Problem('tampered', { rule: 'server-key-is-pinned' });
	const answer = await ports.transport.call(session.passphraseFinish, { params: {}, request: { attempt, finish } });
	if (!login) throw new Problem('sign-in-failed');
	const unlockSecret = await passphraseUnlockSecret(login.exportKey, input.accountSecret);
	return { ...answer, kind: 'passphrase', unlockSecret, serverKey: login.serverKey };
}

/** WebAuthn sign-in; the same touch answers the PRF secret that unlocks the vault. */
export async function signInWithPasskey(ports: Ports, forum: ChainId, onProgress: OnProgress): Promise<SignedIn> {
	if (!ports.passkeys) throw new Problem('passkey-unsupported');
	const { attempt, options } = await ports.transport.call(session.passkeyStart, { params: {}, request: {} });
	onProgress({ step: 'passkey', done: 0, total: 0 });
	const { response, secret } = await ports.passkeys.get(options, passkeySalt(forum));
	onProgress({ step: 'account', done: 0, total: 0 });
	const answer = await ports.transport.call(session.passkeyFinish, { params: {}, request: { attempt, response } });
	return { ...answer, kind: 'passkey', unlockSecret: await passkeyUnlockSecret(secret), serverKey: null };
}

import { accounts, enrolments, session, spaces as spacesApi } from '../api/index.ts';
import { sessionMessage } from '../api/proof.ts';
import { fromBase64url, toBase64url, type Bytes } from '../bytes/bytes.ts';
import type { AccountId, ChainId, SpaceId } from '../bytes/ids.ts';
import { accountOf } from '../chain/user-log.ts';
import { derive } from '../crypto/derive.ts';
import { open, seal } from '../crypto/seal.ts';
import { sign, signingKeyFromSeed } from '../crypto/sign.ts';
import { isProblem, Problem } from '../problem.ts';
import { readSheetCode } from '../vault/sheet.ts';
import { withEntry } from '../vault/content.ts';
import { openVault, type Vault } from '../vault/vault.ts';
import {
	accountSecretOf,
	handleOf,
	makeCredential,
	passkeySalt,
	passkeyUnlockSecret,
	sheetUnlockSecret,
	signInWithPasskey,
	signInWithPassphrase,
	withCredential,
	type MadeCredential,
	type SignedIn,
} from './credentials.ts';
import { keepDevice, newDeviceKey, readVaultCopy, type DeviceRecord } from './device.ts';
import { enrolmentContext, enrolmentKeys } from './enrolment.ts';
import type { KnownChains } from './invitation.ts';
import { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import type { KnownSecret, NewSecret, OnProgress } from './types.ts';

/** Stands for a session's nonce until there is a line to ask for it. */
export const NO_NONCE = '';

/** An account that has just been opened on this device. */
export interface OpenedAccount {
	readonly device: DeviceRecord;
	readonly keys: Keys;
	/** Chains that were checked on the way here. */
	readonly known?: KnownChains;
}

/**
 * Opens the account of an enrolled device.
 * @throws Problem `sign-in-failed`, `too-many-attempts`, `offline`, `stale` (an old vault was served)
 */
export async function unlock(ports: Ports, device: DeviceRecord, secret: KnownSecret, onProgress: OnProgress): Promise<OpenedAccount> {
	if (secret.kind === 'passkey') return unlockWithPasskey(ports, device, onProgress);
	const handle = secret.handle === undefined ? device.handle : handleOf(device.forum, secret.handle);
	if (handle === null) throw new Problem('sign-in-failed');
	const { accountSecret, serverKey } = device;
	const signedIn = await signInWithPassphrase(ports, { handle, passphrase: secret.passphrase, accountSecret, serverKey }, onProgress);
	return openSignedIn(ports, { ...device, handle, serverKey: signedIn.serverKey }, signedIn);
}

async function unlockWithPasskey(ports: Ports, device: DeviceRecord, onProgress: OnProgress): Promise<OpenedAccount> {
	try {
		return await openSignedIn(ports, device, await signInWithPasskey(ports, device.forum, onProgress));
	} catch (error) {
		if (!isProblem(error, 'offline')) throw error;
		return unlockOffline(ports, device, onProgress);
	}
}

/** Without a line the passkey opens this device's own copy of the vault. */
async function unlockOffline(ports: Ports, device: DeviceRecord, onProgress: OnProgress): Promise<OpenedAccount> {
	const copy = await readVaultCopy(ports.store);
	if (!copy || !ports.passkeys) throw new Problem('offline');
	const options = JSON.stringify({ challenge: toBase64url(ports.random(32)), userVerification: 'required' });
	onProgress({ step: 'passkey', done: 0, total: 0 });
	const { secret } = await ports.passkeys.get(options, passkeySalt(device.forum));
	const unlockSecret = await passkeyUnlockSecret(secret);
	const vault = await openServed(device.account, { vault: copy, kind: 'passkey', unlockSecret }, device.vaultVersion);
	return { device, keys: await Keys.from(ports, vault, device.key, { nonce: NO_NONCE, stored: copy.version }) };
}

async function openSignedIn(ports: Ports, device: DeviceRecord, signedIn: SignedIn): Promise<OpenedAccount> {
	if (signedIn.account !== device.account) throw new Problem('sign-in-failed');
	const vault = await openServed(device.account, signedIn, device.vaultVersion);
	const opened = { ...device, vaultVersion: vault.content.version };
	await keepDevice(ports, opened, signedIn.vault.version, signedIn.vault.blob);
	return { device: opened, keys: await Keys.from(ports, vault, device.key, { nonce: signedIn.nonce, stored: signedIn.vault.version }) };
}

async function openServed(
	account: AccountId,
	{ vault, kind, unlockSecret }: Pick<SignedIn, 'vault' | 'kind' | 'unlockSecret'>,
	least: number,
): Promise<Vault> {
	try {
		return await openVault(account, vault.blob, kind, unlockSecret, least);
	} catch (error) {
		if (isProblem(error, 'wrong-key')) throw new Problem('sign-in-failed');
		throw error;
	}
}

/** Reads the root secret from the sheet's code or from what an enrolled device left. */
export async function rootFrom(ports: Ports, from: { code: string } | { fragment: string }): Promise<Bytes> {
	if ('code' in from) return readSheetCode(from.code);
	try {
		const { id, sealing } = await enrolmentKeys(fromBase64url(from.fragment.replace(/^#?(device\.)?/, '')));
		const { sealed } = await ports.transport.call(enrolments.take, { params: {}, request: { id } });
		return await open(sealing, 'enrolment-sealing', sealed, enrolmentContext(id));
	} catch (error) {
		if (isProblem(error, 'offline')) throw error;
		throw new Problem('code-mismatch');
	}
}

/** Leaves the root secret for one new device, sealed to a secret that only the shown link holds. */
export async function leaveEnrolment(ports: Ports, keys: Keys): Promise<string> {
	const secret = ports.random(16);
	const { id, sealing } = await enrolmentKeys(secret);
	const sealed = await seal(sealing, 'enrolment-sealing', keys.content.root, enrolmentContext(id), ports.random);
	await ports.transport.call(enrolments.leave, { params: {}, request: { id, sealed }, prove: keys.prove });
	return `device.${toBase64url(secret)}`;
}

/** Signs in with the identity key itself. @throws Problem `sign-in-failed` */
export async function signInWithRoot(ports: Ports, root: Bytes): Promise<SignedIn> {
	const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
	const account = accountOf(identity.publicKey);
	const { attempt, nonce } = await ports.transport.call(session.identityStart, { params: {}, request: {} });
	const signature = await sign(identity, 'session', sessionMessage(account, nonce));
	const answer = await ports.transport.call(session.identityFinish, { params: {}, request: { attempt, account, signature } });
	return { ...answer, kind: 'sheet', unlockSecret: await sheetUnlockSecret(root), serverKey: null };
}

/** Opens the vault of somebody who has just signed in on a browser that knows nothing yet, under a new device key. */
export async function openOnNewDevice(ports: Ports, forum: ChainId, signedIn: SignedIn): Promise<OpenedAccount> {
	const account = signedIn.account as AccountId;
	const vault = await openServed(account, signedIn, 0);
	const key = await newDeviceKey();
	const device: DeviceRecord = {
		account,
		forum,
		key,
		accountSecret: await accountSecretOf(vault.content.root),
		handle: null,
		serverKey: null,
		vaultVersion: vault.content.version,
		unlocks: signedIn.kind === 'passkey' ? ['passkey'] : [],
	};
	return { device, keys: await Keys.from(ports, vault, key, { nonce: signedIn.nonce, stored: signedIn.vault.version }) };
}

/** Gives a new device its own way to unlock; needs the device to be in the user log. */
export async function addCredential(ports: Ports, opened: OpenedAccount, secret: NewSecret, onProgress: OnProgress): Promise<DeviceRecord> {
	const { device, keys } = opened;
	const made = await makeCredential(ports, device.forum, secret, device.accountSecret, onProgress);
	await storeCredential(ports, keys, made, '');
	return { ...device, handle: made.handle, serverKey: made.serverKey, unlocks: [made.kind] };
}

/** Puts a credential on the server together with the vault that it opens. */
export async function storeCredential(ports: Ports, keys: Keys, made: MadeCredential, label: string): Promise<void> {
	const note = { label, device: keys.device, since: Math.floor(ports.now() / 1000) };
	await keys.replaceWith(
		async (vault) => {
			const opened = await withCredential(vault, made);
			return { ...opened, content: withEntry(opened.content, 'methods', methodName(made), note) };
		},
		(vault) =>
			ports.transport.call(accounts.addCredential, { params: {}, request: { credential: made.credential, vault }, prove: keys.prove }),
	);
}

/** How the vault names a way to unlock. */
export const methodName = ({ kind, id }: Pick<MadeCredential, 'kind' | 'id'>): string => `${kind}/${id}`;

export const listSpaces = (ports: Ports): Promise<{ spaces: SpaceId[] }> =>
	ports.transport.call(spacesApi.list, { params: {}, request: {} });

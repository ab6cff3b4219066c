import { accounts, forum as forumApi } from '../api/index.ts';
import type { Wrap } from '../api/schemas.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type AccountId, type ChainId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import { admissionMessage } from '../chain/directory.ts';
import { generationAt } from '../chain/roster.ts';
import { accountOf } from '../chain/user-log.ts';
import { emptyWorld, type World } from '../chain/world.ts';
import { derive } from '../crypto/derive.ts';
import { sign, signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { kemKeyFromSeed, type KemKey } from '../crypto/wrap.ts';
import { isProblem, Problem } from '../problem.ts';
import { emptyVault, withGeneration, type VaultContent } from '../vault/content.ts';
import { ROOT_LENGTH } from '../vault/sheet.ts';
import { createVault, sealVault } from '../vault/vault.ts';
import { signInWithRoot, type OpenedAccount } from './accounts.ts';
import { Stage, type Signer } from './chains.ts';
import { accountSecretOf, makeCredential, withCredential, type MadeCredential } from './credentials.ts';
import { deviceIdOf, keepDevice, newDeviceKey } from './device.ts';
import { unwrapGeneration, wrapGeneration } from './generations.ts';
import { openInvitation, type OpenedInvitation } from './invitation.ts';
import { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import { publicKeyHash } from './public-keys.ts';
import { createSpaceLinks } from './space-links.ts';
import type { NewSecret, OnProgress, SetupInput } from './types.ts';

const FIRST_VAULT_VERSION = 1;
const MOST_TRIES = 12;
/** Those who join at the same moment get out of each other's way: each waits so long at most, and longer from try to try. */
const ASIDE_MS = 400;

/** A person's keys before anything is sent. */
interface Newborn {
	readonly root: Bytes;
	readonly name: string;
	readonly account: AccountId;
	readonly identity: SigningKey;
	readonly deviceKey: SigningKey;
	readonly userKey: KemKey;
	readonly signer: Signer;
}

async function newborn(ports: Ports, name: string): Promise<Newborn> {
	const root = ports.random(ROOT_LENGTH);
	const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
	const account = accountOf(identity.publicKey);
	const deviceKey = await newDeviceKey();
	const userKey = await kemKeyFromSeed(ports.random(32));
	const signer = { account, identity, device: { id: deviceIdOf(deviceKey), key: deviceKey } };
	return { root, name, account, identity, deviceKey, userKey, signer };
}

const stageOn = (ports: Ports, world: World, self: Newborn): Stage => new Stage(world, self.signer, Math.floor(ports.now() / 1000));

/** The first two links of every person: who, and which browser. */
async function introduce(stage: Stage, self: Newborn): Promise<void> {
	const chain = self.account as string as ChainId;
	const key = idBytes(publicKeyHash(self.userKey.publicKey));
	await stage.add({ kind: 'user', chain, type: 'identity.create', body: { ik: self.identity.publicKey, key }, byIdentity: true });
	await stage.add({ kind: 'user', chain, type: 'device.add', body: { device: self.deviceKey.publicKey }, byIdentity: true });
}

export interface FoundedForum extends OpenedAccount {
	readonly forum: ChainId;
	readonly host: OrganisationId;
	readonly space: SpaceId;
}

/** Sets a forum up: founder, host organisation, first space with its first key. */
export async function foundForum(
	ports: Ports,
	{ token, person, secret }: Pick<SetupInput, 'token' | 'person' | 'secret'>,
	onProgress: OnProgress,
): Promise<FoundedForum> {
	onProgress({ step: 'keys', done: 0, total: 0 });
	const self = await newborn(ports, person);
	const stage = stageOn(ports, emptyWorld, self);
	await introduce(stage, self);
	const host = idOf<OrganisationId>(ports.random(SHORT_ID_LENGTH));
	const { chain: forum } = await stage.add({
		kind: 'directory',
		chain: null,
		type: 'forum.create',
		body: { host: idBytes(host, SHORT_ID_LENGTH), salt: ports.random(16) },
	});
	const { space, generation, key } = await createSpaceLinks(stage, forum, ports.random);
	const wraps = [
		{ space, generation, recipient: self.account, bytes: await wrapGeneration(self.userKey.publicKey, space, generation, key) },
	];
	const content = withGeneration(emptyVault(self.root, self.userKey.seed, self.name), space, generation, key);
	const registration = await prepare(ports, self, forum, secret, onProgress);
	const opened = await register(registration, stage, { content, wraps }, async (account) =>
		ports.transport.call(forumApi.setup, { params: {}, request: { token, ...account } }),
	);
	return { ...opened, forum, host, space };
}

export interface JoinInput {
	readonly fragment: string;
	readonly person: string;
	readonly secret: NewSecret;
}

/**
 * Joins by an invitation. When somebody else changed the chains meanwhile, the links are built again; the keys
 * and the credential stay.
 * @throws Problem `invitation-invalid`, `handle-taken`, `offline`
 */
export async function joinForum(ports: Ports, { fragment, person, secret }: JoinInput, onProgress: OnProgress): Promise<OpenedAccount> {
	onProgress({ step: 'keys', done: 0, total: 0 });
	const first = await openInvitation(ports, fragment);
	const self = await newborn(ports, person);
	const registration = await prepare(ports, self, first.link.forum, secret, onProgress);
	for (let tries = 1, opened = first; ; tries++, opened = await openInvitation(ports, fragment)) {
		try {
			return await joinOnce(registration, opened);
		} catch (error) {
			if (!isProblem(error, 'stale') || tries >= MOST_TRIES) throw error;
			await new Promise((resolve) => setTimeout(resolve, Math.random() * tries * ASIDE_MS));
		}
	}
}

async function joinOnce(registration: Registration, opened: OpenedInvitation): Promise<OpenedAccount> {
	const { ports, self } = registration;
	const stage = stageOn(ports, opened.world, self);
	await introduce(stage, self);
	await admit(stage, self, opened);
	const bare = { content: emptyVault(self.root, self.userKey.seed, self.name), wraps: [] };
	const belongings = opened.invitation.approval ? bare : await enterSpaces(stage, self, opened);
	const account = await register(registration, stage, belongings, async (request) =>
		ports.transport.call(accounts.create, { params: {}, request: { invitation: opened.keys.id, ...request } }),
	);
	return { ...account, known: opened.known };
}

async function admit(stage: Stage, self: Newborn, { keys, link }: OpenedInvitation): Promise<void> {
	const key = publicKeyHash(self.userKey.publicKey);
	const message = admissionMessage(link.forum, keys.id, self.identity.publicKey, key);
	const proof = await sign(keys.signing, 'admission', message);
	const body = { ik: self.identity.publicKey, key: idBytes(key), invitation: idBytes(keys.id), proof };
	await stage.add({ kind: 'directory', chain: link.forum, type: 'account.admit', body, byIdentity: true });
}

/** Enters each space that was offered and takes its current key from the invitation's wraps. */
async function enterSpaces(stage: Stage, self: Newborn, opened: OpenedInvitation): Promise<{ content: VaultContent; wraps: Wrap[] }> {
	const { invitation, keys, world } = opened;
	let content = emptyVault(self.root, self.userKey.seed, self.name);
	const wraps: Wrap[] = [];
	for (const space of invitation.spaces) {
		const until = invitation.role === 'guest' ? invitation.expires : null;
		const body = { account: idBytes(self.account), role: invitation.role, until, invitation: idBytes(keys.id), log: null };
		await stage.add({ kind: 'roster', chain: space, type: 'member.add', body });
		if (world.rosters.get(space)?.history === 'joining') continue;
		const { generation, key } = await currentKey(world, opened, space);
		content = withGeneration(content, space, generation, key);
		wraps.push({ space, generation, recipient: self.account, bytes: await wrapGeneration(self.userKey.publicKey, space, generation, key) });
	}
	return { content, wraps };
}

async function currentKey(world: World, opened: OpenedInvitation, space: SpaceId): Promise<{ generation: number; key: Bytes }> {
	const roster = world.rosters.get(space);
	const generation = roster && generationAt(roster, roster.seq)?.generation;
	const wrapped = opened.wraps.find((wrap) => wrap.space === space && wrap.generation === generation);
	if (!roster || generation === undefined || !wrapped) throw new Problem('invitation-invalid');
	return { generation, key: await unwrapGeneration(opened.keys.kem.seed, wrapped.bytes, roster, generation) };
}

/** A person whose keys and credential are made, and who is not registered yet. */
interface Registration {
	readonly ports: Ports;
	readonly self: Newborn;
	readonly forum: ChainId;
	readonly accountSecret: Bytes;
	readonly made: MadeCredential;
	readonly onProgress: OnProgress;
}

async function prepare(ports: Ports, self: Newborn, forum: ChainId, secret: NewSecret, onProgress: OnProgress): Promise<Registration> {
	const accountSecret = await accountSecretOf(self.root);
	const made = await makeCredential(ports, forum, secret, accountSecret, onProgress);
	return { ports, self, forum, accountSecret, made, onProgress };
}

interface AccountRequest {
	links: Bytes[];
	wraps: Wrap[];
	publicKeys: Bytes[];
	credential: MadeCredential['credential'];
	vault: Bytes;
}
type Send = (account: AccountRequest) => Promise<{ account: AccountId; nonce: string }>;

/** Seals the vault, keeps the device, and sends everything at once. */
async function register(
	registration: Registration,
	stage: Stage,
	{ content, wraps }: { content: VaultContent; wraps: Wrap[] },
	send: Send,
): Promise<OpenedAccount> {
	const { ports, self, forum, accountSecret, made, onProgress } = registration;
	const vault = await withCredential(createVault(self.account, content, ports.random), made);
	const blob = await sealVault(vault, ports.random);
	onProgress({ step: 'account', done: 0, total: 0 });
	const { handle, serverKey, kind } = made;
	const device = {
		account: self.account,
		forum,
		key: self.deviceKey,
		accountSecret,
		handle,
		serverKey,
		vaultVersion: content.version,
		unlocks: [kind],
	};
	// Before it is sent: when the phone dies or the answer is lost, the account can be opened with what was chosen.
	await keepDevice(ports, device, FIRST_VAULT_VERSION, blob);
	const links = stage.links.map(({ bytes }) => bytes);
	const request = { links, wraps, publicKeys: [self.userKey.publicKey], credential: made.credential, vault: blob };
	const { nonce } = await send(request).catch((error: unknown) => afterFailure(registration, error));
	return { device, keys: await Keys.from(ports, vault, self.deviceKey, { nonce, stored: FIRST_VAULT_VERSION }) };
}

/**
 * An answer that never came does not say that nothing happened: whoever holds the identity key can ask.
 * @throws Problem the failure itself, once it is certain that there is no account; `offline` while it is not
 */
async function afterFailure({ ports, self }: Registration, failure: unknown): Promise<{ nonce: string }> {
	try {
		if (!isProblem(failure, 'offline')) throw failure;
		return await signInWithRoot(ports, self.root);
	} catch (error) {
		if (isProblem(error, 'offline')) throw error;
		await ports.store.clear('device');
		throw failure;
	}
}

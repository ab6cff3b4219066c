import { vaults } from '../api/index.ts';
import { proofMessage } from '../api/proof.ts';
import { equalBytes, toBase64url, type Bytes } from '../bytes/bytes.ts';
import type { AccountId, DeviceId, Hash, InvitationId, SpaceId } from '../bytes/ids.ts';
import { derive } from '../crypto/derive.ts';
import { importSealingKey } from '../crypto/seal.ts';
import { sign, signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { kemKeyFromSeed } from '../crypto/wrap.ts';
import { isProblem } from '../problem.ts';
import { decodeVault, encodeVault, generationName, withGeneration, withInvitation, type VaultContent } from '../vault/content.ts';
import { openVault, openVaultWithKey, sealVault, type Vault } from '../vault/vault.ts';
import { sheetUnlockSecret } from './credentials.ts';
import { deviceIdOf, readDevice, writeDevice, writeVaultCopy } from './device.ts';
import type { Ports, ProveDevice } from './ports.ts';
import { publicKeyHash } from './public-keys.ts';
import { serialQueue } from './queue.ts';

const MOST_TRIES = 5;

/** Puts a vault on the server together with something else; answers the version it has there. */
export type SendVault = (vault: { expected: number; blob: Bytes }) => Promise<{ version: number }>;

/** The keys of the open account: in memory only, gone at `lock`. */
export class Keys {
	readonly account: AccountId;
	readonly device: DeviceId;
	readonly deviceKey: SigningKey;
	readonly identity: SigningKey;
	/** Seals what stays on this device: drafts, lists of verified events. */
	readonly localKey: CryptoKey;
	/** Of the session: what device proofs sign. */
	nonce: string;
	readonly #ports: Ports;
	/** Reads, changes and writes of the vault, one after another: what one has read the other must not have written over. */
	readonly #inTurn = serialQueue();
	#vault: Vault;
	/** By which name links know the encryption key of each seed: a pair costs some milliseconds. */
	readonly #names = new WeakMap<Uint8Array, Hash>();
	/** Version of the blob the server holds. */
	#stored: number;
	/** Version inside that blob: the server may not serve an older one. Ours runs ahead while there is no line. */
	#confirmed: number;

	private constructor(parts: {
		ports: Ports;
		vault: Vault;
		stored: number;
		nonce: string;
		deviceKey: SigningKey;
		identity: SigningKey;
		localKey: CryptoKey;
	}) {
		this.#ports = parts.ports;
		this.#vault = parts.vault;
		this.#stored = parts.stored;
		this.#confirmed = parts.vault.content.version;
		this.nonce = parts.nonce;
		this.account = parts.vault.account;
		this.deviceKey = parts.deviceKey;
		this.device = deviceIdOf(parts.deviceKey);
		this.identity = parts.identity;
		this.localKey = parts.localKey;
	}

	static async from(ports: Ports, vault: Vault, deviceKey: SigningKey, session: { nonce: string; stored: number }): Promise<Keys> {
		const { root } = vault.content;
		const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
		const localKey = await importSealingKey(await derive(root, 'local'));
		return new Keys({ ports, vault, deviceKey, identity, localKey, ...session });
	}

	get vault(): Vault {
		return this.#vault;
	}

	get content(): VaultContent {
		return this.#vault.content;
	}

	generation(space: SpaceId, generation: number): Bytes | null {
		return this.content.generations[generationName(space, generation)] ?? null;
	}

	/** The seed of an own encryption key, the one that links name so; `null` when the vault lacks it. */
	async userKey(name: Hash): Promise<Bytes | null> {
		for (const seed of this.content.userKeys.toReversed()) if ((await this.#nameOf(seed)) === name) return seed;
		return null;
	}

	async #nameOf(seed: Bytes): Promise<Hash> {
		const name = this.#names.get(seed) ?? publicKeyHash((await kemKeyFromSeed(seed)).publicKey);
		this.#names.set(seed, name);
		return name;
	}

	/**
	 * A key that the server keeps a wrap of, or that a back link leads to: written with the next change of the vault,
	 * since a renewal must not cost every member a vault.
	 */
	learnGeneration(space: SpaceId, generation: number, key: Bytes): void {
		this.#vault = { ...this.#vault, content: withGeneration(this.#vault.content, space, generation, key) };
	}

	rememberGeneration(space: SpaceId, generation: number, key: Bytes): Promise<void> {
		return this.update((content) => withGeneration(content, space, generation, key));
	}

	rememberGenerations(all: readonly { space: SpaceId; generation: number; key: Bytes }[]): Promise<void> {
		return this.update((content) =>
			all.reduce((changed, { space, generation, key }) => withGeneration(changed, space, generation, key), content),
		);
	}

	rememberInvitation(invitation: InvitationId, secret: Bytes): Promise<void> {
		return this.update((content) => withInvitation(content, invitation, secret));
	}

	/** The `device-proof` header of one request. */
	prove: ProveDevice = async (method, path, body) => {
		const signature = await sign(this.deviceKey, 'device-proof', proofMessage(method, path, this.nonce, body));
		return `${this.device}.${toBase64url(signature)}`;
	};

	/** Changes the vault here and on the server; when another device was faster, on top of what it wrote. */
	async update(change: (content: VaultContent) => VaultContent): Promise<void> {
		await this.replace((vault) => ({ ...vault, content: change(vault.content) }));
	}

	replace(change: (vault: Vault) => Vault | Promise<Vault>): Promise<void> {
		return this.#inTurn(() => this.#replaceNow(change));
	}

	async #replaceNow(change: (vault: Vault) => Vault | Promise<Vault>): Promise<void> {
		for (let tries = 1; ; tries++) {
			const changed = await change(this.#vault);
			const vault = { ...changed, content: { ...changed.content, version: this.#vault.content.version + 1 } };
			// Kept in memory at once: keys that arrive offline are usable, and written with the next change.
			this.#adopt(vault);
			const written = await this.#write(vault).catch((error: unknown) => {
				if (isProblem(error, 'offline', 'unauthenticated')) return true;
				if (isProblem(error, 'stale') && tries < MOST_TRIES) return false;
				throw error;
			});
			if (written) return;
			await this.#mergeNow();
		}
	}

	/**
	 * Changes the vault together with something else on the server, both or none: `send` is given what the server must
	 * hold and what to put in its place.
	 * @throws Problem whatever `send` throws; nothing has changed then
	 */
	replaceWith(change: (vault: Vault) => Vault | Promise<Vault>, send: SendVault): Promise<void> {
		return this.#inTurn(() => this.#replaceWithNow(change, send));
	}

	async #replaceWithNow(change: (vault: Vault) => Vault | Promise<Vault>, send: SendVault): Promise<void> {
		for (let tries = 1; ; tries++) {
			const changed = await change(this.#vault);
			const vault = { ...changed, content: { ...changed.content, version: this.#vault.content.version + 1 } };
			const blob = await sealVault(vault, this.#ports.random);
			try {
				const { version } = await send({ expected: this.#stored, blob });
				this.#adopt(vault);
				return await this.#confirm(version, blob, vault.content.version);
			} catch (error) {
				if (!isProblem(error, 'stale') || tries >= MOST_TRIES) throw error;
				await this.#mergeNow();
			}
		}
	}

	/** Takes what another device wrote; keys known here stay. @throws Problem `stale` when an old vault was served */
	merge(): Promise<void> {
		return this.#inTurn(() => this.#mergeNow());
	}

	async #mergeNow(): Promise<void> {
		const { version, blob } = await this.#ports.transport.call(vaults.read, { params: {}, request: {}, prove: this.prove });
		if (version === this.#stored) return;
		const theirs = await this.#openTheirs(blob);
		const { content } = theirs;
		const ours = this.#vault.content;
		const merged: VaultContent = {
			...content,
			version: Math.max(ours.version, content.version),
			generations: { ...ours.generations, ...content.generations },
			invitations: { ...ours.invitations, ...content.invitations },
			pins: { ...ours.pins, ...content.pins },
			userKeys: [...ours.userKeys, ...content.userKeys.filter((key) => !ours.userKeys.some((own) => equalBytes(own, key)))],
			devices: { ...ours.devices, ...content.devices },
			people: { ...ours.people, ...content.people },
			organisationKeys: { ...ours.organisationKeys, ...content.organisationKeys },
		};
		this.#vault = { ...theirs, content: decodeVault(encodeVault(merged)) };
		await this.#confirm(version, blob, content.version);
	}

	/** Another device may have renewed the vault's key: the root, which only this person has, opens it too. */
	async #openTheirs(blob: Uint8Array): Promise<Vault> {
		try {
			return await openVaultWithKey(this.account, blob, this.#vault.key, this.#confirmed);
		} catch (error) {
			if (!isProblem(error, 'tampered')) throw error;
			const secret = await sheetUnlockSecret(this.content.root);
			return openVault(this.account, blob, 'sheet', secret, this.#confirmed);
		}
	}

	/** Keys that were learned while the vault was changed stay. */
	#adopt(vault: Vault): void {
		const generations = { ...this.#vault.content.generations, ...vault.content.generations };
		this.#vault = { ...vault, content: { ...vault.content, generations } };
	}

	async #write(vault: Vault): Promise<boolean> {
		const blob = await sealVault(vault, this.#ports.random);
		const { version } = await this.#ports.transport.call(vaults.write, {
			params: {},
			request: { expected: this.#stored, blob },
			prove: this.prove,
		});
		await this.#confirm(version, blob, vault.content.version);
		return true;
	}

	async #confirm(version: number, blob: Uint8Array, inside: number): Promise<void> {
		this.#stored = version;
		this.#confirmed = inside;
		const { store } = this.#ports;
		await writeVaultCopy(store, version, blob);
		const device = await readDevice(store);
		if (device) await writeDevice(store, { ...device, vaultVersion: inside });
	}
}

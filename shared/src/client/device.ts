import type { Bytes } from '../bytes/bytes.ts';
import { idOf, type AccountId, type ChainId, type DeviceId } from '../bytes/ids.ts';
import { generateSigningKey, type SigningKey } from '../crypto/sign.ts';
import type { Ports, Store, StoreChange } from './ports.ts';

/** What this browser keeps between visits, outside the vault. The private key cannot be exported. */
export interface DeviceRecord {
	readonly account: AccountId;
	readonly forum: ChainId;
	readonly key: SigningKey;
	/** 128 bits without which a passphrase opens nothing. */
	readonly accountSecret: Bytes;
	/** Hash of the login name; forgotten at sign-out. */
	readonly handle: string | null;
	/** The server's OPAQUE key as first seen: another one is refused. */
	readonly serverKey: string | null;
	/** The vault is never accepted older than this. */
	readonly vaultVersion: number;
	readonly unlocks: readonly ('passphrase' | 'passkey')[];
}

export const deviceIdOf = (key: SigningKey): DeviceId => idOf<DeviceId>(key.publicKey);
export const newDeviceKey = (): Promise<SigningKey> => generateSigningKey();

export const readDevice = (store: Store): Promise<DeviceRecord | undefined> => store.get<DeviceRecord>('device', 'self');
export const writeDevice = (store: Store, device: DeviceRecord): Promise<void> =>
	store.write([{ bucket: 'device', key: 'self', value: device }]);

/** The sealed vault as last seen, for unlocking without a line. */
export const readVaultCopy = (store: Store): Promise<{ version: number; blob: Bytes } | undefined> => store.get('device', 'vault');
export const writeVaultCopy = (store: Store, version: number, blob: Uint8Array): Promise<void> => store.write([vaultCopy(version, blob)]);

const vaultCopy = (version: number, blob: Uint8Array): StoreChange => ({ bucket: 'device', key: 'vault', value: { version, blob } });

/** Keeps a device and its copy of the vault, both or none. */
export async function keepDevice({ store }: Pick<Ports, 'store'>, device: DeviceRecord, version: number, blob: Uint8Array): Promise<void> {
	await store.write([{ bucket: 'device', key: 'self', value: device }, vaultCopy(version, blob)]);
}

import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, type AccountId, type ChainId, type DeviceId, type Hash } from '../bytes/ids.ts';
import { accountOf } from '../chain/user-log.ts';
import type { Signer } from '../client/chains.ts';
import { hash } from '../crypto/hash.ts';
import { signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { kemKeyFromSeed, type KemKey } from '../crypto/wrap.ts';
import { unsafeTestingRandom } from './random.ts';

/** A person of a story, with all keys in the hands of the test. */
export interface Person {
	readonly name: string;
	readonly account: AccountId;
	/** The user log: named by the account. */
	readonly chain: ChainId;
	readonly identity: SigningKey;
	readonly device: SigningKey;
	readonly deviceId: DeviceId;
	readonly userKey: KemKey;
	readonly signer: Signer;
	readonly random: (length: number) => Bytes;
}

/** The same name gives the same keys in every run and runtime. */
export async function personNamed(name: string): Promise<Person> {
	const random = unsafeTestingRandom(name);
	const identity = await signingKeyFromSeed(random(32));
	const device = await signingKeyFromSeed(random(32));
	const account = accountOf(identity.publicKey);
	const userKey = await kemKeyFromSeed(random(32));
	return withDevice({ name, account, chain: account as string as ChainId, identity, userKey, random }, device);
}

/** The same person on another browser. */
export async function onAnotherDevice(person: Person): Promise<Person> {
	return withDevice(person, await signingKeyFromSeed(person.random(32)));
}

function withDevice(person: Omit<Person, 'device' | 'deviceId' | 'signer'>, device: SigningKey): Person {
	const deviceId = idOf<DeviceId>(device.publicKey);
	const signer = { account: person.account, identity: person.identity, device: { id: deviceId, key: device } };
	return { ...person, device, deviceId, signer };
}

/** How links name a public encryption key. */
export const keyHashOf = ({ publicKey }: KemKey): Hash => idOf<Hash>(hash('public-key', publicKey));

export const keyHashBytes = (key: KemKey): Bytes => idBytes(keyHashOf(key));

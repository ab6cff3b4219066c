import { equalBytes, type Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, type AccountId, type DeviceId, type Hash } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';
import { admitKey } from '../crypto/sign.ts';
import { readBody } from './bodies.ts';
import type { Cite, Link } from './link.ts';
import { rule } from './rule.ts';

export interface Device {
	/** Place in the user log where it was added, and where it was revoked. */
	readonly added: number;
	readonly revoked: number | null;
	/** Seconds since 1970. */
	readonly since: number;
}

/** A person's devices and encryption keys, as the identity key signed them. */
export interface UserLog {
	readonly account: AccountId;
	readonly ik: Bytes;
	readonly seq: number;
	readonly head: Hash;
	readonly heads: readonly Hash[];
	readonly time: number;
	readonly devices: ReadonlyMap<DeviceId, Device>;
	/** Every encryption key by its hash, the newest last; generation n stands at n − 1. */
	readonly keys: readonly EncryptionKey[];
	/** Places where a device was revoked. */
	readonly revocations: readonly number[];
}

/** A person's public encryption key: its hash, and from which place of the user log and when (seconds since 1970) on. */
export interface EncryptionKey {
	readonly hash: Hash;
	readonly seq: number;
	readonly since: number;
}

/** The fingerprint of the identity key *is* the person. */
export const accountOf = (ik: Uint8Array): AccountId => idOf<AccountId>(hash('account', ik));

/** True when `device` could sign at the cited place of its person's log. */
export function deviceStands(log: UserLog, device: DeviceId, at: Cite): boolean {
	const known = log.devices.get(device);
	if (!known || log.heads[at.seq] !== at.head) return false;
	return known.added <= at.seq && (known.revoked === null || known.revoked > at.seq);
}

/** Hash of the encryption key in force at a place of the log (by default: now). */
export function keyAt(log: UserLog, seq: number = log.seq): Hash {
	const key = log.keys.findLast((candidate) => candidate.seq <= seq);
	if (!key) throw new Error('a user log begins with a key');
	return key.hash;
}

/** True when a device was revoked after place `seq` and up to `until`. */
export const revokedBetween = (log: UserLog, seq: number, until: number = log.seq): boolean =>
	log.revocations.some((place) => place > seq && place <= until);

/** The key a user link must be signed with. */
export function signerOfUserLink(log: UserLog | undefined, link: Link): Bytes {
	if (log) return log.ik;
	rule('identity-comes-first', link.type === 'identity.create' && link.seq === 0);
	const { ik } = readBody('identity.create', link.body);
	return admitKey(ik);
}

/** The log after `link`, whose signature and place have been checked. */
export function reduceUserLog(log: UserLog | undefined, link: Link): UserLog {
	rule('only-the-identity-key-signs-its-log', link.device === null && (link.chain as string) === link.by);
	if (!log) return createIdentity(link);
	const next = { ...log, seq: link.seq, head: link.hash, heads: [...log.heads, link.hash], time: link.time };
	switch (link.type) {
		case 'device.add': {
			const { device } = readBody('device.add', link.body);
			admitKey(idBytes(device));
			rule('device-is-new', !log.devices.has(device));
			return { ...next, devices: new Map(log.devices).set(device, { added: link.seq, revoked: null, since: link.time }) };
		}
		case 'device.revoke': {
			const { device } = readBody('device.revoke', link.body);
			const known = log.devices.get(device);
			rule('device-is-there', known !== undefined && known.revoked === null);
			const devices = new Map(log.devices).set(device, { ...known, revoked: link.seq });
			return { ...next, devices, revocations: [...log.revocations, link.seq] };
		}
		case 'key.new': {
			const { generation, key } = readBody('key.new', link.body);
			rule('generations-follow-each-other', generation === log.keys.length + 1);
			return { ...next, keys: [...log.keys, { hash: key, seq: link.seq, since: link.time }] };
		}
		default:
			rule('type-is-known', false);
	}
}

function createIdentity(link: Link): UserLog {
	const { ik, key } = readBody('identity.create', link.body);
	rule('account-is-its-identity-key', equalBytes(idBytes(link.by), idBytes(accountOf(ik))));
	return {
		account: link.by,
		ik,
		seq: 0,
		head: link.hash,
		heads: [link.hash],
		time: link.time,
		devices: new Map(),
		keys: [{ hash: key, seq: 0, since: link.time }],
		revocations: [],
	};
}

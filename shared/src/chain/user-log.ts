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
	/** Current encryption key: its generation (from 1) and the hash of its public half. */
	readonly key: { readonly generation: number; readonly hash: Hash };
}

/** The fingerprint of the identity key *is* the person. */
export const accountOf = (ik: Uint8Array): AccountId => idOf<AccountId>(hash('account', ik));

/** True when `device` could sign at the cited place of its person's log. */
export function deviceStands(log: UserLog, device: DeviceId, at: Cite): boolean {
	const known = log.devices.get(device);
	if (!known || log.heads[at.seq] !== at.head) return false;
	return known.added <= at.seq && (known.revoked === null || known.revoked > at.seq);
}

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
			return { ...next, devices: new Map(log.devices).set(device, { ...known, revoked: link.seq }) };
		}
		case 'key.new': {
			const { generation, key } = readBody('key.new', link.body);
			rule('generations-follow-each-other', generation === log.key.generation + 1);
			return { ...next, key: { generation, hash: key } };
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
		key: { generation: 1, hash: key },
	};
}

import { idBytes, type DeviceId, type SpaceId } from '../bytes/ids.ts';
import { roleOf } from '../chain/roster.ts';
import { revokedBetween, type UserLog } from '../chain/user-log.ts';
import { kemKeyFromSeed } from '../crypto/wrap.ts';
import { Problem } from '../problem.ts';
import { withEntry, type VaultContent } from '../vault/content.ts';
import { renewKey } from '../vault/vault.ts';
import type { Stage } from './chains.ts';
import type { Keys } from './keys.ts';
import { signerOf, type Membership } from './membership.ts';
import type { Ports } from './ports.ts';
import { publicKeyHash } from './public-keys.ts';
import type { DeviceView } from './types.ts';

export const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/**
 * Own browsers, the newest first: what the log says, with the names the vault has for them.
 * @param acknowledged which the person said on this one to be theirs. Not in the vault: whoever adds a browser has that
 *   too, and would end the alarm about itself.
 */
export function deviceViews(log: UserLog | undefined, keys: Keys, acknowledged: ReadonlySet<string>): readonly DeviceView[] {
	const here = log?.devices.get(keys.device)?.added ?? 0;
	return [...(log?.devices ?? [])]
		.map(([id, device]): DeviceView => {
			const note = keys.content.devices[id];
			const current = id === keys.device;
			return {
				id,
				name: note?.name || null,
				current,
				since: device.since,
				lastUsed: note?.day || null,
				revoked: device.revoked !== null,
				known: current || device.added < here || acknowledged.has(id),
			};
		})
		.reverse();
}

export const isRevoked = (log: UserLog | undefined, device: DeviceId): boolean => (log?.devices.get(device)?.revoked ?? null) !== null;

const ACKNOWLEDGED = 'own-devices';

/** Browsers that the person said, on this one, to be theirs. */
export async function readAcknowledged({ store }: Ports): Promise<ReadonlySet<string>> {
	return new Set(await store.get<readonly string[]>('notes', ACKNOWLEDGED));
}

export const writeAcknowledged = ({ store }: Ports, devices: ReadonlySet<string>): Promise<void> =>
	store.write([{ bucket: 'notes', key: ACKNOWLEDGED, value: [...devices] }]);

/** Says in the vault what is known of a device. */
export function withDevice(content: VaultContent, device: DeviceId, change: Partial<VaultContent['devices'][string]>): VaultContent {
	const before = content.devices[device] ?? { name: '', day: '' };
	return withEntry(content, 'devices', device, { ...before, ...change });
}

/** Notes that this device was used today, unless that is noted already. */
export async function noteUse({ keys, ports }: Membership): Promise<void> {
	const today = dayOf(ports.now());
	if (keys.content.devices[keys.device]?.day === today) return;
	await keys.update((content) => withDevice(content, keys.device, { day: today }));
}

/** An encryption key is renewed this often even when no device was lost. */
const SCHEDULED = 30 * 24 * 60 * 60;

/**
 * True when the own keys are to be renewed: a device was revoked and what it held is still in force (somebody wiped it,
 * or the phone died in between), or they are a month old.
 * @param now seconds since 1970
 */
export function owesNewKeys(log: UserLog, now: number): boolean {
	const last = log.keys.at(-1);
	return last !== undefined && (revokedBetween(log, last.seq) || now - last.since > SCHEDULED);
}

/**
 * Revokes a device (`null`: one that is revoked already) and renews what it held: the person's encryption key and the
 * vault's. Every space this person is in is told, so that its next key comes before anything else is written.
 */
export async function revokeAndRenew(self: Membership, device: DeviceId | null): Promise<void> {
	const { chains, keys, ports } = self;
	const key = await kemKeyFromSeed(ports.random(32));
	// First into the vault: a key that stands in the log and that nobody has would lock this person out.
	await keys.replace(async (vault) => {
		const content = { ...vault.content, userKeys: [...vault.content.userKeys, key.seed] };
		return renewKey({ ...vault, content }, ports.random);
	});
	await chains.commit(signerOf(self), async (stage) => {
		const log = ownLog(stage, keys);
		if (device !== null && !isRevoked(log, device)) await addUserLink(stage, keys, 'device.revoke', { device: idBytes(device) });
		const generation = ownLog(stage, keys).keys.length + 1;
		await addUserLink(stage, keys, 'key.new', { generation, key: idBytes(publicKeyHash(key.publicKey)) });
		for (const space of ownSpaces(stage, keys)) await declareOwnLog(stage, keys, space);
		return { wraps: [], publicKeys: [key.publicKey] };
	});
}

function ownLog({ world }: Stage, { account }: Keys): UserLog {
	const log = world.users.get(account);
	if (!log) throw new Problem('unknown-sender');
	return log;
}

const addUserLink = (stage: Stage, { account }: Keys, type: string, body: { [key: string]: Uint8Array | number }) =>
	stage.add({ kind: 'user', chain: account as string as SpaceId, type, body, byIdentity: true });

function ownSpaces({ world, now }: Stage, { account }: Keys): readonly SpaceId[] {
	const isMember = (space: SpaceId) => {
		const roster = world.rosters.get(space);
		return roster !== undefined && roleOf(roster, account, Math.max(now, roster.time)) !== null;
	};
	return [...world.rosters.keys()].filter(isMember);
}

function declareOwnLog(stage: Stage, keys: Keys, space: SpaceId) {
	const { seq, head } = ownLog(stage, keys);
	const body = { account: idBytes(keys.account), log: [seq, idBytes(head)] };
	return stage.add({ kind: 'roster', chain: space, type: 'member.rekey', body });
}

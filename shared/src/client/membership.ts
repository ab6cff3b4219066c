import type { Wrap } from '../api/schemas.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type AccountId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { generationAt } from '../chain/roster.ts';
import { keyAt } from '../chain/user-log.ts';
import type { World } from '../chain/world.ts';
import { hash } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';
import { bodyId, Stage, type Chains, type Signer } from './chains.ts';
import { wrapGeneration } from './generations.ts';
import { invitationFragment, invitationKeys, newInvitationSecret, sealLetter, type InvitationKeys, type Letter } from './invitation.ts';
import type { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import { publicKeys } from './public-keys.ts';
import { addRotation, type Rotation } from './rotation.ts';
import { createSpaceLinks } from './space-links.ts';
import type { InviteInput, OnProgress, PendingView } from './types.ts';

const LIFETIME = 72 * 60 * 60;
export const NOTHING_ELSE = { wraps: [], publicKeys: [] };

/** What changes who belongs where: each function signs links and has them accepted. */
export interface Membership {
	readonly ports: Ports;
	readonly chains: Chains;
	readonly keys: Keys;
}

/** Who signs for this account on this device. */
export const signerOf = ({ keys }: Membership): Signer => ({
	account: keys.account,
	identity: keys.identity,
	device: { id: keys.device, key: keys.deviceKey },
});

/** @throws Problem `not-found` before the directory is known */
export function forumOf(world: World): NonNullable<World['directory']> {
	if (!world.directory) throw new Problem('not-found');
	return world.directory;
}

export async function addOrganisation(self: Membership): Promise<OrganisationId> {
	const organisation = idOf<OrganisationId>(self.ports.random(SHORT_ID_LENGTH));
	await self.chains.commit(signerOf(self), async (stage) => {
		await stage.add({
			kind: 'directory',
			chain: forumOf(stage.world).id,
			type: 'organisation.add',
			body: { organisation: bodyId(organisation) },
		});
		return NOTHING_ELSE;
	});
	return organisation;
}

export async function createSpace(self: Membership): Promise<SpaceId> {
	const { keys, ports, chains } = self;
	let made: { space: SpaceId; generation: number; key: Bytes } | null = null;
	await chains.commit(signerOf(self), async (stage) => {
		made = await createSpaceLinks(stage, forumOf(stage.world).id, ports.random);
		return { publicKeys: [], wraps: [await wrapFor(self, stage.world, keys.account, made)] };
	});
	const { space, generation, key } = made as unknown as { space: SpaceId; generation: number; key: Bytes };
	await keys.rememberGeneration(space, generation, key);
	return space;
}

/** Adds this browser to the account's user log. */
export async function addDevice(self: Membership): Promise<void> {
	const { keys } = self;
	await self.chains.commit(signerOf(self), async (stage) => {
		const known = stage.world.users.get(keys.account)?.devices.has(keys.device);
		if (known) throw new Problem('rejected-link', { rule: 'device-is-new' });
		await stage.add({
			kind: 'user',
			chain: keys.account as never,
			type: 'device.add',
			body: { device: keys.deviceKey.publicKey },
			byIdentity: true,
		});
		return NOTHING_ELSE;
	});
}

/** Signs the revocation of this browser, without sending it. */
export async function revocationOf(self: Membership): Promise<Bytes> {
	const { chains, keys, ports } = self;
	const stage = new Stage(chains.world, signerOf(self), Math.floor(ports.now() / 1000));
	const body = { device: idBytes(keys.device) };
	const link = await stage.add({ kind: 'user', chain: keys.account as never, type: 'device.revoke', body, byIdentity: true });
	return link.bytes;
}

/** Creates an invitation, its letter, and wraps of the current keys, so that joining needs nobody online. */
export async function invite(
	self: Membership,
	input: InviteInput,
	letter: Letter,
): Promise<{ keys: InvitationKeys; fragment: string; secret: Bytes }> {
	const secret = newInvitationSecret(self.ports.random);
	const invitation = await invitationKeys(secret);
	const sealed = await sealLetter(invitation, letter, self.ports.random);
	await self.chains.commit(signerOf(self), async (stage) => {
		await stage.add({
			kind: 'directory',
			chain: forumOf(stage.world).id,
			type: 'invitation.create',
			body: invitationBody(self, invitation, input),
		});
		const isClosed = (space: SpaceId) => stage.world.rosters.get(space)?.history === 'joining';
		// Where newcomers may not read back, the joiner's own program makes the key it begins with.
		const open = input.approval ? [] : input.spaces.filter((space) => !isClosed(space));
		const wraps = await Promise.all(open.map((space) => wrapForInvitation(self, stage.world, invitation, space)));
		return { wraps, publicKeys: [invitation.kem.publicKey], sealed: { invitation: invitation.id, bytes: sealed } };
	});
	const fragment = invitationFragment(secret, forumOf(self.chains.world).id, self.keys.identity.publicKey);
	return { keys: invitation, fragment, secret };
}

function invitationBody(self: Membership, invitation: InvitationKeys, input: InviteInput) {
	return {
		invitation: idBytes(invitation.id),
		kem: hash('public-key', invitation.kem.publicKey),
		organisation: bodyId(input.organisation),
		role: input.role,
		spaces: input.spaces.map((space) => idBytes(space)),
		expires: Math.floor(self.ports.now() / 1000) + (input.lifetime ?? LIFETIME),
		approval: input.approval,
		replaces: input.replaces === undefined ? null : idBytes(input.replaces),
	};
}

async function wrapForInvitation(self: Membership, world: World, invitation: InvitationKeys, space: SpaceId): Promise<Wrap> {
	const { generation, key } = currentKey(self, world, space);
	return {
		space,
		generation,
		recipient: invitation.id as never,
		bytes: await wrapGeneration(invitation.kem.publicKey, space, generation, key),
	};
}

function currentKey({ keys }: Membership, world: World, space: SpaceId): { generation: number; key: Bytes } {
	const roster = world.rosters.get(space);
	const generation = roster ? (generationAt(roster, roster.seq)?.generation ?? 0) : 0;
	const key = keys.generation(space, generation);
	if (!key) throw new Problem('wrong-key');
	return { generation, key };
}

export async function revokeInvitation(self: Membership, invitation: string): Promise<void> {
	await self.chains.commit(signerOf(self), async (stage) => {
		await stage.add({
			kind: 'directory',
			chain: forumOf(stage.world).id,
			type: 'invitation.revoke',
			body: { invitation: bodyId(invitation) },
		});
		return NOTHING_ELSE;
	});
}

/** Adds somebody whose six words were compared to every space of the invitation, with the current keys. */
export async function approve(self: Membership, pending: Omit<PendingView, 'words'>): Promise<void> {
	const until = pending.role === 'guest' ? Math.floor(self.ports.now() / 1000) + LIFETIME : null;
	const members = pending.spaces.map((space) => ({ space, account: pending.account, role: pending.role, until }));
	await addMembers(self, members);
}

export interface NewMember {
	readonly space: SpaceId;
	readonly account: AccountId;
	readonly role: Role;
	readonly until: number | null;
}

/** Adds people to spaces, each with the key in force, or with a new one where newcomers may not read back. */
export async function addMembers(self: Membership, members: readonly NewMember[], onProgress?: OnProgress): Promise<void> {
	let rotations: Rotation[] = [];
	await self.chains.commit(signerOf(self), async (stage) => {
		const wraps: Wrap[] = [];
		rotations = [];
		for (const member of members) {
			await addMember(stage, member);
			if (stage.world.rosters.get(member.space)?.history === 'joining') {
				rotations.push(await addRotation(stage, member.space, { ...self, onProgress }));
			} else {
				const current = { space: member.space, ...currentKey(self, stage.world, member.space) };
				wraps.push(await wrapFor(self, stage.world, member.account, current));
			}
		}
		return { wraps: [...wraps, ...rotations.flatMap((rotation) => rotation.wraps)], publicKeys: [] };
	});
	await rememberRotations(self, rotations);
}

/** The keys that a batch of ours made, once the server has taken it. */
export async function rememberRotations({ keys }: Membership, rotations: readonly Rotation[]): Promise<void> {
	if (rotations.length > 0) await keys.rememberGenerations(rotations);
}

function addMember(stage: Stage, { space, account, role, until }: NewMember) {
	const log = stage.world.users.get(account);
	if (!log) throw new Problem('unknown-sender');
	const body = { account: idBytes(account), role, until, invitation: null, log: [log.seq, idBytes(log.head)] };
	return stage.add({ kind: 'roster', chain: space, type: 'member.add', body });
}

async function wrapFor(
	{ ports }: Membership,
	world: World,
	account: AccountId,
	{ space, generation, key }: { space: SpaceId; generation: number; key: Bytes },
): Promise<Wrap> {
	const log = world.users.get(account);
	if (!log) throw new Problem('unknown-sender');
	const publicKey = (await publicKeys(ports, [keyAt(log)])).get(keyAt(log)) ?? new Uint8Array();
	return { space, generation, recipient: account, bytes: await wrapGeneration(publicKey, space, generation, key) };
}

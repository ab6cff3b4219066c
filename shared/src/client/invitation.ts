import { invitations } from '../api/index.ts';
import { openInvitationMessage } from '../api/proof.ts';
import { fromBase64url, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { idBytes, idOf, type AccountId, type ChainId, type InvitationId } from '../bytes/ids.ts';
import type { Invitation } from '../chain/directory.ts';
import { isInvitationOpenAt } from '../chain/directory.ts';
import { completeEach } from '../chain/abridged.ts';
import type { Link } from '../chain/link.ts';
import { accountOf } from '../chain/user-log.ts';
import { acceptLinks, emptyWorld, type World } from '../chain/world.ts';
import { derive } from '../crypto/derive.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { sign, signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { prepareToVerify } from '../crypto/verify.ts';
import { kemKeyFromSeed, type KemKey } from '../crypto/wrap.ts';
import { isProblem, Problem } from '../problem.ts';
import * as v from 'valibot';
import type { Ports } from './ports.ts';

const VERSION = '1';
const SECRET_LENGTH = 16;
const LIMITS = { bytes: 16 * 1024, items: 200, depth: 4 };

/** Names an invitee reads; sealed to the link's secret. */
const letter = v.strictObject({ forum: v.string(), organisation: v.string(), inviter: v.string(), spaces: v.array(v.string()) });
export type Letter = v.InferOutput<typeof letter>;

/** What the fragment of an invitation link holds. It never reaches the server. */
export interface InvitationLink {
	readonly secret: Bytes;
	readonly forum: ChainId;
	readonly inviter: AccountId;
	/** Identity key of the inviter. */
	readonly ik: Bytes;
}

export interface InvitationKeys {
	readonly id: InvitationId;
	readonly signing: SigningKey;
	readonly kem: KemKey;
	readonly sealing: CryptoKey;
}

/** Checked links, in the order the server took them. */
export interface KnownChains {
	readonly links: readonly Link[];
}

/** An invitation whose chains were checked from their first links. */
export interface OpenedInvitation {
	readonly link: InvitationLink;
	readonly keys: InvitationKeys;
	readonly invitation: Invitation;
	readonly letter: Letter;
	readonly world: World;
	readonly wraps: readonly { space: ChainId; generation: number; bytes: Uint8Array }[];
	/** The links as they came: they need not be fetched and checked a second time. */
	readonly known: KnownChains;
}

export const newInvitationSecret = (random: (length: number) => Bytes): Bytes => random(SECRET_LENGTH);

export const invitationFragment = (secret: Uint8Array, forum: ChainId, ik: Uint8Array): string =>
	[VERSION, toBase64url(secret), forum, toBase64url(ik)].join('.');

/** Everything that an invitation can do comes from its secret. */
export async function invitationKeys(secret: Uint8Array): Promise<InvitationKeys> {
	const signing = await signingKeyFromSeed(await derive(secret, 'invitation-signing'));
	return {
		id: idOf<InvitationId>(signing.publicKey),
		signing,
		kem: await kemKeyFromSeed(await derive(secret, 'invitation-kem')),
		sealing: await importSealingKey(await derive(secret, 'invitation-sealing')),
	};
}

export const sealLetter = (keys: InvitationKeys, content: Letter, random: (length: number) => Bytes): Promise<Bytes> =>
	seal(keys.sealing, 'invitation-sealing', encodeCbor(content), idBytes(keys.id), random);

/**
 * Reads an invitation link and checks what the server shows for it, before any key is made.
 * @throws Problem `invitation-invalid` for everything that is wrong with it, `offline`
 */
export async function openInvitation(ports: Ports, fragment: string): Promise<OpenedInvitation> {
	try {
		prepareToVerify();
		const link = readFragment(fragment);
		const keys = await invitationKeys(link.secret);
		const signature = await sign(keys.signing, 'invitation-open', openInvitationMessage(link.forum));
		const answer = await ports.transport.call(invitations.open, { params: {}, request: { invitation: keys.id, signature } });
		const { world, links } = await acceptLinks(emptyWorld, completeEach(answer.links, emptyWorld));
		const known = { links };
		const invitation = checkedInvitation(world, link, keys, Math.floor(ports.now() / 1000));
		return { link, keys, invitation, world, letter: await openLetter(keys, answer.sealed), wraps: answer.wraps, known };
	} catch (error) {
		if (isProblem(error, 'offline', 'too-many-attempts')) throw error;
		throw new Problem('invitation-invalid');
	}
}

function readFragment(fragment: string): InvitationLink {
	const [version, secret, forum, ik, ...rest] = fragment.replace(/^#/, '').split('.', 5);
	if (version !== VERSION || !secret || !forum || !ik || rest.length > 0) throw new Problem('invitation-invalid');
	const secretBytes = fromBase64url(secret);
	const ikBytes = fromBase64url(ik);
	if (secretBytes.length !== SECRET_LENGTH || ikBytes.length !== 32) throw new Problem('invitation-invalid');
	return { secret: secretBytes, forum: idOf<ChainId>(idBytes(forum)), ik: ikBytes, inviter: accountOf(ikBytes) };
}

/** The forum, the inviter and the invitation are the ones the link names; all else is a false forum. */
function checkedInvitation(world: World, link: InvitationLink, keys: InvitationKeys, now: number): Invitation {
	const { directory } = world;
	const invitation = directory?.invitations.get(keys.id);
	const genuine = directory?.id === link.forum && invitation?.by === link.inviter && directory.coordinators.has(link.inviter);
	if (!genuine || !invitation || !isInvitationOpenAt(directory, invitation, directory.seq, now)) throw new Problem('invitation-invalid');
	if (invitation.spaces.some((space) => !world.rosters.has(space))) throw new Problem('invitation-invalid');
	return invitation;
}

async function openLetter(keys: InvitationKeys, sealed: Uint8Array): Promise<Letter> {
	const content = decodeCbor(await open(keys.sealing, 'invitation-sealing', sealed, idBytes(keys.id)), LIMITS);
	return v.parse(letter, content);
}

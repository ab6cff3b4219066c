import * as v from 'valibot';
import {
	ID_LENGTH,
	idOf,
	SHORT_ID_LENGTH,
	type AccountId,
	type ChainId,
	type DeviceId,
	type Hash,
	type InvitationId,
	type OrganisationId,
	type SpaceId,
} from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import type { Cite } from './link.ts';
import { ROLES } from './roles.ts';

const bytesOf = (length: number) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((value) => value.length === length, 'length'),
	);
const id = <T extends string>(length: number = ID_LENGTH) =>
	v.pipe(
		bytesOf(length),
		v.transform((value) => idOf<T>(value)),
	);

const account = id<AccountId>();
const organisation = id<OrganisationId>(SHORT_ID_LENGTH);
const invitation = id<InvitationId>();
/** Hash of a public encryption key; the key itself is served beside the chain. */
const keyHash = id<Hash>();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A place in somebody's user log: `[seq, hash]`. */
const cite = v.pipe(
	v.strictTuple([count, id<Hash>()]),
	v.transform(([seq, head]): Cite => ({ seq, head })),
);
const role = v.picklist(ROLES);
const bytes = (most: number) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((value) => value.length > 0 && value.length <= most, 'length'),
	);
const MOST_SPACES = 32;

/** What each type of link says. Ids travel as bytes and are read as text. */
export const bodies = {
	// user log
	'identity.create': v.strictObject({ ik: bytesOf(32), key: keyHash }),
	'device.add': v.strictObject({ device: id<DeviceId>() }),
	'device.revoke': v.strictObject({ device: id<DeviceId>() }),
	'key.new': v.strictObject({ generation: count, key: keyHash }),
	// directory
	'forum.create': v.strictObject({ host: organisation, salt: bytesOf(16) }),
	'organisation.add': v.strictObject({ organisation }),
	'organisation.remove': v.strictObject({ organisation }),
	'account.admit': v.strictObject({ ik: bytesOf(32), key: keyHash, invitation, proof: bytesOf(64) }),
	'account.remove': v.strictObject({ account }),
	'representative.add': v.strictObject({ account }),
	'representative.remove': v.strictObject({ account }),
	/** The key by which the author's organisation signs from now on; by one of its representatives. */
	'organisation.key': v.strictObject({ key: bytesOf(32) }),
	'coordinator.add': v.strictObject({ account }),
	'coordinator.remove': v.strictObject({ account }),
	'invitation.create': v.strictObject({
		invitation,
		kem: keyHash,
		organisation,
		role,
		spaces: v.pipe(v.array(id<SpaceId>()), v.maxLength(MOST_SPACES)),
		expires: count,
		approval: v.boolean(),
		/** Whose place the joiner takes, after everything was lost there. */
		replaces: v.nullable(account),
	}),
	'invitation.revoke': v.strictObject({ invitation }),
	'recovery.approve': v.strictObject({ account, key: id<Hash>() }),
	'recovery.refuse': v.strictObject({ account, key: id<Hash>() }),
	// roster
	'space.create': v.strictObject({ forum: id<ChainId>(), salt: bytesOf(16) }),
	/** `log`: the user log of somebody who is added by another, so that keys go to the newest encryption key. */
	'member.add': v.strictObject({
		account,
		role,
		until: v.nullable(count),
		invitation: v.nullable(invitation),
		log: v.nullable(cite),
	}),
	'member.remove': v.strictObject({ account }),
	/** A member's user log has gone on to this place; by anybody, since the log speaks for itself. */
	'member.rekey': v.strictObject({ account, log: cite }),
	'role.set': v.strictObject({ account, role }),
	'key.rotate': v.strictObject({ generation: count, commitment: bytesOf(32), recipients: id<Hash>(), back: v.nullable(bytes(128)) }),
	'policy.set': v.strictObject({ history: v.picklist(['everything', 'joining']) }),
} as const;

export type BodyType = keyof typeof bodies;
export type Body<Type extends BodyType> = v.InferOutput<(typeof bodies)[Type]>;

/** @throws Problem `malformed` when the body is not of the link's type */
export function readBody<Type extends BodyType>(type: Type, body: unknown): Body<Type> {
	const result = v.safeParse(bodies[type], body);
	if (!result.success) throw new Problem('malformed', { reason: `body of ${type}` });
	return result.output as Body<Type>;
}

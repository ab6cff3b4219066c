import * as v from 'valibot';
import type { Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import type { Hash, InvitationId, SpaceId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';

/** Room for forty thousand items: ten years of weekly keys in forty spaces. A hostile vault must not hold the page. */
const LIMITS = { bytes: 1024 * 1024, items: 40_000, depth: 8 };
const bytes = v.pipe(
	v.instance(Uint8Array),
	v.transform((value): Bytes => new Uint8Array(value)),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const schema = v.strictObject({
	/** Grows with every write: what a device remembers so that an old vault is not taken for new. */
	version: count,
	root: bytes,
	/** What the person wants to be called: told to every space they enter. */
	name: v.string(),
	/** Seeds of the person's encryption keys, the newest last. */
	userKeys: v.array(bytes),
	/** Generation keys of each space; `<space>/<generation>`. */
	generations: v.record(v.string(), bytes),
	/** Heads last seen: chain → [seq, head]. A server that goes back behind one is lying. */
	pins: v.record(v.string(), v.strictTuple([count, v.string()])),
	/** Secrets of the invitations this person made, so that a link can be shown again. */
	invitations: v.record(v.string(), bytes),
	/** Own browsers: what they are called, and the last day of use. */
	devices: v.optional(v.record(v.string(), v.strictObject({ name: v.string(), day: v.string() })), {}),
	/** Ways to unlock, `<kind>/<id>`: what they are called, where and when they were made. */
	methods: v.optional(v.record(v.string(), v.strictObject({ label: v.string(), device: v.string(), since: count })), {}),
	/** Whose safety code was compared, and what came of it. */
	people: v.optional(v.record(v.string(), v.strictObject({ outcome: v.picklist(['match', 'mismatch']), since: count })), {}),
	/** Seeds of the keys by which this person's organisation signs, by public key. */
	organisationKeys: v.optional(v.record(v.string(), bytes), {}),
	/** Recovery by two: what was deposited, and for which coordinators with which encryption keys (hashes). */
	recovery: v.optional(v.nullable(v.strictObject({ deposit: v.string(), since: count, holders: v.record(v.string(), v.string()) })), null),
});

/** Everything of a person that must survive the loss of every device. */
export type VaultContent = v.InferOutput<typeof schema>;

export const emptyVault = (root: Bytes, userKey: Bytes, name = ''): VaultContent => ({
	version: 1,
	root,
	name,
	userKeys: [userKey],
	generations: {},
	pins: {},
	invitations: {},
	devices: {},
	methods: {},
	people: {},
	organisationKeys: {},
	recovery: null,
});

export const encodeVault = (content: VaultContent): Bytes => encodeCbor(content);

/** @throws Problem `malformed` */
export function decodeVault(encoded: Uint8Array): VaultContent {
	const result = v.safeParse(schema, decodeCbor(encoded, LIMITS));
	if (!result.success) throw new Problem('malformed', { reason: 'vault' });
	return result.output;
}

export const generationName = (space: SpaceId, generation: number): string => `${space}/${generation}`;

export const withGeneration = (content: VaultContent, space: SpaceId, generation: number, key: Bytes): VaultContent => ({
	...content,
	generations: { ...content.generations, [generationName(space, generation)]: key },
});

export const withPin = (content: VaultContent, chain: string, seq: number, head: Hash): VaultContent => ({
	...content,
	pins: { ...content.pins, [chain]: [seq, head] },
});

export const withInvitation = (content: VaultContent, invitation: InvitationId, secret: Bytes): VaultContent => ({
	...content,
	invitations: { ...content.invitations, [invitation]: secret },
});

/** One entry of a map of the vault changed, or (`null`) gone. */
export function withEntry<Name extends 'devices' | 'methods' | 'people'>(
	content: VaultContent,
	name: Name,
	key: string,
	entry: VaultContent[Name][string] | null,
): VaultContent {
	const { [key]: _, ...others } = content[name];
	return { ...content, [name]: entry === null ? others : { ...others, [key]: entry } };
}

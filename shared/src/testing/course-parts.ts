import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type ChainId, type Hash, type SpaceId } from '../bytes/ids.ts';
import { decodeLink, encodeLink, encodeLinkContent, type Cite, type Link, type LinkContent } from '../chain/link.ts';
import type { World } from '../chain/world.ts';
import type { InvitationKeys } from '../client/invitation.ts';
import { sign, type SigningKey } from '../crypto/sign.ts';
import type { Person } from './person.ts';

/** One thing that somebody tries. Numbers choose among what there is at that moment, whatever they are. */
export interface Step {
	readonly action: number;
	readonly actor: number;
	readonly other: number;
	readonly space: number;
	readonly value: number;
	/** How dishonest the link is: see `course-twists.ts`. */
	readonly twist: number;
}

/** What somebody wants to say, before it is a link. */
export interface Wish {
	readonly by: Person;
	readonly kind: Link['kind'];
	readonly chain: ChainId | null;
	readonly type: string;
	readonly body: LinkContent['body'];
	readonly byIdentity?: boolean;
}

/** An invitation that somebody made, accepted or not. */
export interface OfferedInvitation {
	readonly keys: InvitationKeys;
	readonly expires: number;
}

/** What people find when they try something. */
export interface Stand {
	readonly world: World;
	/** Seconds since 1970. */
	readonly now: number;
	readonly accepted: readonly Link[];
	readonly invitations: OfferedInvitation[];
	readonly spaces: readonly SpaceId[];
	/** Each person on each of their devices. */
	readonly people: readonly (readonly Person[])[];
	readonly random: (length: number) => Bytes;
	person(number: number, device?: number): Person;
	/** Somebody on a device that may sign, if there is one. */
	whoIs(account: AccountId): Person;
	wait(days: number): void;
}

/** What becomes a link: its contents, and the key that signs them. */
export interface Unsigned {
	readonly content: LinkContent;
	readonly key: SigningKey;
}

/** Signs contents, whatever they say. */
export async function linkOf({ content, key }: Unsigned): Promise<Link> {
	const signed = encodeLinkContent(content);
	return decodeLink(encodeLink(signed, await sign(key, 'link', signed)));
}

interface Tail {
	readonly seq: number;
	readonly head: Hash;
	readonly time: number;
	readonly heads: readonly Hash[];
}

export function tailOf(world: World, kind: Link['kind'], chain: ChainId | null, account: AccountId): Tail | null {
	if (kind === 'user') return world.users.get(account) ?? null;
	if (kind === 'directory') return chain === null ? null : world.directory;
	return (chain && world.rosters.get(chain)) ?? null;
}

/** Ids as bodies carry them. */
export const placeOf = (cite: Cite): [number, Uint8Array] => [cite.seq, idBytes(cite.head)];

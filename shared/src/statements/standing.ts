import type { Bytes } from '../bytes/bytes.ts';
import type { AccountId, OrganisationId, SpaceId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { VerifiedEvent } from '../client/types.ts';
import type { Voice } from '../log/event.ts';
import type { Standing } from '../positions/standing.ts';
import { standingOf, type Told } from '../positions/standing-of.ts';

/** The place of the chains that an event cites; `null`: the newest that is known. */
type Moment = VerifiedEvent | null;

/** Who is who, and by which keys organisations sign. */
export interface SigningStanding extends Pick<Standing, 'organisationOf' | 'isRepresentative' | 'personOf' | 'asksForTwo'> {
	keyOf(organisation: OrganisationId, at: Moment): Bytes | null;
	/** Whose key this is, or once was. */
	organisationOfKey(key: Uint8Array): OrganisationId | null;
}

/** Who acts, as what, in whose voice, and when (seconds since 1970). */
export interface Actor {
	readonly account: AccountId;
	readonly role: Role;
	readonly voice: Voice;
	readonly time: number;
	readonly at: Moment;
}

export const actorOf = (event: VerifiedEvent): Actor => ({
	account: event.author,
	role: event.role,
	voice: event.voice,
	time: event.time,
	at: event,
});

/** The organisation for which somebody signs; `null` when they may sign for none. */
export function signsFor({ account, voice, at }: Actor, standing: SigningStanding): OrganisationId | null {
	return voice === 'organisation' && standing.isRepresentative(account, at) ? standing.organisationOf(account, at) : null;
}

/** What tells who is who in a space, and by which keys. */
export const signingStandingOf = (told: Told, space: SpaceId): SigningStanding => ({
	...standingOf(told, space),
	keyOf: (organisation, at) => told.directory.keyOf(organisation, at && at.directory),
	organisationOfKey: (key) => told.directory.organisationOfKey(key),
});

import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { rankOf, type Role } from '../chain/roles.ts';
import type { VerifiedEvent } from '../client/types.ts';
import type { Voice } from '../log/event.ts';
import { todayAnywhere, type Today } from './days.ts';

/** The place of the chains that an event cites; `null`: the newest that is known, for whoever is about to act. */
export type Moment = VerifiedEvent | null;

/**
 * Who is who, as the directory tells it. Every answer is about the place of the chain that the event cites, so that it is the same for
 * every reader and at any later time.
 */
export interface Standing {
	organisationOf(account: AccountId, at: Moment): OrganisationId | null;
	/** May this account bind its organisation? */
	isRepresentative(account: AccountId, at: Moment): boolean;
	/** The first account of a person who has had several, one in place of another. */
	personOf(account: AccountId): AccountId;
	/** Does this organisation let two representatives speak for it, never one? */
	asksForTwo(organisation: OrganisationId, at: Moment): boolean;
	isOrganisation(organisation: OrganisationId, at: Moment): boolean;
	isHost(organisation: OrganisationId): boolean;
	/** Names of the constituencies to which an organisation says it belongs. */
	constituenciesOf(organisation: OrganisationId, at: Moment): readonly string[];
}

/** Who acts, as what, in whose voice, and when (seconds since 1970). */
export interface Actor {
	readonly account: AccountId;
	readonly role: Role;
	readonly voice: Voice;
	readonly time: number;
	readonly today: Today;
	readonly at: Moment;
}

/** Whoever wrote an event, as the rules see them. */
export const actorOf = (event: VerifiedEvent): Actor => ({
	account: event.author,
	role: event.role,
	voice: event.voice,
	time: event.time,
	today: todayAnywhere(event.time),
	at: event,
});

/** Facilitators and coordinators: who opens, ends and closes decisions. */
export const isFacilitator = (role: Role): boolean => rankOf(role) >= rankOf('facilitator');

/** Who may put an issue and its text: whoever opened it, and who facilitates. */
export const leads = ({ role, account }: Pick<Actor, 'role' | 'account'>, opener: AccountId | null): boolean =>
	isFacilitator(role) || account === opener;

/** The organisation for which somebody speaks; `null` when they speak for none. */
export function speaksFor(
	actor: Pick<Actor, 'account' | 'voice' | 'at'>,
	standing: Pick<Standing, 'organisationOf' | 'isRepresentative'>,
): OrganisationId | null {
	if (actor.voice !== 'organisation' || !standing.isRepresentative(actor.account, actor.at)) return null;
	return standing.organisationOf(actor.account, actor.at);
}

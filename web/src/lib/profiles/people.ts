import type { AccountId, OrganisationId } from '@multaqa/shared/bytes/ids';
import type { MemberView, Role, SpaceView } from '@multaqa/shared/client/types';
import { compareNames } from '../i18n/names.ts';
import { m } from '../paraglide/messages.js';

/** What is known of somebody wherever the name stands: of a member of a space, or of the forum. */
export type Known = Pick<MemberView, 'account' | 'name' | 'organisation' | 'organisationName' | 'trust'>;

/** A name, and how far it is verified where that is known. */
export type Named = Pick<Known, 'name'> & Partial<Pick<Known, 'trust'>>;

const roles: Record<Role, () => string> = {
	coordinator: () => m.role_coordinator(),
	facilitator: () => m.role_facilitator(),
	member: () => m.role_member(),
	observer: () => m.role_observer(),
	guest: () => m.role_guest(),
};

/** A role in the reader's language. */
export const roleText = (role: Role): string => roles[role]();

/** People by organisation, then by name; names without the article «ال». */
export function inOrder<Person extends Known>(people: readonly Person[]): Person[] {
	return people.toSorted(
		(a, b) => compareNames(a.organisationName, b.organisationName) || compareNames(a.name, b.name) || (a.account < b.account ? -1 : 1),
	);
}

/** The people of one organisation. */
export interface Group<Person extends Known> {
	readonly organisation: OrganisationId | null;
	readonly name: string | null;
	readonly people: readonly Person[];
}

/** People under their organisations, both in order. */
export function byOrganisation<Person extends Known>(people: readonly Person[]): Group<Person>[] {
	const groups = new Map<OrganisationId | null, Person[]>();
	for (const person of inOrder(people)) groups.set(person.organisation, [...(groups.get(person.organisation) ?? []), person]);
	return [...groups].map(([organisation, members]) => ({ organisation, name: members[0]?.organisationName ?? null, people: members }));
}

/** The organisation that this account may speak for in a space; `null` when it may not, or the name is not told yet. */
export function ownOrganisation({ members, may }: SpaceView, account: AccountId | null): string | null {
	if (!may.speakForOrganisation || account === null) return null;
	return memberBy(members, account)?.organisationName ?? null;
}

/** Somebody as a space knows them, or as the forum does once they have left it. */
export function knownIn(members: readonly Known[], people: readonly Known[], account: AccountId): Known | null {
	return memberBy(members, account) ?? memberBy(people, account);
}

/** The member who wrote something, by account. */
export function memberBy<Person extends Known>(members: readonly Person[], account: AccountId): Person | null {
	return members.find((member) => member.account === account) ?? null;
}

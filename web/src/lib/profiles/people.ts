import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { MemberView, Role } from '@multaqa/shared/client/types';
import { compareNames } from '../i18n/names.ts';
import { m } from '../paraglide/messages.js';

const roles: Record<Role, () => string> = {
	coordinator: () => m.role_coordinator(),
	facilitator: () => m.role_facilitator(),
	member: () => m.role_member(),
	observer: () => m.role_observer(),
	guest: () => m.role_guest(),
};

/** A role in the reader's language. */
export const roleText = (role: Role): string => roles[role]();

/** Members by organisation, then by name; names without the article «ال». */
export function inOrder(members: readonly MemberView[]): MemberView[] {
	return members.toSorted(
		(a, b) => compareNames(a.organisationName, b.organisationName) || compareNames(a.name, b.name) || (a.account < b.account ? -1 : 1),
	);
}

/** The member who wrote something, by account. */
export function memberBy(members: readonly MemberView[], account: AccountId): MemberView | null {
	return members.find((member) => member.account === account) ?? null;
}

import * as v from 'valibot';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { Profiles } from '../client/names.ts';
import type { StreamEvent } from '../client/types.ts';
import { Claims } from './claims.ts';
import { profileEvents } from './events.ts';

/**
 * Reduces an index stream to names. The last word counts; but a name that looks like what another person or
 * organisation is called at that moment was never given.
 * @param mayDescribe who may name spaces and organisations: coordinators
 * @param predecessor whose place somebody took after everything was lost there: that name may be borne on
 */
export function profilesOf(
	index: readonly StreamEvent[],
	mayDescribe: (account: AccountId) => boolean,
	predecessor: (account: AccountId) => AccountId | null = () => null,
): Profiles {
	let title: string | null = null;
	let forum: string | null = null;
	const people = new Claims<AccountId>();
	const organisations = new Claims<OrganisationId>();
	const refused = new Set<AccountId>();
	for (const event of index) {
		if (!event.verified) continue;
		if (event.type === 'profile.set') {
			const content = v.safeParse(profileEvents['profile.set'], event.content);
			if (!content.success) continue;
			const granted = people.claim(event.author, content.output.name, (bearer) => succeeds(event.author, bearer, predecessor));
			if (granted) refused.delete(event.author);
			else refused.add(event.author);
		}
		if (!mayDescribe(event.author)) continue;
		if (event.type === 'space.describe') {
			const content = v.safeParse(profileEvents['space.describe'], event.content);
			if (content.success) ({ title, forum } = content.output);
		}
		if (event.type === 'organisation.describe') {
			const content = v.safeParse(profileEvents['organisation.describe'], event.content);
			if (content.success) organisations.claim(content.output.organisation, content.output.name);
		}
	}
	return { title, forum, people: people.names, organisations: organisations.names, refused };
}

/** True when `account` took the place of `earlier`, or of somebody who did. */
function succeeds(account: AccountId, earlier: AccountId, predecessor: (account: AccountId) => AccountId | null): boolean {
	const passed = new Set([account]);
	for (let before = predecessor(account); before !== null && !passed.has(before); before = predecessor(before)) {
		if (before === earlier) return true;
		passed.add(before);
	}
	return false;
}

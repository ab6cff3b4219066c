import * as v from 'valibot';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { Profiles } from '../client/names.ts';
import type { StreamEvent } from '../client/types.ts';
import { profileEvents } from './events.ts';

/**
 * Reduces an index stream to names. The last word counts.
 * @param mayDescribe who may name spaces and organisations: coordinators
 */
export function profilesOf(index: readonly StreamEvent[], mayDescribe: (account: AccountId) => boolean): Profiles {
	let title: string | null = null;
	let forum: string | null = null;
	const people = new Map<AccountId, string>();
	const organisations = new Map<OrganisationId, string>();
	for (const event of index) {
		if (!event.verified) continue;
		if (event.type === 'profile.set') {
			const content = v.safeParse(profileEvents['profile.set'], event.content);
			if (content.success) people.set(event.author, content.output.name);
		}
		if (!mayDescribe(event.author)) continue;
		if (event.type === 'space.describe') {
			const content = v.safeParse(profileEvents['space.describe'], event.content);
			if (content.success) ({ title, forum } = content.output);
		}
		if (event.type === 'organisation.describe') {
			const content = v.safeParse(profileEvents['organisation.describe'], event.content);
			if (content.success) organisations.set(content.output.organisation, content.output.name);
		}
	}
	return { title, forum, people, organisations };
}

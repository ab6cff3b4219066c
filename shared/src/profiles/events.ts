import * as v from 'valibot';
import type { OrganisationId } from '../bytes/ids.ts';

export const NAME_LIMIT = 120;
const name = v.pipe(
	v.string(),
	v.maxLength(NAME_LIMIT),
	v.check((text) => text.trim() !== ''),
);
const id22 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));

/** Names live in each space's index stream, sealed: chains carry ids only. */
export const profileEvents = {
	/** By a coordinator: what this space is called, and the forum it belongs to. */
	'space.describe': v.strictObject({ title: name, forum: name }),
	/** By a coordinator: what an organisation is called. */
	'organisation.describe': v.strictObject({
		organisation: id22 as unknown as v.GenericSchema<OrganisationId>,
		name,
	}),
	/** By a person, of that person. */
	'profile.set': v.strictObject({ name }),
} as const;

import * as v from 'valibot';
import { organisationId, written } from '../log/content.ts';

export const NAME_LIMIT = 120;
const name = written(NAME_LIMIT);

/** Names live in each space's index stream, sealed: chains carry ids only. */
export const profileEvents = {
	/** By a coordinator: what this space is called, and the forum it belongs to. */
	'space.describe': v.strictObject({ title: name, forum: name }),
	/** By a coordinator: what an organisation is called. */
	'organisation.describe': v.strictObject({
		organisation: organisationId,
		name,
	}),
	/** By a person, of that person. */
	'profile.set': v.strictObject({ name }),
} as const;

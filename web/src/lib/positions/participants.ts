import type { OrganisationId } from '@multaqa/shared/bytes/ids';
import type { ForumView, SpaceView } from '@multaqa/shared/client/types';
import { compareNames } from '../i18n/names.ts';
import { m } from '../paraglide/messages.js';

/** An organisation that somebody belongs to who is in the space. */
export interface Participant {
	readonly id: OrganisationId;
	readonly name: string;
	readonly host: boolean;
}

/** Organisations of a space, by name without the article «ال». */
export function organisationsIn({ members }: SpaceView, forum: ForumView | null): readonly Participant[] {
	const known = new Map(forum?.organisations.map((organisation) => [organisation.id, organisation]));
	const here = new Map(members.flatMap(({ organisation: id, organisationName: name }) => (id === null ? [] : [[id, name] as const])));
	return [...here]
		.map(([id, name]) => ({ id, name: name ?? known.get(id)?.name ?? m.organisation_unnamed(), host: known.get(id)?.host ?? false }))
		.toSorted((a, b) => compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

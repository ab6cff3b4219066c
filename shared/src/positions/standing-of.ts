import type { OrganisationId, SpaceId } from '../bytes/ids.ts';
import type { Client, StreamEvent } from '../client/types.ts';
import { indexStreamOf } from '../log/derived-streams.ts';
import { settingsAt, settingsIn, type Settings, type SettingsHistory } from '../organisations/settings.ts';
import { speaksFor, type Moment, type Standing } from './standing.ts';

/** What tells who is who. */
export type Told = Pick<Client, 'events' | 'directory'>;

const placeOf = (at: Moment): number | null => at && at.directory;

/** The directory's part of a {@link Standing}. */
const standingIn = (directory: Told['directory']): Omit<Standing, 'asksForTwo' | 'constituenciesOf'> => ({
	organisationOf: (account, at) => directory.organisationOf(account, placeOf(at)),
	isRepresentative: (account, at) => directory.isRepresentative(account, placeOf(at)),
	isOrganisation: (organisation, at) => directory.isOrganisation(organisation, placeOf(at)),
	isHost: (organisation) => directory.isHost(organisation),
	personOf: (account) => directory.personOf(account),
});

/** What the organisations of a space say about themselves, as its index stream tells. */
export function settingsOf({ directory }: Pick<Told, 'directory'>, index: readonly StreamEvent[]): SettingsHistory {
	const who = standingIn(directory);
	return settingsIn(index, {
		personOf: who.personOf,
		speaksFor: (event) => speaksFor({ account: event.author, voice: event.voice, at: event }, who),
	});
}

/**
 * Who is who in a space: who represents which organisation by the directory, and what organisations say about themselves by the space's
 * index stream, each as of the place of the event that is judged, so that nothing said later changes what stood before.
 */
export function standingOf(told: Told, space: SpaceId): Standing {
	let read: { readonly index: readonly StreamEvent[]; readonly history: SettingsHistory } | null = null;
	const settings = (organisation: OrganisationId, at: Moment): Settings => {
		const index = told.events(space, indexStreamOf(space));
		if (read?.index !== index) read = { index, history: settingsOf(told, index) };
		return settingsAt(read.history, organisation, at?.position ?? Infinity);
	};
	return {
		...standingIn(told.directory),
		asksForTwo: (organisation, at) => settings(organisation, at).two,
		constituenciesOf: (organisation, at) => settings(organisation, at).constituencies,
	};
}

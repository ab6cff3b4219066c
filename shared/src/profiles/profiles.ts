import type { NamesFeature } from '../client/names.ts';
import { isConfusable } from './claims.ts';
import { profilesOf } from './state.ts';

/** Names of spaces, organisations and people, as events of each space's index stream. */
export const profiles: NamesFeature = {
	space: (title, forum) => ({ type: 'space.describe', content: { title, forum } }),
	organisation: (organisation, name) => ({ type: 'organisation.describe', content: { organisation, name } }),
	person: (name) => ({ type: 'profile.set', content: { name } }),
	read: profilesOf,
	confusable: isConfusable,
};

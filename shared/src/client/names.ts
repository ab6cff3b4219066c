import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import type { FindableFeature } from './findable.ts';
import type { JudgingFeature } from './judging.ts';
import type { StreamEvent } from './types.ts';

/** Names as one space's index stream tells them. */
export interface Profiles {
	readonly title: string | null;
	readonly forum: string | null;
	readonly people: ReadonlyMap<AccountId, string>;
	readonly organisations: ReadonlyMap<OrganisationId, string>;
	/** Whose last wish for a name was not granted, because it resembles an earlier one. */
	readonly refused: ReadonlySet<AccountId>;
}

interface Named {
	readonly type: string;
	readonly content: Cbor;
}

/** How names are written and read: a feature, registered with the engine, which knows none by itself. */
export interface NamesFeature {
	space(title: string, forum: string): Named;
	organisation(organisation: OrganisationId, name: string): Named;
	person(name: string): Named;
	/**
	 * @param mayDescribe who may name spaces and organisations: coordinators
	 * @param predecessor whose place somebody took after everything was lost there: that name may be borne on
	 */
	read(
		index: readonly StreamEvent[],
		mayDescribe: (account: AccountId) => boolean,
		predecessor?: (account: AccountId) => AccountId | null,
	): Profiles;
	/** True when `name` looks like one of the others, or like nothing at all. */
	confusable(name: string, others: Iterable<string>): boolean;
}

/** What is built on the engine and what it needs of it. */
export interface Features {
	readonly names: NamesFeature;
	/** These come when they are needed: visitors do without them. */
	readonly judge: () => Promise<JudgingFeature>;
	readonly findable: () => Promise<FindableFeature>;
}

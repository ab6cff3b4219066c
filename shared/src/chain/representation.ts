import { equalBytes, type Bytes } from '../bytes/bytes.ts';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { rule } from './rule.ts';

/** From one place of the directory to another. */
interface Term {
	readonly from: number;
	readonly to: number | null;
}

/** A key by which an organisation signs what it says to the world: Ed25519, held by its representatives together. */
export interface OrganisationKey {
	readonly key: Bytes;
	/** Place in the directory from which it counts. */
	readonly from: number;
	/** The representative who made it. */
	readonly by: AccountId;
}

/** Who may bind an organisation, since when, and by which keys it signs. */
export interface Representation {
	readonly terms: ReadonlyMap<AccountId, readonly Term[]>;
	/** Of each organisation, the newest last. */
	readonly keys: ReadonlyMap<OrganisationId, readonly OrganisationKey[]>;
}

export const foundedBy = (founder: AccountId): Representation => ({
	terms: new Map([[founder, [{ from: 0, to: null }]]]),
	keys: new Map(),
});

/** True when the account could bind its organisation at place `seq` of the directory. */
export function representsAt({ terms }: Representation, account: AccountId, seq: number): boolean {
	return (terms.get(account) ?? []).some(({ from, to }) => from <= seq && (to === null || to > seq));
}

/** @throws Problem `rejected-link` `representative-state-changes` */
export function withRepresentative(before: Representation, account: AccountId, seq: number): Representation {
	rule('representative-state-changes', !isRepresentative(before, account));
	const terms = [...(before.terms.get(account) ?? []), { from: seq, to: null }];
	return { ...before, terms: new Map(before.terms).set(account, terms) };
}

/** @throws Problem `rejected-link` `representative-state-changes` */
export function withoutRepresentative(before: Representation, account: AccountId, seq: number): Representation {
	rule('representative-state-changes', isRepresentative(before, account));
	return ended(before, [account], seq);
}

/** Accounts that are gone bind nobody any more. */
export function ended(before: Representation, accounts: readonly AccountId[], seq: number): Representation {
	const terms = new Map(before.terms);
	for (const account of accounts) {
		const some = terms.get(account);
		if (some)
			terms.set(
				account,
				some.map((term) => (term.to === null ? { ...term, to: seq } : term)),
			);
	}
	return { ...before, terms };
}

/** A key that no organisation has used before: one that two had would sign for both. @throws Problem `rejected-link` */
export function withKey(before: Representation, organisation: OrganisationId, key: OrganisationKey): Representation {
	const known = [...before.keys.values()].flat();
	rule('organisation-key-is-new', !known.some((other) => equalBytes(other.key, key.key)));
	return { ...before, keys: new Map(before.keys).set(organisation, [...(before.keys.get(organisation) ?? []), key]) };
}

/** The key that counts at place `seq` of the directory. */
export function organisationKeyAt({ keys }: Representation, organisation: OrganisationId, seq: number): OrganisationKey | null {
	return keys.get(organisation)?.findLast(({ from }) => from <= seq) ?? null;
}

/** Whose key this is, or was; `null`: no organisation of this forum ever had it. */
export function organisationOfKey({ keys }: Representation, key: Uint8Array): OrganisationId | null {
	const owner = [...keys].find(([, known]) => known.some((other) => equalBytes(other.key, key)));
	return owner?.[0] ?? null;
}

/**
 * Whether a representative should make a new key: there is none, or somebody who held the last one no longer may.
 * @param members accounts of the organisation, past ones too
 */
export function isKeyDue({ terms, keys }: Representation, organisation: OrganisationId, members: readonly AccountId[]): boolean {
	const ofThem = members.flatMap((account) => terms.get(account) ?? []);
	if (!ofThem.some(({ to }) => to === null)) return false;
	const last = keys.get(organisation)?.at(-1);
	return !last || ofThem.some(({ to }) => to !== null && to > last.from);
}

const isRepresentative = ({ terms }: Representation, account: AccountId): boolean => terms.get(account)?.at(-1)?.to === null;

import type { Bytes } from '../bytes/bytes.ts';
import type { AccountId, OrganisationId } from '../bytes/ids.ts';
import { isAccountAt, isOrganisationAt, isRepresentativeAt, type Directory } from '../chain/directory.ts';
import { organisationKeyAt, organisationOfKey } from '../chain/representation.ts';
import type { World } from '../chain/world.ts';
import type { DirectoryActions } from './actions.ts';

/** Answers questions about the directory at any of its places. */
export class DirectoryReading implements DirectoryActions {
	readonly #forum: { readonly chains: { readonly world: World } };

	constructor(forum: { readonly chains: { readonly world: World } }) {
		this.#forum = forum;
	}

	organisationOf = (account: AccountId, at: number | null): OrganisationId | null =>
		this.#ask(at, (directory, seq) => (isAccountAt(directory, account, seq) ? directory.accounts.get(account)?.organisation : null)) ??
		null;

	isRepresentative = (account: AccountId, at: number | null): boolean =>
		this.#ask(at, (directory, seq) => isRepresentativeAt(directory, account, seq)) ?? false;

	isOrganisation = (organisation: OrganisationId, at: number | null): boolean =>
		this.#ask(at, (directory, seq) => isOrganisationAt(directory, organisation, seq)) ?? false;

	isHost = (organisation: OrganisationId): boolean => this.#directory?.host === organisation;

	personOf = (account: AccountId): AccountId => {
		const replaced = this.#directory?.accounts.get(account)?.replaces ?? null;
		// Whom an account replaces was there before it, so that this comes to an end.
		return replaced === null ? account : this.personOf(replaced);
	};

	keyOf = (organisation: OrganisationId, at: number | null): Bytes | null =>
		this.#ask(at, ({ representation }, seq) => organisationKeyAt(representation, organisation, seq)?.key) ?? null;

	organisationOfKey = (key: Uint8Array): OrganisationId | null =>
		this.#ask(null, ({ representation }) => organisationOfKey(representation, key));

	#ask<Answer>(at: number | null, about: (directory: Directory, seq: number) => Answer): Answer | null {
		const directory = this.#directory;
		return directory && about(directory, at ?? directory.seq);
	}

	get #directory(): Directory | null {
		return this.#forum.chains.world.directory;
	}
}

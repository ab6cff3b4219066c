import type { AccountId, InvitationId, OrganisationId } from '@multaqa/shared/bytes/ids';
import type {
	Client,
	ForumView,
	InvitationView,
	InviteInput,
	OnProgress,
	OrganisationView,
	PendingView,
	PersonView,
} from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';
import { compareNames } from '../i18n/names.ts';

/** The forum as its coordinators run it: organisations, invitations, people who wait. */
export class Forum {
	readonly #client: Client;
	readonly #forum: Watched<ForumView | null>;

	constructor(client: Client) {
		this.#client = client;
		this.#forum = new Watched(client, 'forum', () => client.forum);
	}

	get view(): ForumView | null {
		return this.#forum.current;
	}

	get coordinator(): boolean {
		return this.view?.coordinator ?? false;
	}

	/** Coordinates it, and belongs to the organisation whose server this is. */
	get hosts(): boolean {
		const own = this.people.find(({ trust }) => trust === 'self')?.organisation;
		return this.coordinator && this.organisations.some(({ id, host }) => host && id === own);
	}

	/** The host first, then by name without «ال». */
	get organisations(): readonly OrganisationView[] {
		return (this.view?.organisations ?? []).toSorted((a, b) => Number(b.host) - Number(a.host) || compareNames(a.name, b.name));
	}

	/** Open ones first, then those that end last. */
	get invitations(): readonly InvitationView[] {
		const open = (invitation: InvitationView) => Number(invitation.state === 'open');
		return (this.view?.invitations ?? []).toSorted((a, b) => open(b) - open(a) || b.expires - a.expires);
	}

	get pending(): readonly PendingView[] {
		return this.view?.pending ?? [];
	}

	/** Everybody who ever belonged to the forum. */
	get people(): readonly PersonView[] {
		return this.view?.people ?? [];
	}

	organisationName(id: OrganisationId): string | null {
		return this.view?.organisations.find((organisation) => organisation.id === id)?.name ?? null;
	}

	addOrganisation(name: string): Promise<OrganisationId> {
		return this.#client.addOrganisation(name.trim());
	}

	/** With all its people. */
	removeOrganisation(id: OrganisationId, report: OnProgress): Promise<void> {
		return this.#client.people.removeOrganisation(id, report);
	}

	invite(input: InviteInput): Promise<{ id: InvitationId; fragment: string }> {
		return this.#client.invite(input);
	}

	revoke(id: InvitationId): Promise<void> {
		return this.#client.revokeInvitation(id);
	}

	approve(account: AccountId): Promise<void> {
		return this.#client.approve(account);
	}
}

/** The link of an invitation: everything secret stands after `#`, which browsers never send. */
export const invitationLink = (origin: string, fragment: string): string => `${origin}/join#${fragment}`;

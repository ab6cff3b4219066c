import type { AccountId, Hash } from '@multaqa/shared/bytes/ids';
import type { Client, OwnRecovery, PersonView, RecoveryRequestView, RecoveryView } from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';
import { compareNames } from '../i18n/names.ts';

const NOBODY: OwnRecovery = { possible: false, since: null, holders: [] };

/** Recovery by two, as members and coordinators see it. */
export class Recoveries {
	readonly #client: Client;
	readonly #forum: Watched<Client['forum']>;

	constructor(client: Client) {
		this.#client = client;
		this.#forum = new Watched(client, 'forum', () => client.forum);
	}

	get own(): OwnRecovery {
		return this.#forum.current?.ownRecovery ?? NOBODY;
	}

	/** Requests that wait for this coordinator and others. */
	get requests(): readonly RecoveryRequestView[] {
		return (this.#forum.current?.recoveryRequests ?? []).filter(({ self }) => !self);
	}

	/** Requests about the own account, which somebody made on a device that is not here, before anybody approved. */
	get aboutSelf(): readonly RecoveryRequestView[] {
		return (this.#forum.current?.recoveryRequests ?? []).filter(({ self, approvals }) => self && approvals === 0);
	}

	/** Of these, how many this coordinator could answer now. */
	get answerable(): number {
		return this.requests.filter(({ mayApprove }) => mayApprove === 'yes').length;
	}

	/** What was settled before one came is no news. */
	get attempts(): readonly RecoveryView[] {
		const { people = [], recoveries = [] } = this.#forum.current ?? {};
		const joined = people.find(({ trust }) => trust === 'self')?.since ?? 0;
		return recoveries.filter(({ state, since }) => since >= joined || state === 'open' || state === 'complete');
	}

	/** Whose account could be restored: everybody else who belongs to the forum. */
	get people(): readonly PersonView[] {
		const self = this.#client.status.account;
		const people = (this.#forum.current?.people ?? []).filter(({ account, removed }) => !removed && account !== self);
		return people.toSorted((a, b) => compareNames(a.name, b.name));
	}

	enable = (): Promise<void> => this.#client.recovery.enable();
	disable = (): Promise<void> => this.#client.recovery.disable();
	link = (account: AccountId): string => this.#client.recovery.link(account);
	look = (): Promise<void> => this.#client.recovery.look();
	approve = (key: Hash): Promise<void> => this.#client.recovery.approve(key);
	refuse = (account: AccountId, key: Hash): Promise<void> => this.#client.recovery.refuse(account, key);
}

import { idBytes, SHORT_ID_LENGTH, type AccountId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import { membersOf, roleOf } from '../chain/roster.ts';
import type { LinkContent } from '../chain/link.ts';
import { Problem } from '../problem.ts';
import type { PeopleActions } from './actions.ts';
import type { Stage } from './chains.ts';
import { addMembers, forumOf, NOTHING_ELSE, rememberRotations, signerOf, type Membership } from './membership.ts';
import { addRotation, type Rotation } from './rotation.ts';
import type { Renewals } from './renewals.ts';
import type { OnProgress } from './types.ts';

/** What this needs of the open forum. */
export interface PeopledForum extends Membership {
	readonly renewals: Renewals;
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	changed(): Promise<void>;
}

/** Who belongs where, in which role: each verb is links that everybody's rules look at. */
export class People implements PeopleActions {
	readonly #forum: PeopledForum;

	constructor(forum: PeopledForum) {
		this.#forum = forum;
	}

	addMember(space: SpaceId, account: AccountId, role: Role, until: number | null): Promise<void> {
		return this.#do(() => addMembers(this.#forum, [{ space, account, role, until }]));
	}

	removeMember(space: SpaceId, account: AccountId, onProgress?: OnProgress): Promise<void> {
		return this.#do(() => this.#removeFrom(space, () => [account], onProgress));
	}

	removeOrganisationFrom(space: SpaceId, organisation: OrganisationId, onProgress?: OnProgress): Promise<void> {
		return this.#do(() => this.#removeFrom(space, (stage) => this.#membersFrom(stage, space, organisation), onProgress));
	}

	/** Whoever leaves may not know the next key, so the others make it. */
	leave(space: SpaceId): Promise<void> {
		return this.#do(() => this.#roster(space, 'member.remove', { account: idBytes(this.#forum.keys.account) }));
	}

	setRole(space: SpaceId, account: AccountId, role: Role): Promise<void> {
		return this.#do(() => this.#roster(space, 'role.set', { account: idBytes(account), role }));
	}

	setHistory(space: SpaceId, history: 'everything' | 'joining'): Promise<void> {
		return this.#do(() => this.#withNewKey(space, (stage) => this.#addTo(stage, space, 'policy.set', { history })));
	}

	removeAccount(account: AccountId, onProgress?: OnProgress): Promise<void> {
		return this.#fromForum('account.remove', { account: idBytes(account) }, onProgress);
	}

	removeOrganisation(organisation: OrganisationId, onProgress?: OnProgress): Promise<void> {
		return this.#fromForum('organisation.remove', { organisation: idBytes(organisation, SHORT_ID_LENGTH) }, onProgress);
	}

	addCoordinator(account: AccountId): Promise<void> {
		return this.#do(() => this.#directory('coordinator.add', { account: idBytes(account) }));
	}

	removeCoordinator(account: AccountId): Promise<void> {
		return this.#do(() => this.#directory('coordinator.remove', { account: idBytes(account) }));
	}

	addRepresentative(account: AccountId): Promise<void> {
		return this.#do(() => this.#directory('representative.add', { account: idBytes(account) }));
	}

	removeRepresentative(account: AccountId): Promise<void> {
		return this.#do(() => this.#directory('representative.remove', { account: idBytes(account) }));
	}

	async renew(space: SpaceId, onProgress?: OnProgress): Promise<void> {
		await this.#do(() => this.#forum.renewals.renew(space, onProgress));
	}

	async #do(work: () => Promise<void>): Promise<void> {
		await this.#forum.inTurn(work);
		await this.#forum.changed();
	}

	#removeFrom(space: SpaceId, accounts: (stage: Stage) => readonly AccountId[], onProgress?: OnProgress): Promise<void> {
		const remove = async (stage: Stage) => {
			for (const account of accounts(stage)) await this.#addTo(stage, space, 'member.remove', { account: idBytes(account) });
		};
		return this.#withNewKey(space, remove, onProgress);
	}

	async #addTo(stage: Stage, space: SpaceId, type: string, body: LinkContent['body']): Promise<void> {
		await stage.add({ kind: 'roster', chain: space, type, body });
	}

	/** What makes a new key necessary and that key travel together: nobody ever sees one without the other. */
	async #withNewKey(space: SpaceId, change: (stage: Stage) => Promise<void>, onProgress?: OnProgress): Promise<void> {
		if (!this.#forum.chains.world.rosters.has(space)) throw new Problem('not-found');
		let rotations: Rotation[] = [];
		await this.#forum.chains.commit(signerOf(this.#forum), async (stage) => {
			rotations = [];
			await change(stage);
			if (this.#forum.renewals.isNeeded(stage.world, space)) rotations = [await addRotation(stage, space, { ...this.#forum, onProgress })];
			return { wraps: rotations.flatMap(({ wraps }) => [...wraps]), publicKeys: [] };
		});
		await rememberRotations(this.#forum, rotations);
	}

	/** Without oneself: leaving is another matter. */
	#membersFrom({ world, now }: Stage, space: SpaceId, organisation: OrganisationId): readonly AccountId[] {
		const self = this.#forum.keys.account;
		const directory = forumOf(world);
		const roster = world.rosters.get(space);
		if (!roster) throw new Problem('not-found');
		const time = Math.max(now, roster.time);
		const isOfIt = (account: AccountId) => account !== self && directory.accounts.get(account)?.organisation === organisation;
		return membersOf(roster, directory, time).filter(isOfIt);
	}

	/** The directory says that somebody has left; each space this account is in gets its new key right away. */
	async #fromForum(type: string, body: LinkContent['body'], onProgress?: OnProgress): Promise<void> {
		await this.#do(async () => {
			await this.#directory(type, body);
			await this.#forum.renewals.renewAll(onProgress);
		});
	}

	async #roster(space: SpaceId, type: string, body: LinkContent['body']): Promise<void> {
		const { chains, keys } = this.#forum;
		const roster = chains.world.rosters.get(space);
		if (!roster || roleOf(roster, keys.account) === null) throw new Problem('not-found');
		await this.#commit({ kind: 'roster', chain: space, type, body });
	}

	#directory(type: string, body: LinkContent['body']): Promise<void> {
		return this.#commit({ kind: 'directory', chain: forumOf(this.#forum.chains.world).id, type, body });
	}

	async #commit(draft: Parameters<Stage['add']>[0]): Promise<void> {
		await this.#forum.chains.commit(signerOf(this.#forum), async (stage) => {
			await stage.add(draft);
			return NOTHING_ELSE;
		});
	}
}

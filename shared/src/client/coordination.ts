import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, Hash, InvitationId, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import type { ForumViews } from './forum-views.ts';
import type { Keys } from './keys.ts';
import * as membership from './membership.ts';
import type { NamesFeature, Profiles } from './names.ts';
import type { Space } from './space.ts';
import type { InviteInput } from './types.ts';
import { namesOf } from './views.ts';

/** What coordination needs of the open forum. */
export interface CoordinatedForum extends membership.Membership {
	readonly views: ForumViews;
	readonly spaces: ReadonlyMap<SpaceId, Space>;
	space(id: SpaceId): Space;
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	append(space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash>;
	changed(): Promise<void>;
}

/** What coordinators do: links for who belongs where, events for what they are called. */
export class Coordination {
	readonly #forum: CoordinatedForum;
	readonly #names: NamesFeature;
	readonly #keys: Keys;

	constructor(forum: CoordinatedForum, names: NamesFeature) {
		this.#forum = forum;
		this.#names = names;
		this.#keys = forum.keys;
	}

	async addOrganisation(name: string): Promise<OrganisationId> {
		if (this.#forum.views.isConfusable(name, true)) throw new Problem('name-confusable');
		const id = await this.#forum.inTurn(() => membership.addOrganisation(this.#forum));
		const home = this.#forum.views.spaces.find(({ role }) => role === 'coordinator');
		if (home) await this.nameOrganisation(home.id, id, name);
		return id;
	}

	async createSpace(title: string): Promise<SpaceId> {
		const forum = this.#forum.views.forum?.title ?? title;
		const id = await this.#forum.inTurn(async () => {
			const created = await membership.createSpace(this.#forum);
			await this.#forum.space(created).synchronise();
			return created;
		});
		await this.describe(id, { title, forum });
		await this.introduce();
		return id;
	}

	async invite(input: InviteInput): Promise<{ id: InvitationId; fragment: string }> {
		const { views } = this.#forum;
		const organisation = views.organisationName(input.organisation);
		for (const space of input.spaces) await this.#nameMissing(space, input.organisation, organisation);
		const titles = new Map(views.spaces.map(({ id, title }) => [id, title ?? '']));
		const spaces = input.spaces.map((id) => titles.get(id) ?? '');
		const letter = { forum: views.forum?.title ?? '', organisation, inviter: this.#keys.content.name, spaces };
		const { keys, fragment, secret } = await this.#forum.inTurn(() => membership.invite(this.#forum, input, letter));
		await this.#keys.rememberInvitation(keys.id, secret);
		await this.#forum.changed();
		return { id: keys.id, fragment };
	}

	async revokeInvitation(id: InvitationId): Promise<void> {
		await this.#forum.inTurn(() => membership.revokeInvitation(this.#forum, id));
	}

	async approve(account: AccountId): Promise<void> {
		const pending = this.#forum.views.forum?.pending.find((entry) => entry.account === account);
		if (!pending) throw new Problem('not-found');
		await this.#forum.inTurn(() => membership.approve(this.#forum, pending));
		const name = this.#forum.views.organisationName(pending.organisation);
		for (const space of pending.spaces) await this.#nameMissing(space, pending.organisation, name);
		await this.#forum.changed();
	}

	async describe(space: SpaceId, { title, forum }: { title: string; forum: string }): Promise<void> {
		await this.#tell(space, this.#names.space(title, forum));
	}

	async nameOrganisation(space: SpaceId, organisation: OrganisationId, name: string): Promise<void> {
		await this.#tell(space, this.#names.organisation(organisation, name));
	}

	/** Tells every space this person's name, once it can be told. */
	async introduce(): Promise<void> {
		const { name } = this.#keys.content;
		if (name === '') return;
		for (const space of this.#forum.spaces.values()) {
			if (!space.synchronised || space.writer.refusal(true) !== null) continue;
			const known = this.#namesSinceClosing(space);
			const told = known.people.get(this.#keys.account) === name || known.refused.has(this.#keys.account);
			if (!told) await this.#tell(space.id, this.#names.person(name));
			if (space.writer.isCoordinator) await this.#describeAnew(space, known);
		}
	}

	/** @throws Problem `name-confusable` when it looks like somebody else's in a space we share */
	async rename(name: string): Promise<void> {
		if (this.#forum.views.isConfusable(name, false)) throw new Problem('name-confusable');
		await this.#keys.update((content) => ({ ...content, name }));
		for (const space of this.#forum.spaces.values()) {
			if (space.writer.refusal(true) === null) await this.#tell(space.id, this.#names.person(name));
		}
		await this.#forum.changed();
	}

	/** What somebody knows who came when history was last closed: names told before are sealed to them. */
	#namesSinceClosing(space: Space): Profiles {
		const closing = space.roster?.generations.findLast(({ back }) => back === null)?.generation ?? 1;
		return closing === 1 ? this.#forum.views.namesOf(space) : namesOf(space, this.#names, this.#forum.chains.world.directory, closing);
	}

	async #describeAnew(space: Space, known: Profiles): Promise<void> {
		const all = this.#forum.views.namesOf(space);
		if (known.title === null && all.title !== null) await this.describe(space.id, { title: all.title, forum: all.forum ?? all.title });
		for (const [organisation, name] of all.organisations) {
			if (!known.organisations.has(organisation)) await this.nameOrganisation(space.id, organisation, name);
		}
	}

	async #nameMissing(id: SpaceId, organisation: OrganisationId, name: string): Promise<void> {
		const space = this.#forum.spaces.get(id);
		if (!space || !name || this.#forum.views.namesOf(space).organisations.has(organisation)) return;
		await this.nameOrganisation(id, organisation, name);
	}

	async #tell(id: SpaceId, { type, content }: { type: string; content: Cbor }): Promise<void> {
		await this.#forum.append(id, this.#forum.space(id).index, type, content);
	}
}

import type { AccountId } from '@multaqa/shared/bytes/ids';
import type { Client, ForumView, MemberView, OnProgress, PersonView, Role, SpaceView } from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';
import type { Known } from '../profiles/people.ts';
import type { PersonTarget } from '../profiles/person-sheet.ts';

/** Somebody as the sheet shows them: what the forum knows and, where the name stood in a space, what the space knows. */
export class Person {
	readonly target: PersonTarget;
	readonly #client: Client;
	readonly #forum: Watched<ForumView | null>;
	readonly #spaces: Watched<readonly SpaceView[]>;

	constructor(client: Client, target: PersonTarget) {
		this.#client = client;
		this.target = target;
		this.#forum = new Watched(client, 'forum', () => client.forum);
		this.#spaces = new Watched(client, 'spaces', () => client.spaces);
	}

	get account(): AccountId {
		return this.target.account;
	}

	/** `null` only for somebody of whom the directory has not told yet. */
	get view(): PersonView | null {
		return this.find(this.account);
	}

	get space(): SpaceView | null {
		return this.#spaces.current.find(({ id }) => id === this.target.space) ?? null;
	}

	/** `null` outside a space, and for whoever is in it no more. */
	get member(): MemberView | null {
		return this.space?.members.find(({ account }) => account === this.account) ?? null;
	}

	get known(): Known | null {
		return this.member ?? this.view;
	}

	get isSelf(): boolean {
		return this.known?.trust === 'self';
	}

	/** Somebody else of the forum. */
	find(account: AccountId | null): PersonView | null {
		return this.#forum.current?.people.find((person) => person.account === account) ?? null;
	}

	setRole(role: Role): Promise<void> {
		return this.#client.people.setRole(this.#place, this.account, role);
	}

	/** Out of the space: at once, or by proposing or confirming it. */
	remove(report: OnProgress): Promise<void> {
		return this.#client.people.removeMember(this.#place, this.account, report);
	}

	/** Out of the forum and of every space. */
	removeFromForum(report: OnProgress): Promise<void> {
		return this.#client.people.removeAccount(this.account, report);
	}

	makeCoordinator(): Promise<void> {
		return this.#client.people.addCoordinator(this.account);
	}

	/** May speak for the organisation they belong to. */
	makeRepresentative(): Promise<void> {
		return this.#client.people.addRepresentative(this.account);
	}

	endRepresentation(): Promise<void> {
		return this.#client.people.removeRepresentative(this.account);
	}

	/** Out of the coordination of the forum: oneself at once, others by proposing or confirming it. */
	endCoordination(): Promise<void> {
		return this.#client.people.removeCoordinator(this.account);
	}

	get #place(): SpaceView['id'] {
		if (this.target.space === null) throw new TypeError('a person has a role in a space only');
		return this.target.space;
	}
}

import type { AccountId, OrganisationId, SpaceId } from '../bytes/ids.ts';
import type { Chains } from './chains.ts';
import { invitationFragment } from './invitation.ts';
import type { Keys } from './keys.ts';
import type { NamesFeature, Profiles } from './names.ts';
import type { KnownRequest } from './recovery.ts';
import type { Space } from './space.ts';
import type { ForumView, SpaceView } from './types.ts';
import { spaceView } from './space-views.ts';
import { forumView, namesOf, waitingAccounts } from './views.ts';
import { admissionWords } from './words.ts';

export interface ForumViewsParts {
	readonly chains: Chains;
	readonly keys: Keys;
	readonly names: NamesFeature;
	readonly spaces: ReadonlyMap<SpaceId, Space>;
	readonly recoveryRequests: () => readonly KnownRequest[];
	/** Seconds since 1970. */
	readonly now: () => number;
}

/** What pages show of an open forum, worked out once until something changes. */
export class ForumViews {
	readonly #parts: ForumViewsParts;
	/** Six words to compare, by account: slow to work out, so kept. */
	readonly #words = new Map<AccountId, readonly number[]>();
	/** Links of own invitations. */
	readonly #fragments = new Map<string, string>();
	readonly #names = new Map<SpaceId, { grounds: readonly unknown[]; profiles: Profiles }>();
	#forum: ForumView | null = null;
	#spaces: readonly SpaceView[] | null = null;

	constructor(parts: ForumViewsParts) {
		this.#parts = parts;
	}

	get forum(): ForumView | null {
		const { chains, keys, now, recoveryRequests } = this.#parts;
		const { directory } = chains.world;
		if (!directory) return null;
		this.#forum ??= forumView(directory, keys.account, this.#profiles(), {
			pending: this.#waiting().flatMap((entry) => {
				const words = this.#words.get(entry.account);
				return words && directory.coordinators.has(keys.account) ? [{ ...entry, words }] : [];
			}),
			awaiting: this.isAwaiting ? (this.#words.get(keys.account) ?? []) : null,
			fragments: this.#fragments,
			compared: keys.content.people,
			deposit: keys.content.recovery,
			requests: recoveryRequests(),
			users: chains.world.users,
			now: now(),
		});
		return this.#forum;
	}

	get spaces(): readonly SpaceView[] {
		const { chains, keys, spaces, now } = this.#parts;
		const { directory } = chains.world;
		if (!directory) return NO_SPACES;
		const parts = { self: keys.account, directory, compared: keys.content.people, now: now() };
		this.#spaces ??= [...spaces.values()]
			.toSorted((a, b) => startOf(a) - startOf(b))
			.flatMap((space) => spaceView(space, { ...parts, profiles: this.namesOf(space) }) ?? []);
		return this.#spaces;
	}

	/** This account was admitted and waits for a coordinator to compare six words. */
	get isAwaiting(): boolean {
		return this.#waiting().some(({ account }) => account === this.#parts.keys.account);
	}

	/** Names that nobody outside is to read: of the forum, its organisations and spaces. */
	get tellingNames(): readonly string[] {
		const { title, organisations } = this.forum ?? { title: '', organisations: [] };
		return [title, ...organisations.map(({ name }) => name ?? ''), ...this.spaces.map((space) => space.title ?? '')];
	}

	organisationName(id: OrganisationId): string {
		return (
			this.#profiles()
				.map(({ organisations }) => organisations.get(id))
				.find((name) => name !== undefined) ?? ''
		);
	}

	/** Names of one space, worked out again only when something changed that they stand on. */
	namesOf(space: Space): Profiles {
		const { chains, names } = this.#parts;
		const grounds = [space.events(space.index), space.roster, chains.world.directory];
		const known = this.#names.get(space.id);
		if (known && known.grounds.every((ground, place) => ground === grounds[place])) return known.profiles;
		const profiles = namesOf(space, names, chains.world.directory);
		this.#names.set(space.id, { grounds, profiles });
		return profiles;
	}

	/** True when a name looks like that of another person, or (`organisations`) of another organisation. */
	isConfusable(name: string, organisations: boolean): boolean {
		const { keys, names } = this.#parts;
		const others = this.#profiles().flatMap((profiles) =>
			organisations
				? [...profiles.organisations.values()]
				: [...profiles.people].flatMap(([account, other]) => (account === keys.account ? [] : [other])),
		);
		return names.confusable(name, others);
	}

	forget(): void {
		this.#forum = null;
		this.#spaces = null;
	}

	/** Works out what only slow functions can tell: words to compare, links to show again. */
	async prepare(): Promise<void> {
		const { chains, keys } = this.#parts;
		const { directory } = chains.world;
		if (!directory) return;
		for (const { account } of this.#waiting()) {
			const invitation = directory.accounts.get(account)?.invitation;
			const wanted = account === keys.account || directory.coordinators.has(keys.account);
			if (!invitation || !wanted || this.#words.has(account)) continue;
			this.#words.set(account, await admissionWords(directory.id, invitation, account));
		}
		for (const [id, secret] of Object.entries(keys.content.invitations)) {
			if (!this.#fragments.has(id)) this.#fragments.set(id, invitationFragment(secret, directory.id, keys.identity.publicKey));
		}
		this.forget();
	}

	#waiting() {
		const { directory, rosters } = this.#parts.chains.world;
		return directory ? waitingAccounts(directory, rosters) : [];
	}

	#profiles(): readonly Profiles[] {
		return [...this.#parts.spaces.values()].filter(({ roster }) => roster !== null).map((space) => this.namesOf(space));
	}
}

const NO_SPACES: readonly SpaceView[] = [];
const startOf = (space: Space): number => space.roster?.terms.values().next().value?.[0]?.since ?? Infinity;

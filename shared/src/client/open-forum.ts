import type { AnnouncementName, Announcements } from '../api/realtime.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, Hash, InvitationId, OrganisationId, SpaceId, StreamId } from '../bytes/ids.ts';
import { roleOf } from '../chain/roster.ts';
import { isProblem, Problem } from '../problem.ts';
import { listSpaces } from './accounts.ts';
import { Chains } from './chains.ts';
import { Drafts } from './drafts.ts';
import type { Findings } from './findings.ts';
import { invitationFragment } from './invitation.ts';
import type { Keys } from './keys.ts';
import * as membership from './membership.ts';
import type { Features, Profiles } from './names.ts';
import { Outbox } from './outbox.ts';
import type { Ports, TransportListener } from './ports.ts';
import { serialQueue } from './queue.ts';
import { Space } from './space.ts';
import type { Topics } from './topics.ts';
import type { Connection, ForumView, InviteInput, Progress, SpaceView, StreamEvent } from './types.ts';
import { forumView, namesOf, spaceView, waitingAccounts } from './views.ts';
import { admissionWords } from './words.ts';

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;
/** How often somebody who waits for approval looks again. */
const APPROVAL_MS = 15_000;
/** Progress is worth telling from this many events on. */
const LONG = 300;

export interface OpenForumParts {
	readonly ports: Ports;
	readonly features: Features;
	readonly topics: Topics;
	readonly findings: Findings;
	readonly keys: Keys;
	readonly connectionChanged: (connection: Connection) => void;
	readonly progressChanged: (progress: Progress | null) => void;
	readonly statusChanged: () => void;
	/** The server ended the session. */
	readonly ended: () => void;
}

/** The forum while the account's keys are in memory: chains, spaces, outbox and the line to the server. */
export class OpenForum {
	readonly ports: Ports;
	readonly keys: Keys;
	readonly chains: Chains;
	readonly drafts: Drafts;
	readonly #parts: OpenForumParts;
	readonly #outbox: Outbox;
	readonly #spaces = new Map<SpaceId, Space>();
	readonly #inTurn = serialQueue();
	readonly #stops: (() => void)[] = [];
	readonly #words = new Map<AccountId, readonly number[]>();
	readonly #fragments = new Map<string, string>();
	#forumView: ForumView | null = null;
	#spaceViews: readonly SpaceView[] | null = null;
	#flushing: Promise<void> | null = null;
	#retry: ReturnType<typeof setTimeout> | null = null;
	#retryMs = FIRST_RETRY_MS;
	#closed = false;

	constructor(parts: OpenForumParts) {
		this.#parts = parts;
		this.ports = parts.ports;
		this.keys = parts.keys;
		this.chains = new Chains(parts.ports, parts.topics, parts.findings);
		this.chains.refreshRoster = (space) => this.#space(space).synchronise();
		this.drafts = new Drafts(parts.ports, parts.keys);
		this.#outbox = new Outbox(parts.ports, (space, id, position) => this.#spaces.get(space)?.acknowledge(id, position));
		this.#stops.push(parts.topics.watch('forum', () => this.#forgetViews()), parts.topics.watch('spaces', () => this.#forgetViews()));
	}

	get waiting(): number {
		return this.#outbox.waiting;
	}

	get forum(): ForumView | null {
		const { directory, rosters } = this.chains.world;
		if (!directory) return null;
		this.#forumView ??= forumView(directory, this.keys.account, this.#profiles(), {
			pending: waitingAccounts(directory, rosters).flatMap((entry) => {
				const words = this.#words.get(entry.account);
				return words && directory.coordinators.has(this.keys.account) ? [{ ...entry, words }] : [];
			}),
			awaiting: this.#isAwaiting() ? (this.#words.get(this.keys.account) ?? []) : null,
			fragments: this.#fragments,
			now: this.#seconds(),
		});
		return this.#forumView;
	}

	get spaces(): readonly SpaceView[] {
		this.#spaceViews ??= [...this.#spaces.values()]
			.toSorted((a, b) => startOf(a) - startOf(b))
			.flatMap((space) => spaceView(space, this.keys.account, this.chains.world.directory, this.#names, this.#seconds()) ?? []);
		return this.#spaceViews;
	}

	events(space: SpaceId, stream: StreamId): readonly StreamEvent[] {
		return this.#spaces.get(space)?.events(stream) ?? [];
	}

	/** Opens what this device kept. Needs no line. */
	async load(): Promise<void> {
		await this.chains.load();
		for (const [id, roster] of this.chains.world.rosters) {
			if (roleOf(roster, this.keys.account, this.#seconds())) await this.#space(id).load();
		}
		await this.#outbox.count();
		await this.#prepareViews();
	}

	/** Opens the line and catches up. A first catch-up that fails for want of a line is no failure. */
	async goOnline(): Promise<void> {
		this.#parts.connectionChanged('connecting');
		await this.#inTurn(() => this.#catchUp()).catch((error: unknown) => this.#noteLine(error));
		if (this.#closed) return;
		this.#stops.push(this.ports.transport.listen(this.#listener()));
	}

	async refresh(space: SpaceId): Promise<void> {
		await this.#inTurn(() => this.#space(space).synchronise());
	}

	async append(space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash> {
		const target = this.#spaces.get(space);
		if (!target) throw new Problem('not-found');
		const { event } = await this.ports.store.exclusively(`compose/${space}`, () => target.compose(stream, type, content));
		await this.#outbox.count();
		this.#parts.statusChanged();
		void this.flush();
		return event;
	}

	/** Sends what waits; tries again later, ever more rarely, when it cannot. */
	flush(): Promise<void> {
		this.#flushing ??= this.#outbox
			.flush()
			.then(() => {
				this.#retryMs = FIRST_RETRY_MS;
			})
			.catch((error: unknown) => this.#noteLine(error))
			.finally(() => {
				this.#flushing = null;
				this.#parts.statusChanged();
				if (this.#outbox.waiting > 0 && !this.#retry && !this.#closed) this.#scheduleFlush();
			});
		return this.#flushing;
	}

	async addOrganisation(name: string): Promise<OrganisationId> {
		const id = await this.#inTurn(() => membership.addOrganisation(this));
		const [home] = this.spaces.filter(({ role }) => role === 'coordinator');
		if (home) await this.nameOrganisation(home.id, id, name);
		return id;
	}

	async createSpace(title: string): Promise<SpaceId> {
		const id = await this.#inTurn(async () => {
			const created = await membership.createSpace(this);
			await this.#space(created).synchronise();
			return created;
		});
		await this.describe(id, { title, forum: this.forum?.title ?? title });
		await this.#introduce();
		return id;
	}

	async invite(input: InviteInput): Promise<{ id: InvitationId; fragment: string }> {
		const organisation = this.#organisationName(input.organisation);
		for (const space of input.spaces) await this.#nameMissing(space, input.organisation, organisation);
		const letter = {
			forum: this.forum?.title ?? '',
			organisation,
			inviter: this.keys.content.name,
			spaces: input.spaces.map((id) => this.spaces.find((space) => space.id === id)?.title ?? ''),
		};
		const { keys, fragment, secret } = await this.#inTurn(() => membership.invite(this, input, letter));
		this.#fragments.set(keys.id, fragment);
		await this.keys.rememberInvitation(keys.id, secret);
		this.#changed();
		return { id: keys.id, fragment };
	}

	async revokeInvitation(id: InvitationId): Promise<void> {
		await this.#inTurn(() => membership.revokeInvitation(this, id));
	}

	async approve(account: AccountId): Promise<void> {
		const pending = this.forum?.pending.find((entry) => entry.account === account);
		if (!pending) throw new Problem('not-found');
		await this.#inTurn(() => membership.approve(this, pending));
		const name = this.#organisationName(pending.organisation);
		for (const space of pending.spaces) await this.#nameMissing(space, pending.organisation, name);
		this.#changed();
	}

	async describe(space: SpaceId, { title, forum }: { title: string; forum: string }): Promise<void> {
		await this.#appendToIndex(space, this.#names.space(title, forum));
	}

	async nameOrganisation(space: SpaceId, organisation: OrganisationId, name: string): Promise<void> {
		await this.#appendToIndex(space, this.#names.organisation(organisation, name));
	}

	/** Resolves when what runs now has ended. */
	async settled(): Promise<void> {
		await this.#inTurn(async () => undefined);
		await this.#flushing;
	}

	close(): void {
		this.#closed = true;
		if (this.#retry) clearTimeout(this.#retry);
		for (const stop of this.#stops) stop();
	}

	get #names() {
		return this.#parts.features.names;
	}

	async #catchUp(): Promise<void> {
		if (this.#closed) return;
		await this.chains.synchronise();
		const { spaces } = await listSpaces(this.ports);
		for (const id of spaces) {
			await this.#space(id).synchronise().catch((error: unknown) => this.#noteAnswer(id, error));
		}
		await this.#prepareViews();
		this.#parts.progressChanged(null);
		this.#parts.connectionChanged('online');
		await this.#introduce();
		void this.flush();
		if (this.#isAwaiting()) this.#lookAgain();
	}

	#listener(): TransportListener {
		return {
			// Also after the first opening: between the catch-up and the line nothing may be missed.
			opened: () => void this.#inTurn(() => this.#catchUp()).catch((error: unknown) => this.#noteLine(error)),
			closed: () => this.#parts.connectionChanged('connecting'),
			announced: (name, payload) => {
				void this.#inTurn(() => this.#hear(name, payload)).catch((error: unknown) => this.#noteLine(error));
			},
		};
	}

	async #hear<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): Promise<void> {
		if (this.#closed) return;
		if (name === 'event:appended') return this.#hearEvent(payload as Announcements['event:appended']);
		if (name === 'link:appended') return this.#hearLink(payload as Announcements['link:appended']);
		if (name === 'vault:changed') return this.keys.merge();
		this.#parts.ended();
	}

	#hearEvent({ space, event }: Announcements['event:appended']): Promise<void> {
		return this.#space(space).hear(event);
	}

	async #hearLink({ chain, position, link }: Announcements['link:appended']): Promise<void> {
		if (position === 0) {
			await this.#space(chain).synchronise();
		} else if (position === this.chains.position + 1) {
			await this.chains.takeShared([link], position);
		} else if (position > this.chains.position) {
			await this.chains.synchronise();
		}
		await this.#prepareViews();
		await this.#introduce();
	}

	#space(id: SpaceId): Space {
		const known = this.#spaces.get(id);
		if (known) return known;
		const { ports, findings } = this.#parts;
		const space = new Space(id, {
			ports,
			chains: this.chains,
			keys: this.keys,
			findings,
			changed: () => this.#spaceChanged(id),
			onProgress: (done, total) => this.#parts.progressChanged(total < LONG || done === total ? null : { step: 'events', done, total }),
		});
		this.#spaces.set(id, space);
		return space;
	}

	#spaceChanged(id: SpaceId): void {
		this.#forgetViews();
		this.#parts.topics.changed(`space:${id}`, 'spaces', 'forum');
	}

	#changed(): void {
		this.#forgetViews();
		this.#parts.topics.changed('forum', 'spaces');
	}

	#forgetViews(): void {
		this.#forumView = null;
		this.#spaceViews = null;
	}

	/** Works out what views need and only slow functions can tell: words to compare, links to show again. */
	async #prepareViews(): Promise<void> {
		const { directory, rosters } = this.chains.world;
		if (!directory) return;
		for (const { account } of waitingAccounts(directory, rosters)) {
			const invitation = directory.accounts.get(account)?.invitation;
			const wanted = account === this.keys.account || directory.coordinators.has(this.keys.account);
			if (!invitation || !wanted || this.#words.has(account)) continue;
			this.#words.set(account, await admissionWords(directory.id, invitation, account));
		}
		for (const [id, secret] of Object.entries(this.keys.content.invitations)) {
			if (!this.#fragments.has(id)) this.#fragments.set(id, invitationFragment(secret, directory.id, this.keys.identity.publicKey));
		}
		this.#changed();
	}

	/** Tells every space this person's name, once it can be told. */
	async #introduce(): Promise<void> {
		const { name } = this.keys.content;
		if (name === '') return;
		for (const space of this.#spaces.values()) {
			const told = namesOf(space, this.#names).people.has(this.keys.account);
			if (space.synchronised && !told && space.refusal(true) === null) await this.#appendToIndex(space.id, this.#names.person(name));
		}
	}

	async #nameMissing(id: SpaceId, organisation: OrganisationId, name: string): Promise<void> {
		const space = this.#spaces.get(id);
		if (!space || !name || namesOf(space, this.#names).organisations.has(organisation)) return;
		await this.nameOrganisation(id, organisation, name);
	}

	async #appendToIndex(id: SpaceId, { type, content }: { type: string; content: Cbor }): Promise<void> {
		await this.append(id, this.#space(id).index, type, content);
	}

	#profiles(): readonly Profiles[] {
		return [...this.#spaces.values()].filter(({ roster }) => roster !== null).map((space) => namesOf(space, this.#names));
	}

	#organisationName(id: OrganisationId): string {
		return this.#profiles().map(({ organisations }) => organisations.get(id)).find((name) => name !== undefined) ?? '';
	}

	#isAwaiting(): boolean {
		const { directory, rosters } = this.chains.world;
		return directory !== null && waitingAccounts(directory, rosters).some(({ account }) => account === this.keys.account);
	}

	#lookAgain(): void {
		this.#later(APPROVAL_MS, () => void this.#inTurn(() => this.#catchUp()).catch((error: unknown) => this.#noteLine(error)));
	}

	#scheduleFlush(): void {
		this.#retry = this.#later(this.#retryMs, () => {
			this.#retry = null;
			void this.flush();
		});
		this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
	}

	#later(delay: number, work: () => void): ReturnType<typeof setTimeout> {
		const timer = setTimeout(() => {
			if (!this.#closed) work();
		}, delay);
		this.#stops.push(() => clearTimeout(timer));
		return timer;
	}

	#noteLine(error: unknown): void {
		if (this.#closed) return;
		if (isProblem(error, 'offline')) this.#parts.connectionChanged('offline');
		else if (!isProblem(error, 'unauthenticated')) void this.#parts.findings.report('answer-refused', 'server', error);
	}

	async #noteAnswer(space: SpaceId, error: unknown): Promise<void> {
		if (isProblem(error, 'offline', 'unauthenticated')) throw error;
		await this.#parts.findings.report('answer-refused', space, error, space);
	}

	#seconds(): number {
		return Math.floor(this.ports.now() / 1000);
	}
}

const startOf = (space: Space): number => space.roster?.terms.values().next().value?.[0]?.since ?? Infinity;


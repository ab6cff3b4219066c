import { session } from '../api/index.ts';
import type { AnnouncementName, Announcements } from '../api/realtime.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { roleOf } from '../chain/roster.ts';
import { isProblem, Problem } from '../problem.ts';
import { listSpaces, NO_NONCE } from './accounts.ts';
import { Attestations } from './attest.ts';
import { Chains } from './chains.ts';
import { Coordination } from './coordination.ts';
import { Courier } from './courier.ts';
import { deviceViews, isRevoked, noteUse, owesNewKeys, revokeAndRenew } from './devices.ts';
import { Drafts } from './drafts.ts';
import type { Findings } from './findings.ts';
import { ForumViews } from './forum-views.ts';
import type { Keys } from './keys.ts';
import { addDevice, revocationOf } from './membership.ts';
import type { Features } from './names.ts';
import { People } from './people.ts';
import { checkPins, dueForPinning, pinHeads } from './pins.ts';
import type { Ports, TransportListener } from './ports.ts';
import { serialQueue } from './queue.ts';
import { Recovery } from './recovery.ts';
import { Renewals } from './renewals.ts';
import { Self, type OwnForum } from './self.ts';
import { Space } from './space.ts';
import type { Topics } from './topics.ts';
import type { Connection, DeviceView, Progress, Status, StreamEvent } from './types.ts';
import { Verification } from './verification.ts';

/** How soon somebody who waits for approval, or for the line, looks again. */
const AGAIN_MS = 15_000;
/** How long a session that has ended is listened to. */
const LAST_WORDS_MS = 300;
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
	/** The session is over (`null`), or this browser or account for good. */
	readonly ended: (why: Status['ended']) => void;
	/** What this browser keeps of the account. */
	readonly device: OwnForum['device'];
	readonly serverTime: (seconds: number) => void;
}

/** The forum while the account's keys are in memory: chains, spaces, and the line to the server. */
export class OpenForum {
	readonly ports: Ports;
	readonly keys: Keys;
	readonly chains: Chains;
	readonly drafts: Drafts;
	readonly views: ForumViews;
	readonly coordination: Coordination;
	readonly recovery: Recovery;
	readonly renewals: Renewals;
	readonly people: People;
	readonly self: Self;
	readonly verification: Verification;
	readonly device: OwnForum['device'];
	readonly spaces = new Map<SpaceId, Space>();
	/** What changes chains or spaces runs one after another. */
	readonly inTurn = serialQueue();
	readonly #parts: OpenForumParts;
	readonly #courier: Courier;
	readonly #attestations: Attestations;
	readonly #stops: (() => void)[] = [];
	#closed = false;
	#offline = false;
	/** The server knows which device this session is of. */
	#bound = false;
	/** Links that were announced and not yet taken. */
	#unheard: Announcements['link:appended'][] = [];
	#again: ReturnType<typeof setTimeout> | null = null;

	constructor(parts: OpenForumParts) {
		const { ports, keys, topics, findings, features } = parts;
		this.#parts = parts;
		this.ports = ports;
		this.keys = keys;
		this.chains = new Chains(ports, topics, findings, keys);
		this.chains.refreshRoster = (space) => this.space(space).synchronise();
		this.chains.serverTime = parts.serverTime;
		this.device = parts.device;
		this.drafts = new Drafts(ports, keys);
		this.views = new ForumViews({
			chains: this.chains,
			keys,
			names: features.names,
			spaces: this.spaces,
			recoveryRequests: () => this.recovery.requests,
			now: () => Math.floor(ports.now() / 1000),
		});
		this.coordination = new Coordination(this, features.names);
		this.recovery = new Recovery(this);
		this.renewals = new Renewals(this);
		this.people = new People(this);
		this.self = new Self(this);
		this.verification = new Verification(this);
		this.#attestations = new Attestations(this);
		this.#courier = new Courier({
			ports,
			acknowledged: (space, id, position) => this.spaces.get(space)?.acknowledge(id, position),
			reseal: (space, stream, envelope) => this.#reseal(space, stream, envelope),
			changed: parts.statusChanged,
			failed: (error) => this.#noteLine(error),
			// Requests come through again though the realtime line never fell: the rest may be fetched too.
			delivered: () => {
				if (this.#offline) void this.#catchUp();
			},
		});
		const forget = () => this.views.forget();
		this.#stops.push(topics.watch('forum', forget), topics.watch('spaces', forget), () => this.#courier.stop());
		this.#stops.push(
			() => this.renewals.stop(),
			() => this.#attestations.stop(),
		);
	}

	get waiting(): number {
		return this.#courier.waiting;
	}

	get devices(): readonly DeviceView[] {
		return deviceViews(this.chains.world.users.get(this.keys.account), this.keys, this.self.acknowledged);
	}

	/** Puts this browser into the account's user log. */
	addDevice = (): Promise<void> => addDevice(this);
	/** The link by which this browser is revoked, signed while the keys are still there. */
	revocation = (): Promise<Uint8Array<ArrayBuffer>> => revocationOf(this);

	rename = (name: string): Promise<void> => this.coordination.rename(name);

	events(space: SpaceId, stream: StreamId): readonly StreamEvent[] {
		return this.spaces.get(space)?.events(stream) ?? NO_EVENTS;
	}

	space(id: SpaceId): Space {
		const known = this.spaces.get(id);
		if (known) return known;
		const { ports, findings, progressChanged } = this.#parts;
		const space = new Space(id, {
			ports,
			chains: this.chains,
			keys: this.keys,
			findings,
			changed: () => this.#parts.topics.changed('spaces', 'forum', `space:${id}`),
			onProgress: (done, total) => progressChanged(total < LONG || done === total ? null : { step: 'events', done, total }),
		});
		this.spaces.set(id, space);
		return space;
	}

	/** Opens what this device kept. Needs no line. */
	async load(): Promise<void> {
		await this.chains.load();
		await this.self.load();
		const now = Math.floor(this.ports.now() / 1000);
		for (const [id, roster] of this.chains.world.rosters) {
			if (roleOf(roster, this.keys.account, now)) await this.space(id).load();
		}
		await this.#courier.count();
		this.#checkStanding();
		await this.changed();
	}

	/** Opens the line and catches up. A first catch-up that fails for want of a line is no failure. */
	async goOnline(): Promise<void> {
		this.#parts.connectionChanged('connecting');
		await this.#catchUp();
		if (!this.#closed) this.#stops.push(this.ports.transport.listen(this.#listener()));
	}

	async refresh(space: SpaceId): Promise<void> {
		await this.inTurn(() => this.space(space).synchronise());
	}

	async append(space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash> {
		const target = this.spaces.get(space);
		if (!target) throw new Problem('not-found');
		await this.#obtainKey(target);
		const { event } = await this.ports.store.exclusively(`compose/${space}`, () => target.compose(stream, type, content));
		await this.#courier.count();
		void this.#courier.send();
		return event;
	}

	/** Whoever wants to write makes the key that is missing, or fetches it, rather than wait for others. */
	async #obtainKey(space: Space): Promise<void> {
		const refusal = space.refusal(true);
		const work = isProblem(refusal, 'dirty') ? () => this.renewals.renew(space.id) : () => space.synchronise();
		// What cannot be had now is what the writer is told.
		if (isProblem(refusal, 'dirty', 'wrong-key')) await this.inTurn(work).catch(() => undefined);
	}

	/** Works out anew what pages show, and tells them. */
	async changed(): Promise<void> {
		await this.views.prepare();
		this.#parts.topics.changed('forum', 'spaces', 'devices');
		this.renewals.consider();
	}

	/** The session is over: a moment for the links that say why, which may still be under way or waiting their turn. */
	async lastWords(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS));
		for (const { link } of this.#unheard) await this.chains.hear(link).catch(() => undefined);
		this.#checkStanding();
	}

	/** Resolves when what runs now has ended. */
	async settled(): Promise<void> {
		await this.inTurn(async () => undefined);
		await this.#courier.settled();
	}

	close(): void {
		this.#closed = true;
		if (this.#again) clearTimeout(this.#again);
		for (const stop of this.#stops) stop();
	}

	/** Everything that happened meanwhile; a line that fails is noted, not thrown. */
	async #catchUp(): Promise<void> {
		await this.inTurn(() => this.#catchUpOnce()).catch((error: unknown) => this.#noteLine(error));
	}

	async #catchUpOnce(): Promise<void> {
		if (this.#closed) return;
		const { connectionChanged, progressChanged, findings } = this.#parts;
		if (this.keys.nonce === NO_NONCE) this.keys.nonce = (await this.ports.transport.call(session.read, { params: {}, request: {} })).nonce;
		await this.chains.synchronise();
		if (this.#checkStanding()) return;
		await this.#bind();
		for (const id of await this.#ownSpaces()) {
			await this.space(id)
				.synchronise()
				.catch((error: unknown) => this.#noteAnswer(id, error));
		}
		await this.#dropLeft();
		await this.#renewOwnKeys();
		for (const space of this.spaces.values()) await space.audit();
		await checkPins(this.keys, this.chains.world, findings);
		await this.changed();
		progressChanged(null);
		this.#offline = false;
		connectionChanged('online');
		await this.coordination.introduce();
		if (await dueForPinning(this.ports, this.keys, this.chains.world)) await pinHeads(this.ports, this.keys, this.chains.world);
		await noteUse(this);
		this.#attestations.consider();
		void this.#courier.send();
		void this.chains.confirm().catch((error: unknown) => this.#parts.findings.report('link-refused', 'directory', error));
		if (this.views.isAwaiting) this.#lookAgain();
		await this.recovery.keepUp();
	}

	#listener(): TransportListener {
		return {
			// Also after the first opening: between the catch-up and the line nothing may be missed.
			opened: () => void this.#catchUp(),
			closed: () => this.#parts.connectionChanged('connecting'),
			announced: (name, payload) => {
				if (name === 'link:appended') this.#unheard.push(payload as Announcements['link:appended']);
				void this.inTurn(() => this.#hear(name, payload)).catch((error: unknown) => this.#noteLine(error));
			},
		};
	}

	async #hear<Name extends AnnouncementName>(name: Name, payload: Announcements[Name]): Promise<void> {
		if (this.#closed) return;
		if (name === 'event:appended') return this.#hearEvent(payload as Announcements['event:appended']);
		if (name === 'link:appended') return this.#hearLink(payload as Announcements['link:appended']);
		if (name === 'session:ended') return this.#parts.ended(null);
		await this.keys.merge();
		await this.changed();
	}

	#hearEvent({ space, event }: Announcements['event:appended']): Promise<void> {
		return this.space(space).hear(event);
	}

	async #hearLink(announced: Announcements['link:appended']): Promise<void> {
		const { chain, position, link } = announced;
		this.#unheard = this.#unheard.filter((other) => other !== announced);
		if (position === 0) {
			await this.space(chain).hearLink(link);
		} else if (position === this.chains.position + 1) {
			await this.chains.takeShared([link], position);
		} else if (position > this.chains.position) {
			await this.chains.synchronise();
		}
		if (this.#checkStanding()) return;
		await this.#dropLeft();
		await this.changed();
		await this.coordination.introduce();
	}

	/** True when this browser or account has come to its end: everything of it goes. */
	#checkStanding(): boolean {
		const { directory, users } = this.chains.world;
		const { account, device } = this.keys;
		const removed = (directory?.accounts.get(account)?.removed ?? null) !== null;
		const why = removed ? 'account-removed' : isRevoked(users.get(account), device) ? 'device-revoked' : null;
		if (why !== null) this.#parts.ended(why);
		return why !== null;
	}

	async #bind(): Promise<void> {
		if (this.#bound) return;
		await this.ports.transport.call(session.bind, { params: {}, request: {}, prove: this.keys.prove });
		this.#bound = true;
	}

	/** What the server lists, and what the chains here say: a server that leaves a space out is asked for it all the same. */
	async #ownSpaces(): Promise<ReadonlySet<SpaceId>> {
		const { spaces } = await listSpaces(this.ports);
		const now = Math.floor(this.ports.now() / 1000);
		const known = [...this.chains.world.rosters].filter(([, roster]) => roleOf(roster, this.keys.account, now) !== null);
		return new Set([...spaces, ...known.map(([id]) => id)]);
	}

	/** Spaces that this account has left, or was removed from: the roster says so, signed. */
	async #dropLeft(): Promise<void> {
		for (const [id, space] of this.spaces) {
			const { roster } = space;
			if (!roster || roster.terms.get(this.keys.account)?.at(-1)?.role !== null) continue;
			this.spaces.delete(id);
			await space.forget();
		}
	}

	/** What a lost device held, or has been in force for a month. */
	async #renewOwnKeys(): Promise<void> {
		const log = this.chains.world.users.get(this.keys.account);
		if (log && owesNewKeys(log, Math.floor(this.ports.now() / 1000))) await revokeAndRenew(this, null);
	}

	async #reseal(id: SpaceId, stream: StreamId, envelope: Uint8Array): Promise<Uint8Array | null> {
		await this.refresh(id);
		return (await this.spaces.get(id)?.reseal(stream, envelope))?.envelope ?? null;
	}

	#lookAgain(): void {
		if (this.#again || this.#closed) return;
		this.#again = setTimeout(() => {
			this.#again = null;
			void this.#catchUp();
		}, AGAIN_MS);
	}

	#noteLine(error: unknown): void {
		if (this.#closed) return;
		if (isProblem(error, 'offline')) {
			this.#offline = true;
			this.#parts.connectionChanged('offline');
			this.#lookAgain();
		} else if (!isProblem(error, 'unauthenticated', 'stale', 'dirty')) void this.#parts.findings.report('answer-refused', 'server', error);
	}

	async #noteAnswer(space: SpaceId, error: unknown): Promise<void> {
		if (isProblem(error, 'offline', 'unauthenticated')) throw error;
		await this.#parts.findings.report('answer-refused', space, error, space);
	}
}

const NO_EVENTS: readonly StreamEvent[] = [];

import { session } from '../api/index.ts';
import type { AnnouncementName, Announcements } from '../api/realtime.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { roleOf } from '../chain/roster.ts';
import { isProblem, Problem } from '../problem.ts';
import { listSpaces, NO_NONCE } from './accounts.ts';
import { Chains } from './chains.ts';
import { Coordination } from './coordination.ts';
import { Courier } from './courier.ts';
import { Drafts } from './drafts.ts';
import type { Findings } from './findings.ts';
import { ForumViews } from './forum-views.ts';
import type { Keys } from './keys.ts';
import type { Features } from './names.ts';
import { checkPins, dueForPinning, pinHeads } from './pins.ts';
import type { Ports, TransportListener } from './ports.ts';
import { serialQueue } from './queue.ts';
import { Space } from './space.ts';
import type { Topics } from './topics.ts';
import type { Connection, Progress, StreamEvent } from './types.ts';

/** How soon somebody who waits for approval, or for the line, looks again. */
const AGAIN_MS = 15_000;
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

/** The forum while the account's keys are in memory: chains, spaces, and the line to the server. */
export class OpenForum {
	readonly ports: Ports;
	readonly keys: Keys;
	readonly chains: Chains;
	readonly drafts: Drafts;
	readonly views: ForumViews;
	readonly coordination: Coordination;
	readonly spaces = new Map<SpaceId, Space>();
	/** What changes chains or spaces runs one after another. */
	readonly inTurn = serialQueue();
	readonly #parts: OpenForumParts;
	readonly #courier: Courier;
	readonly #stops: (() => void)[] = [];
	#closed = false;
	#offline = false;
	#again: ReturnType<typeof setTimeout> | null = null;

	constructor(parts: OpenForumParts) {
		const { ports, keys, topics, findings, features } = parts;
		this.#parts = parts;
		this.ports = ports;
		this.keys = keys;
		this.chains = new Chains(ports, topics, findings);
		this.chains.refreshRoster = (space) => this.space(space).synchronise();
		this.drafts = new Drafts(ports, keys);
		this.views = new ForumViews({
			chains: this.chains,
			keys,
			names: features.names,
			spaces: this.spaces,
			now: () => Math.floor(ports.now() / 1000),
		});
		this.coordination = new Coordination(this, features.names);
		this.#courier = new Courier({
			ports,
			acknowledged: (space, id, position) => this.spaces.get(space)?.acknowledge(id, position),
			changed: parts.statusChanged,
			failed: (error) => this.#noteLine(error),
			// Requests come through again though the realtime line never fell: the rest may be fetched too.
			delivered: () => {
				if (this.#offline) void this.#catchUp();
			},
		});
		const forget = () => this.views.forget();
		this.#stops.push(topics.watch('forum', forget), topics.watch('spaces', forget), () => this.#courier.stop());
	}

	get waiting(): number {
		return this.#courier.waiting;
	}

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
		const now = Math.floor(this.ports.now() / 1000);
		for (const [id, roster] of this.chains.world.rosters) {
			if (roleOf(roster, this.keys.account, now)) await this.space(id).load();
		}
		await this.#courier.count();
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
		const { event } = await this.ports.store.exclusively(`compose/${space}`, () => target.compose(stream, type, content));
		await this.#courier.count();
		void this.#courier.send();
		return event;
	}

	/** Works out anew what pages show, and tells them. */
	async changed(): Promise<void> {
		await this.views.prepare();
		this.#parts.topics.changed('forum', 'spaces');
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
		const { spaces } = await listSpaces(this.ports);
		for (const id of spaces) {
			await this.space(id)
				.synchronise()
				.catch((error: unknown) => this.#noteAnswer(id, error));
		}
		await checkPins(this.keys, this.chains.world, findings);
		await this.changed();
		progressChanged(null);
		this.#offline = false;
		connectionChanged('online');
		await this.coordination.introduce();
		if (await dueForPinning(this.ports, this.keys, this.chains.world)) await pinHeads(this.ports, this.keys, this.chains.world);
		void this.#courier.send();
		if (this.views.isAwaiting) this.#lookAgain();
	}

	#listener(): TransportListener {
		return {
			// Also after the first opening: between the catch-up and the line nothing may be missed.
			opened: () => void this.#catchUp(),
			closed: () => this.#parts.connectionChanged('connecting'),
			announced: (name, payload) => {
				void this.inTurn(() => this.#hear(name, payload)).catch((error: unknown) => this.#noteLine(error));
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
		return this.space(space).hear(event);
	}

	async #hearLink({ chain, position, link }: Announcements['link:appended']): Promise<void> {
		if (position === 0) {
			await this.space(chain).synchronise();
		} else if (position === this.chains.position + 1) {
			await this.chains.takeShared([link], position);
		} else if (position > this.chains.position) {
			await this.chains.synchronise();
		}
		await this.changed();
		await this.coordination.introduce();
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
		} else if (!isProblem(error, 'unauthenticated')) void this.#parts.findings.report('answer-refused', 'server', error);
	}

	async #noteAnswer(space: SpaceId, error: unknown): Promise<void> {
		if (isProblem(error, 'offline', 'unauthenticated')) throw error;
		await this.#parts.findings.report('answer-refused', space, error, space);
	}
}

const NO_EVENTS: readonly StreamEvent[] = [];

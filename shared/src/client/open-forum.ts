import type { Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { Attachments } from './attachments.ts';
import { Attestations } from './attest.ts';
import { Backlog } from './backlog.ts';
import { CatchUp } from './catch-up.ts';
import { Chains } from './chains.ts';
import { Coordination } from './coordination.ts';
import { deviceViews, noteUse } from './devices.ts';
import { DirectoryReading } from './directory-reading.ts';
import { Drafts } from './drafts.ts';
import type { Findings } from './findings.ts';
import type { ForumCore } from './forum-core.ts';
import { ForumViews } from './forum-views.ts';
import { Hearing } from './hearing.ts';
import { HeldWords } from './held.ts';
import type { JudgingFeature } from './judging.ts';
import type { Keys } from './keys.ts';
import { Evidence } from './evidence.ts';
import { Letters } from './letters.ts';
import { Line } from './line.ts';
import { addDevice, revocationOf } from './membership.ts';
import type { Features } from './names.ts';
import { OrganisationKeys } from './organisation-keys.ts';
import { OpenSpaces } from './open-spaces.ts';
import { Outgoing } from './outgoing.ts';
import { People } from './people.ts';
import { pinWhenDue } from './pins.ts';
import { Notifications } from './notifications.ts';
import { Operation } from './operation.ts';
import { OwnNotebook } from './notebook.ts';
import { LEVELS } from '../notebook/content.ts';
import type { Ports } from './ports.ts';
import { Publishing } from './publishing.ts';
import { Reading } from './reading.ts';
import { serialQueue } from './queue.ts';
import { Retention } from './retention.ts';
import { Recovery } from './recovery.ts';
import { Renewals } from './renewals.ts';
import { Search } from './search.ts';
import { Self, type OwnForum } from './self.ts';
import type { Space } from './space.ts';
import { endOf } from './standing.ts';
import type { Topics } from './topics.ts';
import type { Connection, DeviceView, Progress, QueueView, Status, StreamEvent, Voice } from './types.ts';
import { Verification } from './verification.ts';
import { Waking } from './waking.ts';

export interface OpenForumParts {
	readonly ports: Ports;
	readonly features: Features;
	readonly judge: JudgingFeature;
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

/**
 * The forum while the account's keys are in memory. Here its parts are made and handed to one another, and here
 * stands what each does when the forum opens, changes, has caught up and closes; how they do it is their own.
 */
export class OpenForum {
	readonly keys: Keys;
	readonly chains: Chains;
	readonly drafts: Drafts;
	readonly views: ForumViews;
	readonly coordination: Coordination;
	readonly recovery: Recovery;
	readonly people: People;
	readonly self: Self;
	readonly search: Search;
	readonly verification: Verification;
	readonly reading: Reading;
	readonly held: HeldWords;
	readonly notifications: Notifications;
	readonly operation: Operation;
	readonly attachments: Attachments;
	readonly letters: Letters;
	readonly evidence: Evidence;
	readonly publishing: Publishing;
	readonly retention: Retention;
	readonly backlog: Backlog;
	readonly directory: DirectoryReading;
	readonly organisationKeys: OrganisationKeys;
	readonly #parts: OpenForumParts;
	readonly #core: ForumCore;
	readonly #spaces: OpenSpaces;
	readonly #renewals: Renewals;
	readonly #notebook: OwnNotebook;
	readonly #outgoing: Outgoing;
	readonly #waking: Waking;
	readonly #attestations: Attestations;
	readonly #catchUp: CatchUp;
	readonly #hearing: Hearing;
	readonly #line: Line;
	readonly #unwatch: readonly (() => void)[];

	constructor(parts: OpenForumParts) {
		const { ports, keys, topics, findings, features, device } = parts;
		this.#parts = parts;
		this.keys = keys;
		this.chains = new Chains(ports, topics, findings, keys);
		const markOf = (space: SpaceId, stream: StreamId) => this.reading.markOf(space, stream);
		const settle = (space: Space, stream: StreamId) => this.retention.eraseIn(space, stream);
		this.#spaces = new OpenSpaces({ ...parts, chains: this.chains, judge: parts.judge, settle, markOf });
		this.chains.refreshRoster = (space) => this.#spaces.open(space).synchronise();
		this.chains.serverTime = parts.serverTime;
		const core = this.#makeCore();
		this.#core = core;
		this.views = this.#makeViews();
		this.#line = this.#makeLine();
		const renewals = new Renewals(core);
		this.#renewals = renewals;
		this.#waking = new Waking({ ...parts, ...core, loudness: this.#loudness, settle, changed: this.#spaces.changed });
		this.#outgoing = this.#makeOutgoing();
		this.drafts = new Drafts(ports, keys);
		this.coordination = new Coordination({ ...core, views: this.views, append: this.append }, features.names);
		this.recovery = new Recovery(core);
		this.people = new People({ ...core, renewals });
		this.self = new Self({ ...core, renewals, device, rename: (name) => this.coordination.rename(name) });
		this.verification = new Verification(core);
		this.search = new Search({ ...core, topics, views: this.views, findable: features.findable });
		this.#notebook = new OwnNotebook({ ports, keys, changed: () => topics.changed('reading') });
		this.reading = new Reading({ ...core, notebook: this.#notebook });
		this.attachments = new Attachments({ ...core, held: () => this.held.list, send: () => this.#outgoing.send() });
		this.operation = new Operation(core);
		this.notifications = new Notifications(core, () => this.views.tellingNames);
		this.retention = new Retention({ ...core, notebook: this.#notebook, outgoing: this.#outgoing, attachments: this.attachments });
		this.backlog = this.#makeBacklog();
		this.directory = new DirectoryReading(core);
		this.letters = new Letters({ ...core, changed: () => this.#lettersChanged(), failed: (error) => this.#line.failed(error) });
		this.organisationKeys = new OrganisationKeys({ ...core, letters: this.letters });
		this.evidence = new Evidence(core);
		this.publishing = new Publishing(core);
		this.held = new HeldWords({
			...core,
			append: (space, said, alongside) => this.#outgoing.append(space, said, alongside),
			changed: () => topics.changed('held'),
		});
		this.#attestations = new Attestations({ ...core, append: this.append });
		const fromServer = { ...core, spaces: this.#spaces, hasEnded: () => this.#hasEnded() };
		this.#catchUp = new CatchUp({ ...fromServer, findings });
		this.#hearing = new Hearing({
			...fromServer,
			sessionEnded: () => parts.ended(null),
			introduce: () => this.coordination.introduce(),
			notebook: this.#notebook,
			letters: this.letters,
		});
		this.#unwatch = (['forum', 'spaces'] as const).map((topic) => topics.watch(topic, () => this.views.forget()));
	}

	get waiting(): number {
		return this.#outgoing.waiting;
	}

	get queue(): QueueView {
		return this.#outgoing.queue;
	}

	get devices(): readonly DeviceView[] {
		return deviceViews(this.chains.world.users.get(this.keys.account), this.keys, this.self.acknowledged);
	}

	events(space: SpaceId, stream: StreamId): readonly StreamEvent[] {
		return this.#spaces.events(space, stream);
	}

	append = (space: SpaceId, stream: StreamId, type: string, content: Cbor, voice: Voice = 'person'): Promise<Hash> =>
		this.#outgoing.append(space, { stream, type, content, voice });

	async refresh(space: SpaceId): Promise<void> {
		await this.#core.inTurn(() => this.#spaces.open(space).synchronise());
		this.backlog.fetch();
	}

	/** Puts this browser into the account's user log. */
	addDevice = (): Promise<void> => addDevice(this.#core);
	/** The link by which this browser is revoked, signed while the keys are still there. */
	revocation = (): Promise<Uint8Array<ArrayBuffer>> => revocationOf(this.#core);

	/** Opens what this device kept. Needs no line. */
	async load(): Promise<void> {
		await this.chains.load();
		await this.self.load();
		await this.#notebook.load();
		await this.letters.load();
		await this.#spaces.load();
		await this.#outgoing.count();
		await this.retention.begin();
		await this.held.look();
		this.#hasEnded();
		await this.#changed();
		this.#waking.begin();
	}

	/** Opens the line and catches up. A first catch-up that fails for want of a line is no failure. */
	goOnline(): Promise<void> {
		return this.#line.open();
	}

	/** The session is over: what the server said last is still listened to, since it may say why. */
	lastWords(): Promise<void> {
		return this.#hearing.lastWords();
	}

	/** Sends what is still held, as far as there is a line: before this browser is left. */
	async sendHeld(): Promise<void> {
		await this.held.sendAll();
		await this.#outgoing.settled();
	}

	/** Resolves when what runs now has ended. */
	async settled(): Promise<void> {
		await this.#core.inTurn(async () => undefined);
		await this.#outgoing.settled();
	}

	close(): void {
		this.#line.close();
		this.#outgoing.stop();
		this.held.stop();
		this.retention.stop();
		this.organisationKeys.stop();
		this.letters.stop();
		this.backlog.stop();
		this.#waking.stop();
		this.#renewals.stop();
		this.#attestations.stop();
		this.#notebook.stop();
		for (const unwatch of this.#unwatch) unwatch();
	}

	async #changed(): Promise<void> {
		await this.views.prepare();
		this.#parts.topics.changed('forum', 'spaces', 'devices');
		this.#renewals.consider();
		this.organisationKeys.consider();
	}

	#lettersChanged(): void {
		this.#parts.topics.changed('letters');
		this.organisationKeys.consider();
	}

	/** What waited for a line and a forum that is up to date, one after another; what fails waits for the next time. */
	async #caughtUp(): Promise<void> {
		await this.coordination.introduce();
		await pinWhenDue(this.#parts.ports, this.keys, this.chains.world);
		await noteUse(this.#core);
		this.#attestations.consider();
		this.#outgoing.send();
		void this.chains.confirm().catch((error: unknown) => this.#parts.findings.report('link-refused', 'directory', error));
		if (this.views.isAwaiting) this.#line.lookAgain();
		await this.recovery.keepUp();
		await this.#notebook.synchronise();
		await this.reading.begin();
		this.backlog.fetch();
		// In its own turn, after this one.
		void this.retention.erase().catch(() => undefined);
		this.held.retry();
		// Last: a letter that the server does not take now keeps nothing else waiting.
		await this.letters.synchronise();
	}

	/** True when this browser or account has come to its end: everything of it goes. */
	#hasEnded(): boolean {
		const why = endOf(this.chains.world, this.keys);
		if (why !== null) this.#parts.ended(why);
		return why !== null;
	}

	#makeCore(): ForumCore {
		return {
			ports: this.#parts.ports,
			chains: this.chains,
			keys: this.keys,
			spaces: this.#spaces.all,
			space: (id) => this.#spaces.open(id),
			inTurn: serialQueue(),
			changed: () => this.#changed(),
		};
	}

	#makeViews(): ForumViews {
		const { ports, features } = this.#parts;
		return new ForumViews({
			chains: this.chains,
			keys: this.keys,
			names: features.names,
			spaces: this.#spaces.all,
			recoveryRequests: () => this.recovery.requests,
			now: () => Math.floor(ports.now() / 1000),
		});
	}

	#makeLine(): Line {
		const { ports, findings, connectionChanged, progressChanged } = this.#parts;
		return new Line({
			transport: ports.transport,
			inTurn: this.#core.inTurn,
			catchUp: async () => {
				if (!(await this.#catchUp.run())) return false;
				await this.#changed();
				progressChanged(null);
				return true;
			},
			caughtUp: () => this.#caughtUp(),
			announced: (name, payload) => {
				const take = this.#hearing.announced(name, payload);
				// What is announced may be the reason to ask, and the answer may only tell of what there is.
				return () => take().then(() => this.backlog.fetch());
			},
			connectionChanged,
			report: (error) => findings.report('answer-refused', 'server', error),
		});
	}

	#makeBacklog(): Backlog {
		const { findings, progressChanged } = this.#parts;
		return new Backlog({
			...this.#core,
			findings,
			progressChanged,
			loudness: this.#loudness,
			wake: (space, stream) => this.#waking.want(space, stream),
			failed: (error) => this.#line.failed(error),
			done: () => void this.retention.erase().then(this.#spaces.note, () => undefined),
		});
	}

	#loudness = (stream: StreamId): number => -LEVELS.indexOf(this.reading.levelOf(stream));

	#makeOutgoing(): Outgoing {
		return new Outgoing({
			...this.#core,
			renewals: this.#renewals,
			whole: (space, stream) => this.backlog.whole(space, stream),
			wake: (space, stream) => this.#waking.whole(space, stream),
			waitingChanged: this.#parts.statusChanged,
			delivered: () => this.#line.isBack(),
			failed: (error) => this.#line.failed(error),
		});
	}
}

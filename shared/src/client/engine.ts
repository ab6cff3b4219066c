import { forum as forumApi, session } from '../api/index.ts';
import type { AnswerOf, Route } from '../api/route.ts';
import type { Cbor } from '../bytes/cbor.ts';
import {
	idOf,
	SHORT_ID_LENGTH,
	type AccountId,
	type ChainId,
	type Hash,
	type InvitationId,
	type OrganisationId,
	type SpaceId,
	type StreamId,
} from '../bytes/ids.ts';
import { isProblem, Problem } from '../problem.ts';
import { readSheetCode, sheetCode } from '../vault/sheet.ts';
import { addCredential, leaveEnrolment, openOnNewDevice, rootFrom, signInWithRoot, unlock, type OpenedAccount } from './accounts.ts';
import { signInWithPasskey } from './credentials.ts';
import { readDevice, writeDevice, type DeviceRecord } from './device.ts';
import { Findings } from './findings.ts';
import { sendFarewell } from './farewell.ts';
import type { Features } from './names.ts';
import type { OpenForum } from './open-forum.ts';
import type { Ports, Transport, TransportCall } from './ports.ts';
import type { JoinInput } from './registration.ts';
import type { OwnForum } from './self.ts';
import { Topics } from './topics.ts';
import type {
	Client,
	Connection,
	DeviceView,
	Draft,
	EnrolmentSource,
	Finding,
	ForumView,
	InvitationPreview,
	InviteInput,
	KnownSecret,
	NewSecret,
	OnProgress,
	PeopleActions,
	Phase,
	Progress,
	RecoveryActions,
	RecoveryProgress,
	RecoverySheet,
	SelfActions,
	SetupInput,
	SpaceView,
	Status,
	StreamEvent,
	Topic,
	UnlockView,
	VerificationActions,
} from './types.ts';

const ENROLMENT_SECONDS = 10 * 60;
/** As much as the server allows a link to be ahead. */
const CLOCK_TOLERANCE = 10 * 60;
/** Why nothing is here any more. */
const ENDED = 'ended';
const silent: OnProgress = () => undefined;
/** What a visitor to the first page does not need comes when it is needed. */
const loadOpenForum = () => import('./open-forum.ts');
const loadRegistration = () => import('./registration.ts');
const loadRecovery = () => import('./recovery-request.ts');

/** Starts the engine on this device: finds out whether there is an account, opens nothing yet. */
export async function openClient(ports: Ports, features: Features): Promise<Client> {
	const engine = new Engine(ports, features, (await readDevice(ports.store)) ?? null);
	await engine.load();
	return engine;
}

/** One device's whole life: new, locked, open. What is open lives in {@link OpenForum}. */
class Engine implements Client {
	readonly #ports: Ports;
	readonly #features: Features;
	readonly #topics = new Topics();
	readonly #findings: Findings;
	#device: DeviceRecord | null;
	#forum: OpenForum | null = null;
	#connection: Connection = 'offline';
	#synchronising: Progress | null = null;
	#status: Status | null = null;
	#ended: Status['ended'] = null;
	#clockOff: number | null = null;

	constructor(ports: Ports, features: Features, device: DeviceRecord | null) {
		this.#ports = { ...ports, transport: this.#watched(ports.transport) };
		this.#features = features;
		this.#device = device;
		this.#findings = new Findings(this.#ports, this.#topics);
	}

	async load(): Promise<void> {
		await this.#findings.load();
		this.#ended = (await this.#ports.store.get<Status['ended']>('notes', ENDED)) ?? null;
	}

	watch(topic: Topic, listener: () => void): () => void {
		return this.#topics.watch(topic, listener);
	}

	get status(): Status {
		this.#status ??= {
			phase: this.#phase,
			connection: this.#connection,
			account: this.#device?.account ?? null,
			unlocks: this.#device?.unlocks ?? [],
			handleKnown: (this.#device?.handle ?? null) !== null,
			synchronising: this.#synchronising,
			waiting: this.#forum?.waiting ?? 0,
			ended: this.#ended,
			clockOff: this.#clockOff,
		};
		return this.#status;
	}

	get forum(): ForumView | null {
		return this.#forum?.views.forum ?? null;
	}

	get spaces(): readonly SpaceView[] {
		return this.#forum?.views.spaces ?? NO_SPACES;
	}

	get findings(): readonly Finding[] {
		return this.#findings.list;
	}

	get devices(): readonly DeviceView[] {
		return this.#forum?.devices ?? NO_DEVICES;
	}

	get unlocks(): readonly UnlockView[] {
		return this.#forum?.self.unlocks ?? NO_UNLOCKS;
	}

	get self(): SelfActions {
		return this.#open().self;
	}

	get people(): PeopleActions {
		return this.#open().people;
	}

	get verification(): VerificationActions {
		return this.#open().verification;
	}

	get recovery(): RecoveryActions {
		return this.#open().recovery;
	}

	events(space: SpaceId, stream: StreamId): readonly StreamEvent[] {
		return this.#forum?.events(space, stream) ?? NO_EVENTS;
	}

	async probeSetup(token: string): Promise<void> {
		await this.#ports.transport.call(forumApi.probe, { params: {}, request: { token } });
	}

	async setup(input: SetupInput, onProgress = silent): Promise<RecoverySheet> {
		this.#mustBeNew();
		const { foundForum } = await loadRegistration();
		const founded = await foundForum(this.#ports, input, onProgress);
		const forum = await this.#enter(founded);
		await forum.coordination.describe(founded.space, { title: input.space, forum: input.forum });
		await forum.coordination.nameOrganisation(founded.space, founded.host, input.host);
		return this.recoverySheet();
	}

	async readInvitation(fragment: string): Promise<InvitationPreview> {
		const { openInvitation } = await import('./invitation.ts');
		const { letter, invitation } = await openInvitation(this.#ports, fragment);
		const { role, expires, approval } = invitation;
		return { ...letter, role, expires, approval };
	}

	async join(input: JoinInput, onProgress = silent): Promise<RecoverySheet> {
		this.#mustBeNew();
		const { joinForum } = await loadRegistration();
		const opened = (await this.#resume(input.secret, onProgress)) ?? (await joinForum(this.#ports, input, onProgress));
		await this.#enter(opened);
		return this.recoverySheet();
	}

	async signIn(secret: KnownSecret, onProgress = silent): Promise<void> {
		void loadOpenForum().catch(() => undefined);
		if (this.#device) {
			const device = (await readDevice(this.#ports.store)) ?? this.#device;
			await this.#enter(await unlock(this.#ports, device, secret, onProgress));
			return;
		}
		if (secret.kind !== 'passkey') throw new Problem('not-allowed', { rule: 'device-is-enrolled' });
		const forum = await this.#forumId();
		const opened = await openOnNewDevice(this.#ports, forum, await signInWithPasskey(this.#ports, forum));
		await this.#enrol(opened);
	}

	isRecoveryCode(code: string): boolean {
		try {
			return readSheetCode(code).length > 0;
		} catch {
			return false;
		}
	}

	async enrol(input: { from: EnrolmentSource; secret: NewSecret }, onProgress = silent): Promise<void> {
		this.#mustBeNew();
		const recovery = 'recovery' in input.from ? await loadRecovery() : null;
		const root = 'recovery' in input.from ? await recovery?.recoveredRoot(this.#ports) : await rootFrom(this.#ports, input.from);
		if (!root) throw new Problem('code-mismatch');
		onProgress({ step: 'keys', done: 0, total: 0 });
		const signedIn = await signInWithRoot(this.#ports, root);
		await this.#enrol(await openOnNewDevice(this.#ports, await this.#forumId(), signedIn), { secret: input.secret, onProgress });
		await recovery?.endRecovery(this.#ports);
	}

	async beginRecovery(fragment: string): Promise<RecoveryProgress> {
		this.#mustBeNew();
		const { beginRecovery } = await loadRecovery();
		return beginRecovery(this.#ports, await this.#forumId(), fragment);
	}

	pollRecovery = async (): Promise<RecoveryProgress | null> => (await loadRecovery()).pollRecovery(this.#ports);
	abandonRecovery = async (): Promise<void> => (await loadRecovery()).endRecovery(this.#ports);

	async offerEnrolment(): Promise<{ fragment: string; expires: number }> {
		const fragment = await leaveEnrolment(this.#ports, this.#open().keys);
		return { fragment, expires: Math.floor(this.#ports.now() / 1000) + ENROLMENT_SECONDS };
	}

	recoverySheet(): RecoverySheet {
		const { keys } = this.#open();
		return { code: sheetCode(keys.content.root), account: keys.account };
	}

	lock(): void {
		this.#forum?.close();
		this.#forum = null;
		this.#connection = 'offline';
		this.#synchronising = null;
		this.#changed('status', 'forum', 'spaces', 'devices');
	}

	async signOut({ erase }: { erase: boolean }): Promise<void> {
		await this.#ports.transport.call(session.end, { params: {}, request: {} }).catch((error: unknown) => {
			if (!isProblem(error, 'offline', 'unauthenticated')) throw error;
		});
		this.lock();
		if (erase) {
			await this.#erase();
		} else if (this.#device) {
			await this.#remember({ ...this.#device, handle: null });
		}
		this.#changed('status');
	}

	async wipe(): Promise<void> {
		const farewell = (await this.#forum?.revocation().catch(() => null)) ?? null;
		this.lock();
		await this.#erase();
		void sendFarewell(this.#ports.transport, farewell);
		this.#changed('status');
	}

	markFindingsSeen = (): Promise<void> => this.#findings.markSeen();

	addOrganisation = (name: string): Promise<OrganisationId> => this.#open().coordination.addOrganisation(name);
	createSpace = (title: string): Promise<SpaceId> => this.#open().coordination.createSpace(title);
	invite = (input: InviteInput): Promise<{ id: InvitationId; fragment: string }> => this.#open().coordination.invite(input);
	revokeInvitation = (id: InvitationId): Promise<void> => this.#open().coordination.revokeInvitation(id);
	approve = (account: AccountId): Promise<void> => this.#open().coordination.approve(account);
	append = (space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<Hash> =>
		this.#open().append(space, stream, type, content);
	refresh = (space: SpaceId): Promise<void> => this.#open().refresh(space);
	readDraft = (key: string): Promise<Draft | null> => this.#open().drafts.read(key);
	writeDraft = (key: string, text: string, base: number): Promise<number> => this.#open().drafts.write(key, text, base);
	removeDraft = (key: string): Promise<void> => this.#open().drafts.remove(key);

	newStream(): StreamId {
		return idOf<StreamId>(this.#ports.random(SHORT_ID_LENGTH));
	}

	async close(): Promise<void> {
		await this.#forum?.settled();
		this.lock();
	}

	get #phase(): Phase {
		if (this.#forum) return 'open';
		return this.#device ? 'locked' : 'new';
	}

	/** An account of which it was not certain whether the server has it: opened if it does, forgotten if not. */
	async #resume(secret: NewSecret, onProgress: OnProgress): Promise<OpenedAccount | null> {
		const kept = await readDevice(this.#ports.store);
		if (!kept) return null;
		try {
			return await unlock(this.#ports, kept, secret, onProgress);
		} catch (error) {
			if (!isProblem(error, 'sign-in-failed')) throw error;
			await this.#ports.store.clear('device');
			return null;
		}
	}

	#open(): OpenForum {
		if (!this.#forum) throw new Problem('locked');
		return this.#forum;
	}

	#mustBeNew(): void {
		if (this.#device) throw new Problem('not-allowed', { rule: 'one-account-on-a-device' });
	}

	async #forumId(): Promise<ChainId> {
		const { forum } = await this.#ports.transport.call(forumApi.read, { params: {}, request: {} });
		if (forum === null) throw new Problem('sign-in-failed');
		return forum as string as ChainId;
	}

	/** Puts a new browser into the user log, gives it a way to unlock, and keeps it. */
	async #enrol(opened: OpenedAccount, own?: { secret: NewSecret; onProgress: OnProgress }): Promise<void> {
		const forum = await this.#newForum(opened);
		await forum.chains.synchronise();
		await forum.addDevice();
		const device = own ? await addCredential(this.#ports, opened, own.secret, own.onProgress) : opened.device;
		await this.#enter({ ...opened, device });
	}

	async #enter(opened: OpenedAccount): Promise<OpenForum> {
		this.#forum?.close();
		this.#ended = null;
		await this.#remember(opened.device);
		const forum = await this.#newForum(opened);
		this.#forum = forum;
		if (opened.known) await forum.chains.keep(opened.known);
		await forum.load();
		this.#changed('status', 'forum', 'spaces');
		await forum.goOnline();
		if (this.#ended !== null) throw new Problem(this.#ended === 'device-revoked' ? 'device-revoked' : 'sign-in-failed');
		return forum;
	}

	/** Loaded when somebody unlocks: a visitor to the first page should not have to wait for it. */
	async #newForum(opened: OpenedAccount): Promise<OpenForum> {
		const { OpenForum } = await loadOpenForum();
		return new OpenForum({
			ports: this.#ports,
			features: this.#features,
			topics: this.#topics,
			findings: this.#findings,
			keys: opened.keys,
			connectionChanged: (connection) => this.#setConnection(connection),
			progressChanged: (progress) => this.#setProgress(progress),
			statusChanged: () => this.#changed('status'),
			ended: (why) => void this.#end(why),
			device: this.#ownDevice(opened.device),
			serverTime: (seconds) => this.#compareClocks(seconds),
		});
	}

	/** Locks; for good, when this browser was revoked or the person removed: then nothing stays here. */
	async #end(why: Status['ended']): Promise<void> {
		const forum = this.#forum;
		if (why === null) {
			await forum?.lastWords();
			if (forum === this.#forum) this.lock();
			return;
		}
		this.#ended = why;
		this.lock();
		await this.#erase();
		await this.#ports.store.write([{ bucket: 'notes', key: ENDED, value: why }]);
		this.#changed('status');
	}

	/** Nothing of the account stays on this device. */
	async #erase(): Promise<void> {
		this.#device = null;
		this.#findings.forget();
		await this.#ports.store.clear();
		this.#changed('status', 'findings', 'devices');
	}

	#ownDevice(record: DeviceRecord): OwnForum['device'] {
		const current = () => this.#device ?? record;
		return {
			get record() {
				return current();
			},
			remember: async (changed) => {
				await this.#remember(changed);
				this.#changed('status', 'devices');
			},
		};
	}

	#compareClocks(seconds: number): void {
		const ahead = Math.floor(this.#ports.now() / 1000) - seconds;
		const off = Math.abs(ahead) > CLOCK_TOLERANCE ? ahead : null;
		if ((off === null) === (this.#clockOff === null)) return;
		this.#clockOff = off;
		this.#changed('status');
	}

	/** The keys note in the store which vault they have seen: that never goes back. */
	async #remember(device: DeviceRecord): Promise<void> {
		const kept = await readDevice(this.#ports.store);
		const seen = kept?.account === device.account ? kept.vaultVersion : 0;
		this.#device = { ...device, vaultVersion: Math.max(device.vaultVersion, seen) };
		await writeDevice(this.#ports.store, this.#device);
	}

	#setConnection(connection: Connection): void {
		if (this.#connection === connection) return;
		this.#connection = connection;
		this.#changed('status');
	}

	#setProgress(progress: Progress | null): void {
		this.#synchronising = progress;
		this.#changed('status');
	}

	#changed(...topics: Topic[]): void {
		this.#status = null;
		this.#topics.changed(...topics);
	}

	/** A session that the server no longer knows locks this device. */
	#watched(transport: Transport): Transport {
		return {
			call: async <R extends Route>(route: R, call: TransportCall<R>): Promise<AnswerOf<R>> => {
				try {
					return await transport.call(route, call);
				} catch (error) {
					if (isProblem(error, 'unauthenticated') && route.access !== 'public' && this.#forum) void this.#end(null);
					throw error;
				}
			},
			listen: (listener) => transport.listen(listener),
		};
	}
}

const NO_SPACES: readonly SpaceView[] = [];
const NO_DEVICES: readonly DeviceView[] = [];
const NO_UNLOCKS: readonly UnlockView[] = [];
const NO_EVENTS: readonly StreamEvent[] = [];

import { forum as forumApi } from '../api/index.ts';
import type { Cbor } from '../bytes/cbor.ts';
import {
	idOf,
	SHORT_ID_LENGTH,
	type AccountId,
	type Hash,
	type InvitationId,
	type OrganisationId,
	type SpaceId,
	type StreamId,
} from '../bytes/ids.ts';
import { readSheetCode, sheetCode } from '../vault/sheet.ts';
import { leaveEnrolment } from './accounts.ts';
import { DeviceLife } from './device-life.ts';
import { Entry } from './entry.ts';
import type { Features } from './names.ts';
import type { OpenForum } from './open-forum.ts';
import type { Ports } from './ports.ts';
import type { JoinInput } from './registration.ts';
import type {
	Client,
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
	PublishingActions,
	RecoveryActions,
	RepresentationActions,
	RecoveryProgress,
	RecoverySheet,
	SearchActions,
	SelfActions,
	SetupInput,
	SpaceView,
	Status,
	StreamEvent,
	Topic,
	UnlockView,
	AttachmentActions,
	BacklogActions,
	DirectoryActions,
	EvidenceActions,
	HeldActions,
	NotificationActions,
	OperationActions,
	LetterActions,
	RetentionActions,
	ReadingActions,
	QueueView,
	VerificationActions,
	Voice,
} from './types.ts';

const ENROLMENT_SECONDS = 10 * 60;
const silent: OnProgress = () => undefined;

/** Starts the engine on this device: finds out whether there is an account, opens nothing yet. */
export async function openClient(ports: Ports, features: Features): Promise<Client> {
	const life = new DeviceLife(ports, features);
	await life.load();
	return new Engine(life);
}

/**
 * What a page may ask, each question passed to whoever can answer it: {@link Entry} for the ways in, {@link DeviceLife}
 * for what this device is, {@link OpenForum} for everything that needs the keys.
 */
class Engine implements Client {
	readonly #life: DeviceLife;
	readonly #entry: Entry;

	constructor(life: DeviceLife) {
		this.#life = life;
		this.#entry = new Entry(life);
	}

	watch(topic: Topic, listener: () => void): () => void {
		return this.#life.topics.watch(topic, listener);
	}

	get status(): Status {
		return this.#life.status;
	}

	get forum(): ForumView | null {
		return this.#life.forum?.views.forum ?? null;
	}

	get spaces(): readonly SpaceView[] {
		return this.#life.forum?.views.spaces ?? NO_SPACES;
	}

	get findings(): readonly Finding[] {
		return this.#life.stay.findings.list;
	}

	get devices(): readonly DeviceView[] {
		return this.#life.forum?.devices ?? NO_DEVICES;
	}

	get unlocks(): readonly UnlockView[] {
		return this.#life.forum?.self.unlocks ?? NO_UNLOCKS;
	}

	get queue(): QueueView {
		return this.#life.forum?.queue ?? NO_QUEUE;
	}

	get self(): SelfActions {
		return this.#open.self;
	}

	get people(): PeopleActions {
		return this.#open.people;
	}

	get verification(): VerificationActions {
		return this.#open.verification;
	}

	get attachments(): AttachmentActions {
		return this.#open.attachments;
	}

	get backlog(): BacklogActions {
		return this.#open.backlog;
	}

	get directory(): DirectoryActions {
		return this.#open.directory;
	}

	get representation(): RepresentationActions {
		return this.#open.organisationKeys;
	}

	get held(): HeldActions {
		return this.#open.held;
	}

	get letters(): LetterActions {
		return this.#open.letters;
	}

	get retention(): RetentionActions {
		return this.#open.retention;
	}

	get evidence(): EvidenceActions {
		return this.#open.evidence;
	}

	get publishing(): PublishingActions {
		return this.#open.publishing;
	}

	get operation(): OperationActions {
		return this.#open.operation;
	}

	get notifications(): NotificationActions {
		return this.#open.notifications;
	}

	get reading(): ReadingActions {
		return this.#open.reading;
	}

	get recovery(): RecoveryActions {
		return this.#open.recovery;
	}

	get search(): SearchActions {
		return this.#open.search;
	}

	events(space: SpaceId, stream: StreamId): readonly StreamEvent[] {
		return this.#life.forum?.events(space, stream) ?? NO_EVENTS;
	}

	async probeSetup(token: string): Promise<void> {
		await this.#life.stay.ports.transport.call(forumApi.probe, { params: {}, request: { token } });
	}

	async setup(input: SetupInput, onProgress = silent): Promise<RecoverySheet> {
		await this.#entry.setup(input, onProgress);
		return this.recoverySheet();
	}

	async readInvitation(fragment: string): Promise<InvitationPreview> {
		const { openInvitation } = await import('./invitation.ts');
		const { letter, invitation } = await openInvitation(this.#life.stay.ports, fragment);
		const { role, expires, approval } = invitation;
		return { ...letter, role, expires, approval };
	}

	async join(input: JoinInput, onProgress = silent): Promise<RecoverySheet> {
		await this.#entry.join(input, onProgress);
		return this.recoverySheet();
	}

	signIn = (secret: KnownSecret, onProgress = silent, readable?: () => void): Promise<void> =>
		this.#entry.signIn(secret, onProgress, readable);

	isRecoveryCode(code: string): boolean {
		try {
			return readSheetCode(code).length > 0;
		} catch {
			return false;
		}
	}

	enrol = (input: { from: EnrolmentSource; secret: NewSecret }, onProgress = silent): Promise<void> => this.#entry.enrol(input, onProgress);
	beginRecovery = (fragment: string): Promise<RecoveryProgress> => this.#entry.beginRecovery(fragment);
	pollRecovery = (): Promise<RecoveryProgress | null> => this.#entry.pollRecovery();
	abandonRecovery = (): Promise<void> => this.#entry.abandonRecovery();

	async offerEnrolment(): Promise<{ fragment: string; expires: number }> {
		const { ports } = this.#life.stay;
		const fragment = await leaveEnrolment(ports, this.#open.keys);
		return { fragment, expires: Math.floor(ports.now() / 1000) + ENROLMENT_SECONDS };
	}

	recoverySheet(): RecoverySheet {
		const { keys } = this.#open;
		return { code: sheetCode(keys.content.root), account: keys.account };
	}

	lock = (): void => this.#life.lock();
	signOut = (options: { erase: boolean }): Promise<void> => this.#life.signOut(options);
	wipe = (): Promise<void> => this.#life.wipe();
	markFindingsSeen = (space?: SpaceId): Promise<void> => this.#life.stay.findings.markSeen(space);

	addOrganisation = (name: string): Promise<OrganisationId> => this.#open.coordination.addOrganisation(name);
	createSpace = (title: string): Promise<SpaceId> => this.#open.coordination.createSpace(title);
	invite = (input: InviteInput): Promise<{ id: InvitationId; fragment: string }> => this.#open.coordination.invite(input);
	revokeInvitation = (id: InvitationId): Promise<void> => this.#open.coordination.revokeInvitation(id);
	approve = (account: AccountId): Promise<void> => this.#open.coordination.approve(account);
	append = (space: SpaceId, stream: StreamId, type: string, content: Cbor, voice?: Voice): Promise<Hash> =>
		this.#open.append(space, stream, type, content, voice);
	refresh = (space: SpaceId): Promise<void> => this.#open.refresh(space);
	readDraft = (key: string): Promise<Draft | null> => this.#open.drafts.read(key);
	writeDraft = (key: string, text: string, base: number): Promise<number> => this.#open.drafts.write(key, text, base);
	draftKeys = (beginning: string): Promise<readonly string[]> => this.#open.drafts.keys(beginning);
	removeDraft = (key: string): Promise<void> => this.#open.drafts.remove(key);

	newStream(): StreamId {
		return idOf<StreamId>(this.#life.stay.ports.random(SHORT_ID_LENGTH));
	}

	close = (): Promise<void> => this.#life.close();

	get #open(): OpenForum {
		return this.#life.opened;
	}
}

const NO_SPACES: readonly SpaceView[] = [];
const NO_DEVICES: readonly DeviceView[] = [];
const NO_UNLOCKS: readonly UnlockView[] = [];
const NO_EVENTS: readonly StreamEvent[] = [];
const NO_QUEUE: QueueView = { waiting: [], sending: null, refused: [] };

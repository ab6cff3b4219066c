import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent, Voice } from '@multaqa/shared/client/types';
import { settingsAt, settingsWaiting, SETTINGS, type Settings, type SettingsHistory } from '@multaqa/shared/organisations/settings';
import { todayHere } from '@multaqa/shared/positions/days';
import type { Act, ContentOf } from '@multaqa/shared/positions/events';
import { issuesOf, type Issue } from '@multaqa/shared/positions/issues';
import type { KeptAnswer } from '@multaqa/shared/positions/kept-answer';
import type { Refusal } from '@multaqa/shared/positions/rule-names';
import { refusalOf } from '@multaqa/shared/positions/rules';
import { isFacilitator, leads, type Actor, type Standing } from '@multaqa/shared/positions/standing';
import { settingsOf, standingOf } from '@multaqa/shared/positions/standing-of';
import { waitsOf, type Wait } from '@multaqa/shared/positions/waits';
import { Problem } from '@multaqa/shared/problem';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';
import { m } from '../paraglide/messages.js';
import { knownIn, type Known } from '../profiles/people.ts';
import { organisationsIn, type Participant } from './participants.ts';
import { Registers, type ReadIssue } from './registers.ts';
import { voiceOf } from './voice-of.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);
/** Seconds that the clock here is ahead of UTC. */
const offset = (): number => -new Date().getTimezoneOffset() * 60;

/** Positions of one space: its issues, what organisations say, and what this person may do about it. */
export class Positions {
	readonly client: Client;
	readonly standing: Standing;
	/** Answers that were sealed while this page is open: the letters that keep them may not be back yet. */
	readonly sealedHere: KeptAnswer[] = [];
	readonly #space: () => SpaceView;
	readonly #registers: Registers;
	readonly #anything: Watched<number>;
	readonly #index: Watched<readonly StreamEvent[]>;
	readonly #forum: Watched<Client['forum']>;
	#changes = 0;
	#settingsBefore: SettingsHistory = new Map();
	readonly #indexed = $derived.by(() => this.#index.current);
	readonly #issues = $derived.by(() => issuesOf(this.#indexed));
	readonly #settings = $derived.by(() => this.#settingsNow());
	readonly #participants = $derived.by(() => (void this.#anything.current, organisationsIn(this.space, this.#forum.current)));

	constructor(client: Client, space: () => SpaceView) {
		this.client = client;
		this.#space = space;
		const { id, index } = space();
		this.standing = standingOf(client, id);
		this.#registers = new Registers(this.standing);
		this.#anything = new Watched(client, `space:${id}`, () => ++this.#changes);
		this.#index = new Watched(client, `space:${id}`, () => client.events(id, index));
		this.#forum = new Watched(client, 'forum', () => client.forum);
	}

	get space(): SpaceView {
		return this.#space();
	}

	/** The newest first. */
	get issues(): readonly Issue[] {
		return this.#issues;
	}

	find(stream: string): Issue | null {
		return this.#issues.find((issue) => issue.stream === stream) ?? null;
	}

	/** Organisations of this space by name. */
	get participants(): readonly Participant[] {
		return this.#participants;
	}

	nameOf(organisation: OrganisationId): string {
		const { organisations } = this.#forum.current ?? {};
		const here = this.#participants.find(({ id }) => id === organisation)?.name;
		return here ?? organisations?.find(({ id }) => id === organisation)?.name ?? m.organisation_unnamed();
	}

	person(account: AccountId): Known | null {
		return knownIn(this.space.members, this.#forum.current?.people ?? [], account);
	}

	/** What is known of an issue on this device. */
	read(issue: Issue): ReadIssue {
		void this.#anything.current;
		return this.#registers.of(issue, this.client.events(this.space.id, issue.stream), this.#settings);
	}

	/** How much of an issue was told of and is not here yet. */
	missing({ stream }: Issue): number {
		void this.#anything.current;
		return this.client.backlog.missing(this.space.id, stream).count;
	}

	/** Everybody who may speak for an organisation now. */
	representatives(organisation: OrganisationId): readonly AccountId[] {
		return (this.#forum.current?.people ?? [])
			.filter((person) => person.organisation === organisation && person.representative && !person.removed)
			.map(({ account }) => account);
	}

	get self(): AccountId | null {
		return this.client.status.account;
	}

	/** The organisation for which this person may speak here; `null` when there is none. */
	get speaksFor(): OrganisationId | null {
		return this.space.may.speakForOrganisation ? this.belongsTo : null;
	}

	/** The organisation of this person. */
	get belongsTo(): OrganisationId | null {
		return this.self === null ? null : this.client.directory.organisationOf(this.self, null);
	}

	/** May do what facilitators do. */
	get facilitates(): boolean {
		return isFacilitator(this.space.role);
	}

	/** May put an issue and its text. */
	leads({ opener }: Pick<Issue, 'opener'>): boolean {
		return this.self !== null && leads({ role: this.space.role, account: this.self }, opener);
	}

	/** What an issue asks of this person now. */
	waits(issue: Issue, now: number): readonly Wait[] {
		if (this.self === null || !this.space.writable) return [];
		const asked = { account: this.self, organisation: this.speaksFor, role: this.space.role };
		return waitsOf(this.read(issue).working, asked, this.standing, now);
	}

	/** Why this person may not do something now; `null` when they may. The same rules as every reader's. */
	refusal(issue: Issue, act: Act, voice: Voice = voiceOf(act)): Refusal | null {
		const { working } = this.read(issue);
		return refusalOf(act, this.actor(voice), { register: working, standing: this.standing, opener: issue.opener });
	}

	actor(voice: Voice): Actor {
		const time = seconds();
		return { account: this.self ?? ('' as AccountId), role: this.space.role, voice, time, today: todayHere(time, offset()), at: null };
	}

	/** @throws Problem `not-allowed` with the rule that refuses it, and what the engine refuses */
	async do(issue: Issue, act: Act, voice: Voice = voiceOf(act)): Promise<Hash> {
		const refusal = this.refusal(issue, act, voice);
		if (refusal) throw new Problem('not-allowed', { rule: refusal.rule });
		return this.client.append(this.space.id, issue.stream, act.type, act.content as Cbor, voice);
	}

	/** Opens an issue; answers its stream. */
	async open(about: Omit<ContentOf<'issue.open'>, 'stream'>): Promise<StreamId> {
		const stream = this.client.newStream();
		await this.client.append(this.space.id, this.space.index, 'issue.open', { stream, ...about });
		return stream;
	}

	/** Another title and question. */
	async change({ stream }: Issue, about: Omit<ContentOf<'issue.open'>, 'stream'>): Promise<void> {
		await this.client.append(this.space.id, this.space.index, 'issue.change', { stream, ...about });
	}

	/** How an organisation wants to be dealt with here. */
	settings(organisation: OrganisationId): Settings {
		return settingsAt(this.#settings, organisation, Infinity);
	}

	/** What one of its two persons wants changed. */
	settingsWaiting(organisation: OrganisationId): ReturnType<typeof settingsWaiting> {
		return settingsWaiting(this.#settings, organisation);
	}

	async setSettings(settings: Settings): Promise<void> {
		await this.client.append(
			this.space.id,
			this.space.index,
			SETTINGS,
			{ ...settings, constituencies: [...settings.constituencies] },
			'organisation',
		);
	}

	/** The same history as long as nobody says another thing: everything that was read stands on it. */
	#settingsNow(): SettingsHistory {
		const history = settingsOf(this.client, this.#indexed);
		if (JSON.stringify([...history]) !== JSON.stringify([...this.#settingsBefore])) this.#settingsBefore = history;
		return this.#settingsBefore;
	}
}

/** Made in the layout of positions. */
export const [usePositions, providePositions] = createContext<Positions>();

import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { AccountId, Hash, OrganisationId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent, Voice } from '@multaqa/shared/client/types';
import { canonicalBytes } from '@multaqa/shared/documents/canonical';
import type { FrozenVersion } from '@multaqa/shared/documents/live/versions';
import type { Order } from '@multaqa/shared/documents/neutral-order';
import { sealSeed } from '@multaqa/shared/documents/sealed-order';
import { Problem } from '@multaqa/shared/problem';
import { SignatureChecks } from '@multaqa/shared/statements/checks';
import { MOST_TEXT, TITLE_LIMIT, type Act, type ContentOf } from '@multaqa/shared/statements/events';
import { signingStandingOf, type Actor, type SigningStanding } from '@multaqa/shared/statements/standing';
import { statementOf } from '@multaqa/shared/statements/statement';
import type { Statement } from '@multaqa/shared/statements/statement-types';
import { statementsOf, type StatementEntry } from '@multaqa/shared/statements/titles';
import { waitsOf, type Wait } from '@multaqa/shared/statements/waits';
import { markFile, markOf } from '@multaqa/shared/statements/withheld';
import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { Watched } from '../client/watched.svelte.ts';
import { m } from '../paraglide/messages.js';
import { knownIn, type Known } from '../profiles/people.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** What a call for signatures is opened with. */
export interface CallTerms {
	readonly document: StreamId;
	readonly frozen: FrozenVersion;
	readonly order: Order;
	/** Seconds since 1970. */
	readonly closes: number;
}

/** The statements of one space: calls for signatures, and what came of them. */
export class Statements {
	readonly client: Client;
	readonly standing: SigningStanding;
	readonly #space: () => SpaceView;
	readonly #checks = new SignatureChecks();
	readonly #marks = new SvelteMap<StreamId, Hash>();
	readonly #marking = new Set<StreamId>();
	readonly #anything: Watched<number>;
	readonly #index: Watched<readonly StreamEvent[]>;
	readonly #forum: Watched<Client['forum']>;
	#changes = 0;
	#looked = $state(0);
	readonly #list = $derived.by(() => statementsOf(this.#index.current));

	constructor(client: Client, space: () => SpaceView) {
		this.client = client;
		this.#space = space;
		const { id, index } = space();
		this.standing = signingStandingOf(client, id);
		this.#anything = new Watched(client, `space:${id}`, () => ++this.#changes);
		this.#index = new Watched(client, `space:${id}`, () => client.events(id, index));
		this.#forum = new Watched(client, 'forum', () => client.forum);
	}

	get space(): SpaceView {
		return this.#space();
	}

	/** The newest first. */
	get list(): readonly StatementEntry[] {
		return this.#list;
	}

	find(stream: string): StatementEntry | null {
		return this.#list.find((entry) => entry.stream === stream) ?? null;
	}

	/** What a statement is now, with what this device has not sent yet. Signatures that are new are looked at meanwhile. */
	read(stream: StreamId, withWaiting = true): Statement {
		void this.#anything.current;
		void this.#looked;
		const events = this.client.events(this.space.id, stream);
		void this.#checks.look(events).then((any) => any && this.#looked++);
		return statementOf(events, { standing: this.standing, stream, holds: this.#checks.holds, withWaiting });
	}

	/** The same, once every signature was looked at. */
	async looked(stream: StreamId): Promise<Statement> {
		await this.#checks.look(this.client.events(this.space.id, stream));
		return this.read(stream);
	}

	/** What coordinators call a withheld signature of the own organisation: its representatives' programs alone can tell. `null` while it is not known. */
	ownMark(stream: StreamId): Hash | null {
		const { representation } = this.client;
		if (representation.key !== null && this.signsFor !== null && !this.#marking.has(stream)) {
			this.#marking.add(stream);
			void representation.sign(markFile(stream)).then(
				({ signature }) => this.#marks.set(stream, markOf(signature)),
				() => this.#marking.delete(stream),
			);
		}
		return this.#marks.get(stream) ?? null;
	}

	/** How much of a statement was told of and is not here yet. */
	missing(stream: StreamId): number {
		void this.#anything.current;
		return this.client.backlog.missing(this.space.id, stream).count;
	}

	get self(): AccountId | null {
		return this.client.status.account;
	}

	/** The organisation for which this person may sign; `null` when there is none. */
	get signsFor(): OrganisationId | null {
		return this.space.may.speakForOrganisation && this.self !== null ? this.client.directory.organisationOf(this.self, null) : null;
	}

	/** The own organisation asks for two persons. */
	get asksForTwo(): boolean {
		void this.#anything.current;
		return this.signsFor !== null && this.standing.asksForTwo(this.signsFor, null);
	}

	/** May call for signatures, and publish. */
	get coordinates(): boolean {
		return this.space.role === 'coordinator' && this.space.writable;
	}

	nameOf(organisation: OrganisationId): string {
		return this.#forum.current?.organisations.find(({ id }) => id === organisation)?.name ?? m.organisation_unnamed();
	}

	person(account: AccountId): Known | null {
		return knownIn(this.space.members, this.#forum.current?.people ?? [], account);
	}

	/** Those who coordinate this space, without this person: who may hold a withheld name. */
	get otherCoordinators(): readonly AccountId[] {
		return this.space.members.filter(({ role, account }) => role === 'coordinator' && account !== this.self).map(({ account }) => account);
	}

	/** What a statement asks of this person now. */
	waits(stream: StreamId, now: number): readonly Wait[] {
		if (this.self === null || !this.space.writable) return [];
		const statement = this.read(stream);
		// Whose program knows no mark asks nothing of it: making a key takes a line.
		const mark = statement.marks.length > 0 ? this.ownMark(stream) : null;
		const withheld = statement.marks.some((one) => one.mark === mark && one.keepers.length > 0);
		const asked = { account: this.self, organisation: this.signsFor, role: this.space.role, withheld };
		return waitsOf({ statement, standing: this.standing, stream }, asked, now);
	}

	actor(voice: Voice): Actor {
		return { account: this.self ?? ('' as AccountId), role: this.space.role, voice, time: seconds(), at: null };
	}

	say(stream: StreamId, act: Exclude<Act, { type: 'statement.open' }>): Promise<unknown> {
		const voice = act.type.startsWith('signature.') ? 'organisation' : 'person';
		return this.client.append(this.space.id, stream, act.type, act.content as unknown as Cbor, voice);
	}

	/**
	 * Calls for signatures of a frozen text; answers the statement's stream.
	 * @throws Problem `too-large`: an event holds shorter texts; and what the engine refuses
	 */
	async call({ document, frozen, order, closes }: CallTerms): Promise<StreamId> {
		const text = canonicalBytes(frozen.text);
		if (text.length > MOST_TEXT) throw new Problem('too-large', { limit: MOST_TEXT, actual: text.length });
		const stream = this.client.newStream();
		const sealed = order === 'sealed' ? sealSeed(stream, await this.client.publishing.seed(stream)) : null;
		const { ar = '', en = '' } = frozen.text.pairs[0] ?? {};
		const title = { ar: ar.slice(0, TITLE_LIMIT), en: en.slice(0, TITLE_LIMIT) };
		await this.client.append(this.space.id, this.space.index, 'statement.open', { stream, title });
		const content: ContentOf<'round.open'> = { text, document: { stream: document, number: frozen.number }, order, sealed, closes };
		await this.say(stream, { type: 'round.open', content });
		return stream;
	}
}

/** Made in the layout of statements. */
export const [useStatements, provideStatements] = createContext<Statements>();

import type { AccountId, Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import type { Voice } from '@multaqa/shared/client/types';
import { runningDecision } from '@multaqa/shared/positions/answers';
import { carriedTo } from '@multaqa/shared/positions/carry-over';
import { actIn, type Act, type ContentOf } from '@multaqa/shared/positions/events';
import type { Issue } from '@multaqa/shared/positions/issues';
import type { Decision, Register, Version, Wording } from '@multaqa/shared/positions/register-types';
import type { StandingReservation } from '@multaqa/shared/positions/reservations';
import { rowOf, type Row } from '@multaqa/shared/positions/rows';
import type { Refusal } from '@multaqa/shared/positions/rule-names';
import { headOf } from '@multaqa/shared/positions/stance-rules';
import { createContext } from 'svelte';
import { Now } from '../../i18n/now.svelte.ts';
import type { Positions } from '../positions.svelte.ts';

/** A statement that has come out. */
export interface Published {
	readonly href: string;
	/** Who confirmed it last, and when: seconds since 1970. */
	readonly by: AccountId;
	readonly time: number;
}

/** A version as somebody puts it forward. */
export type Proposal = ContentOf<'position.propose'>;

/** Where a reservation of an issue went out with the text. */
export type Publications = (register: Register, reservation: StandingReservation) => Published | null;

/** One issue whose page is open. */
export class OpenIssue {
	readonly positions: Positions;
	readonly #issue: () => Issue;
	readonly #now = new Now(5);
	readonly #read = $derived.by(() => this.positions.read(this.issue));
	/** The version that is looked at; `null`: the newest. */
	#chosen = $state<Hash | null>(null);

	#accepting = $state.raw<Wording | null>(null);
	#restoring = $state.raw<Proposal | null>(null);
	readonly #published: Publications;

	constructor(positions: Positions, issue: () => Issue, published: Publications = () => null) {
		this.positions = positions;
		this.#issue = issue;
		this.#published = published;
	}

	get issue(): Issue {
		return this.#issue();
	}

	/** Seconds since 1970. */
	get now(): number {
		return this.#now.seconds;
	}

	/** What stands, with what this device has not sent yet. */
	get register(): Register {
		return this.#read.working;
	}

	/** What everybody counts. */
	get counted(): Register {
		return this.#read.counted;
	}

	get newest(): Version | null {
		return this.register.versions.at(-1) ?? null;
	}

	/** The version on the page. */
	get shown(): Version | null {
		return this.register.versions.find(({ id }) => id === this.#chosen) ?? this.newest;
	}

	choose(version: Hash): void {
		this.#chosen = version === this.newest?.id ? null : version;
	}

	get running(): Decision | null {
		return runningDecision(this.register.decisions);
	}

	/** The hidden round that is not closed, in which answers are sealed. */
	get hiddenRound(): Decision | null {
		return this.running?.terms.hidden ? this.running : null;
	}

	/** What an organisation says about a version. */
	row(organisation: OrganisationId, version: Version): Row {
		return rowOf(this.register, organisation, version, this.now);
	}

	/** What an organisation said about an earlier version, and has not taken back. */
	carried(organisation: OrganisationId): ReturnType<typeof carriedTo> {
		return this.newest && carriedTo(this.register, organisation, this.newest);
	}

	/** What the organisation said last about the newest version. */
	head(organisation: OrganisationId): Hash | null {
		return this.newest && headOf(this.register, this.newest.id, organisation);
	}

	/** Suggested words that somebody is about to accept: they go into the form of a new version. */
	get accepting(): Wording | null {
		return this.#accepting;
	}

	accept(wording: Wording | null): void {
		this.#accepting = wording;
	}

	/** A version of one's own that was refused, about to be written on. */
	get restoring(): Proposal | null {
		return this.#restoring;
	}

	restore(proposal: Proposal | null): void {
		this.#restoring = proposal;
	}

	/** What somebody proposed with an event; `null` when it is none of this issue. */
	proposalIn(id: Hash): Proposal | null {
		const event = this.positions.client.events(this.positions.space.id, this.issue.stream).find((one) => one.id === id);
		const act = event?.verified ? actIn(event) : null;
		return act?.type === 'position.propose' ? act.content : null;
	}

	/** Where a reservation went out with the text; `null` while it is nowhere. */
	published(reservation: StandingReservation): Published | null {
		return this.#published(this.register, reservation);
	}

	refusal(act: Act, voice?: Voice): Refusal | null {
		return this.positions.refusal(this.issue, act, voice);
	}

	do(act: Act, voice?: Voice): Promise<Hash> {
		return this.positions.do(this.issue, act, voice);
	}
}

/** Made where an issue opens. */
export const [useOpenIssue, provideOpenIssue] = createContext<OpenIssue>();

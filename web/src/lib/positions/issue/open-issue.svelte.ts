import type { Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import { runningDecision } from '@multaqa/shared/positions/answers';
import { carriedTo } from '@multaqa/shared/positions/carry-over';
import type { Act } from '@multaqa/shared/positions/events';
import type { Issue } from '@multaqa/shared/positions/issues';
import type { Decision, Register, Version } from '@multaqa/shared/positions/register-types';
import { rowOf, type Row } from '@multaqa/shared/positions/rows';
import type { Refusal } from '@multaqa/shared/positions/rule-names';
import { headOf } from '@multaqa/shared/positions/stance-rules';
import { createContext } from 'svelte';
import { Now } from '../../i18n/now.svelte.ts';
import type { Positions } from '../positions.svelte.ts';

/** One issue whose page is open. */
export class OpenIssue {
	readonly positions: Positions;
	readonly #issue: () => Issue;
	readonly #now = new Now(5);
	readonly #read = $derived.by(() => this.positions.read(this.issue));
	/** The version that is looked at; `null`: the newest. */
	#chosen = $state<Hash | null>(null);

	constructor(positions: Positions, issue: () => Issue) {
		this.positions = positions;
		this.#issue = issue;
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

	refusal(act: Act): Refusal | null {
		return this.positions.refusal(this.issue, act);
	}

	do(act: Act): Promise<Hash> {
		return this.positions.do(this.issue, act);
	}
}

/** Made where an issue opens. */
export const [useOpenIssue, provideOpenIssue] = createContext<OpenIssue>();

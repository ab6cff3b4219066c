import type { Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import { sealedOf } from '@multaqa/shared/positions/answers';
import { touchedIn } from '@multaqa/shared/positions/carry-over';
import type { Stance } from '@multaqa/shared/positions/events';
import { changeBetween } from '@multaqa/shared/positions/paragraphs';
import type { Entry, Version } from '@multaqa/shared/positions/register-types';
import type { Row } from '@multaqa/shared/positions/rows';
import { m } from '../../paraglide/messages.js';
import type { OpenIssue } from '../issue/open-issue.svelte.ts';
import { KeptForm } from '../kept-form.svelte.ts';
import { answerIn, seal } from '../sealing.ts';
import { confirmationOf, fieldsFrom, newStance, type StanceFields } from './fields.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** How an organisation speaks just now: openly, or sealed. */
export interface Saying {
	/** What it said last about the newest version. */
	readonly head: Hash | null;
	/** The version it spoke about, where the text has changed since. */
	readonly earlier: Version | null;
	/** Changed paragraphs that it spoke about. */
	readonly toReread: readonly string[];
	/** What everybody will see, said beforehand. */
	readonly says: readonly string[];
	readonly action: string;
	readonly say: (stance: Stance) => Promise<unknown>;
}

/** What one organisation says about an open issue, and what its representative may do about that. */
export class OwnStance {
	readonly organisation: OrganisationId;
	readonly form: KeptForm<StanceFields>;
	readonly #open: OpenIssue;

	constructor(open: OpenIssue, organisation: OrganisationId) {
		this.#open = open;
		this.organisation = organisation;
		this.form = new KeptForm(open.positions.client, `stance:${open.issue.stream}`, () => this.#begin());
	}

	/** `null` before there is a text. */
	get row(): Row | null {
		const { newest } = this.#open;
		return newest && this.#open.row(this.organisation, newest);
	}

	/** Of the hidden round that runs: what was sealed, or waits for a second person. */
	get sealed(): Entry | null {
		const round = this.#open.hiddenRound;
		const head = round?.seals.get(this.organisation)?.head;
		return (round && sealedOf(round, this.organisation)) ?? (head && head.kind !== 'withdrawal' ? head : null);
	}

	/** What the sealed answer says, for its own representatives; `null` when nobody has told this device. */
	get sealedStance(): Stance | null {
		const { sealed } = this;
		const round = this.#open.hiddenRound;
		return sealed && round && (answerIn(this.#open.positions, this.organisation, round.id, sealed)?.answer ?? null);
	}

	/** What waits for another person: a stance, a withdrawal, or a sealed answer. */
	get half(): Entry | null {
		const sealed = this.sealed;
		if (sealed) return sealed.state === 'waits-for-second' ? sealed : null;
		return this.row?.waiting ?? null;
	}

	/** Somebody else than whoever spoke first. */
	get maySecond(): boolean {
		const { half } = this;
		return half !== null && this.#open.refusal({ type: 'stance.second', content: { said: half.id } }) === null;
	}

	get saying(): Saying {
		const round = this.#open.hiddenRound;
		const { positions, issue } = this.#open;
		const earlier = this.row?.state === 'needs-confirmation' ? this.#open.carried(this.organisation) : null;
		const newest = this.#open.newest;
		const about = {
			head: this.#open.head(this.organisation),
			earlier: earlier?.version ?? null,
			toReread: earlier && newest ? touchedIn(earlier.stance, changeBetween(earlier.version, newest)) : [],
		};
		const two = positions.settings(this.organisation).two ? [m.stance_says_two()] : [];
		if (round)
			return {
				...about,
				says: [m.stance_says_sealed(), m.stance_says_sealed_who(), m.stance_says_sealed_kept(), ...two],
				action: m.stance_seal(),
				say: (stance) => seal(positions, issue, round, stance),
			};
		return {
			...about,
			says: [m.stance_says_all_read(), m.stance_says_history(), ...two],
			action: m.stance_send(),
			say: (stance) => this.#open.do({ type: 'stance.take', content: { ...stance, opens: null } }),
		};
	}

	/** One tap says it again, where nothing changed in what it was about. */
	async confirm(): Promise<void> {
		const earlier = this.#open.carried(this.organisation);
		const { newest } = this.#open;
		if (!earlier || !newest) return;
		const stance = confirmationOf(earlier.entry, earlier.stance, newest.id, this.#open.head(this.organisation), seconds());
		await this.#open.do({ type: 'stance.take', content: { ...stance, opens: null } });
	}

	async second(): Promise<void> {
		if (this.half) await this.#open.do({ type: 'stance.second', content: { said: this.half.id } });
	}

	/** What can be taken back: what stands, or waits for a second person. */
	get withdrawable(): Entry | null {
		const said = this.sealed ?? this.row?.waiting ?? (this.row?.state === 'needs-confirmation' ? null : this.row?.entry) ?? null;
		if (!said || said.kind === 'withdrawal') return null;
		return this.#open.refusal({ type: 'stance.withdraw', content: { said: said.id, reason: null } }) === null ? said : null;
	}

	async withdraw(reason: string): Promise<void> {
		const said = this.withdrawable;
		if (said) await this.#open.do({ type: 'stance.withdraw', content: { said: said.id, reason: reason.trim() || null } });
	}

	/** The form begins with what was said before. */
	#begin(): StanceFields {
		const now = seconds();
		const entry = this.row?.entry ?? null;
		return entry?.stance
			? fieldsFrom(entry, entry.stance, now, (id) => this.#open.register.wordings.get(id)?.paragraph ?? '')
			: newStance(now);
	}
}

import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, Hash, OrganisationId } from '../bytes/ids.ts';
import type { Role } from '../chain/roles.ts';
import type { StreamEvent, VerifiedEvent } from '../client/types.ts';
import type { Voice } from '../log/event.ts';
import { todayAnywhere } from '../positions/days.ts';
import { readAct, type ContentOf, type Stance } from '../positions/events.ts';
import { registerOf } from '../positions/register.ts';
import type { Entry, Register, Version } from '../positions/register-types.ts';
import type { ReservationStep } from '../positions/reservations.ts';
import type { Refusal } from '../positions/rule-names.ts';
import { refusalOf } from '../positions/rules.ts';
import { commitmentOf } from '../positions/sealed.ts';
import type { Actor, Standing } from '../positions/standing.ts';
import { id, streamId } from './said.ts';

const DAY = 24 * 60 * 60;
/** 1 October 2026, noon: seconds since 1970. */
export const NOON = 20_727 * DAY + DAY / 2;

export const org = (name: string): OrganisationId => streamId(name) as OrganisationId;
export const hash = (name: string): Hash => id(name) as Hash;

/** Each person speaks for the organisation before the dot; `host.…` is the host. */
export const standing = (constituencies: Readonly<Record<string, readonly string[]>> = {}, two: readonly string[] = []): Standing => ({
	organisationOf: (account) => org(account.split('.')[0] ?? ''),
	isRepresentative: (account) => account.includes('.') && !account.endsWith('.member'),
	personOf: (account) => account.replace(/-new$/, '') as AccountId,
	asksForTwo: (organisation) => two.some((name) => org(name) === organisation),
	isOrganisation: (organisation) => !organisation.startsWith('nobody'),
	isHost: (organisation) => organisation === org('host'),
	constituenciesOf: (organisation) =>
		Object.entries(constituencies).flatMap(([name, of]) => (of.some((member) => org(member) === organisation) ? [name] : [])),
});

export interface Speaking {
	readonly role?: Role;
	readonly voice?: Voice;
	/** Seconds since {@link NOON}. */
	readonly at?: number;
}

export const fatima = 'fatima';
const facilitator: Speaking = { role: 'facilitator', voice: 'person' };
const roleOf = (by: string): Speaking => (by === fatima ? facilitator : { role: 'member', voice: 'organisation' });

/** A paragraph in two languages: capitals are English. */
export const paragraph = (name: string, ar = name) => ({ id: name.padEnd(4, '_'), ar, en: ar.toUpperCase() });

/** What an organisation says about a version when it says nothing in particular. */
export const stance = (more: Partial<Stance> = {}): Stance => ({
	version: hash('v1'),
	after: null,
	value: 'support',
	reason: null,
	principle: null,
	reservations: [],
	condition: null,
	mandate: { by: 'board', day: 20_700 },
	visibility: 'named',
	validUntil: NOON + 365 * DAY,
	confirms: null,
	...more,
});

export const reservation = (text: string, place: string | null = 'one_') => ({
	type: 'wording' as const,
	paragraph: place,
	text,
	suggestion: null,
	from: null,
});

/** Other words for the first paragraph. */
export const wording = (more: Partial<ContentOf<'wording.suggest'>> = {}): ContentOf<'wording.suggest'> => ({
	version: hash('v1'),
	paragraph: 'one_',
	ar: 'بل هكذا',
	en: 'RATHER SO',
	reason: null,
	for: null,
	...more,
});

/** A step on the way of a reservation: what happened, and by whom. */
export function shortly(step: ReservationStep): string {
	if (step.kind === 'said') return `said by ${step.entry.by}`;
	if (step.kind === 'suggested') return `suggested by ${step.wording.by}`;
	if (step.kind === 'taken') return `taken into ${step.version.number} by ${step.version.by}`;
	if (step.kind === 'declined') return `${step.declined.isTakenBack ? 'taken back' : 'declined'} by ${step.declined.by}`;
	return `${step.settlement.as} by ${step.settlement.by}`;
}

export const REASON = 'النص يساوي بين الضحية ومن أوقع بها الأذى';
/** A day after the beginning. */
export const CLOSES = NOON + DAY;

/** What a decision is opened with when nothing in particular is said. */
export const terms = (eligible: readonly string[], more: object = {}) => ({
	version: hash('v1'),
	model: { kind: 'consent' },
	quorum: 50,
	closes: CLOSES,
	eligible: eligible.map(org),
	constituencies: [],
	hidden: null,
	...more,
});

/** An issue about which one thing is said after another. */
export class Council {
	readonly events: StreamEvent[] = [];
	readonly standing: Standing;
	readonly opener = 'opener.one' as AccountId;
	/** Where the next event stands in the space: other streams are written to in between. */
	#position = 1;
	#read: { readonly last: StreamEvent | undefined; readonly length: number; readonly register: Register } | null = null;

	constructor(who: Standing = standing()) {
		this.standing = who;
	}

	/** Somebody says something, in the server's order. */
	says(by: string, type: string, content: object, name: string, speaking: Speaking = {}): Hash {
		this.events.push(this.#event(by, type, content, name, speaking, this.#position));
		this.#position += 3;
		return hash(name);
	}

	/** Somebody says something that the server does not have yet. */
	writes(by: string, type: string, content: object, name: string, speaking: Speaking = {}): Hash {
		this.events.push(this.#event(by, type, content, name, speaking, Infinity));
		return hash(name);
	}

	#event(by: string, type: string, content: object, name: string, speaking: Speaking, position: number): VerifiedEvent {
		const { role = 'member', voice = 'person', at = 0 } = { ...roleOf(by), ...speaking };
		const event = { verified: true, id: id(name), stream: streamId('s'), generation: 1, type, author: by, role, voice, device: 'd' };
		return { ...event, time: NOON + at, content: content as Cbor, waiting: position === Infinity, position } as never;
	}

	/** The text as it is first proposed. */
	begins(paragraphs = [paragraph('one'), paragraph('two'), paragraph('three')]): this {
		this.says(this.opener, 'position.propose', { after: null, paragraphs, reason: null, frozen: null, takes: [] }, 'v1');
		return this;
	}

	/** A further version. */
	changes(
		after: string,
		name: string,
		paragraphs: object[],
		by: string = fatima,
		reason: string | null = 'بعد الملاحظات',
		takes: readonly Hash[] = [],
	): Hash {
		return this.says(by, 'position.propose', { after: hash(after), paragraphs, reason, frozen: null, takes }, name);
	}

	takes(
		by: string,
		more: Partial<Stance> & { readonly opens?: object | null } = {},
		name = `${by.replaceAll('.', '-')}x`,
		speaking: Speaking = {},
	): Hash {
		return this.says(by, 'stance.take', { ...stance(more), opens: more.opens ?? null }, name, speaking);
	}

	/** Somebody suggests other words for a paragraph of the first version; an organisation does when the voice is its own. */
	suggests(by: string, more: Partial<ContentOf<'wording.suggest'>> = {}, name = 'words', speaking: Speaking = { voice: 'person' }): Hash {
		return this.says(by, 'wording.suggest', wording(more), name, speaking);
	}

	seals(by: string, answer: Stance, salt: Hash, name: string, speaking: Speaking = {}, decision = 'd1'): Hash {
		const organisation = this.standing.organisationOf(by as AccountId, null) as OrganisationId;
		const commitment = commitmentOf({ decision: hash(decision), organisation }, salt, answer);
		return this.says(by, 'stance.seal', { decision: hash(decision), commitment }, name, speaking);
	}

	/** Why somebody may not do this now: `null` when they may. */
	refusal(by: string, type: string, content: object, speaking: Speaking = {}): Refusal | 'malformed' | null {
		const { role = 'member', voice = 'person', at = 0 } = { ...roleOf(by), ...speaking };
		const act = readAct(type, content);
		const time = NOON + at;
		const actor: Actor = { account: by as AccountId, role, voice, time, today: todayAnywhere(time), at: null };
		return act ? refusalOf(act, actor, { register: this.register, standing: this.standing, opener: this.opener }) : 'malformed';
	}

	get register(): Register {
		const [last, length] = [this.events.at(-1), this.events.length];
		if (!this.#read || this.#read.last !== last || this.#read.length !== length)
			this.#read = { last, length, register: registerOf(this.events, { standing: this.standing, opener: this.opener }) };
		return this.#read.register;
	}

	get version(): Version {
		return this.register.versions.at(-1) as Version;
	}

	/** States of everything an organisation said about a version, by value. */
	line(name: string, version = 'v1'): string[] {
		const entries = this.register.lines.get(hash(version))?.get(org(name))?.entries ?? [];
		return entries.map((entry: Entry) => `${entry.stance?.value ?? entry.kind}: ${entry.state}`);
	}

	/** Rules that kept something out, in order. */
	get refused(): string[] {
		return this.register.refused.map(({ rule }) => rule);
	}
}

import type { AccountId } from '@multaqa/shared/bytes/ids';
import { ROLES, type MemberView, type Role, type SpaceView } from '@multaqa/shared/client/types';
import type { MentionTarget } from '@multaqa/shared/text/markup';
import { mentionName, mentionText, shortMention } from '@multaqa/shared/text/markup-short';
import { skeleton } from '@multaqa/shared/text/skeleton';
import { createContext } from 'svelte';
import { compareNames } from '../i18n/names.ts';
import { m } from '../paraglide/messages.js';

/** Somebody, an organisation or a role of this space, as it is mentioned. */
export interface Mentionable {
	readonly target: MentionTarget;
	readonly name: string;
	/** What the reader of a list needs beside it: the organisation of a person. */
	readonly about: string | null;
	/** A person whose safety code did not match. */
	readonly mismatch: boolean;
	/** This account, its organisation or its role. */
	readonly own: boolean;
}

interface Said {
	locale?: 'ar' | 'en';
}

const roles: Record<Role, (inputs?: Record<string, never>, options?: Said) => string> = {
	coordinator: m.mention_coordinator,
	facilitator: m.mention_facilitator,
	member: m.mention_member,
	observer: m.mention_observer,
	guest: m.mention_guest,
};

/** Of each kind, so many are offered at once. */
const MOST = 4;

/** Whom one may mention in a space: nobody else has a name here. */
export class Mentions {
	readonly #space: () => Pick<SpaceView, 'members' | 'role'>;
	readonly #self: () => AccountId | null;
	readonly #people = $derived.by(() => this.#peopleOf(this.#space().members));
	readonly #organisations = $derived.by(() => this.#organisationsOf(this.#space().members));
	readonly #roles = $derived.by(() => this.#rolesOf(this.#space().members));
	readonly #known = $derived.by(
		() => new Map([...this.#people, ...this.#organisations, ...this.#roles].map((one) => [keyOf(one.target), one])),
	);

	constructor(space: () => Pick<SpaceView, 'members' | 'role'>, self: () => AccountId | null) {
		this.#space = space;
		this.#self = self;
	}

	/** Under which name something of this space is shown; `null` when it is none of it. */
	find(target: MentionTarget): Mentionable | null {
		return this.#known.get(keyOf(target)) ?? null;
	}

	/** What bears this name; `null` when nothing does, or more than one thing. */
	named(name: string): MentionTarget | null {
		const bearers = [...this.#known.values()].filter((one) => namesOf(one).includes(name));
		return bearers.length === 1 ? (bearers[0]?.target ?? null) : null;
	}

	/** What has a word that begins as typed: people, then organisations, then roles. */
	suggest(typed: string): readonly Mentionable[] {
		const beginning = skeleton(typed);
		return [this.#people, this.#organisations, this.#roles].flatMap((all) =>
			all.filter(({ name }) => begins(name, beginning)).slice(0, MOST),
		);
	}

	/** How it is written into the field: by name where that is enough. */
	written({ name, target }: Mentionable): string {
		const named = this.named(mentionName(name));
		return named && keyOf(named) === keyOf(target) ? shortMention(name) : mentionText(name, target);
	}

	#peopleOf(members: readonly MemberView[]): Mentionable[] {
		const self = this.#self();
		return members
			.map((member) => ({
				target: { kind: 'account' as const, id: member.account },
				name: member.name ?? '',
				about: member.organisationName,
				mismatch: member.trust === 'mismatch',
				own: member.account === self,
			}))
			.filter(({ name }) => name !== '')
			.toSorted(byName);
	}

	#organisationsOf(members: readonly MemberView[]): Mentionable[] {
		const own = members.find(({ account }) => account === this.#self())?.organisation;
		const names = new Map(members.map(({ organisation, organisationName }) => [organisation, organisationName]));
		return [...names]
			.flatMap(([id, name]) =>
				id !== null && name !== null
					? [{ target: { kind: 'organisation' as const, id }, name, about: m.mention_organisation(), mismatch: false, own: id === own }]
					: [],
			)
			.toSorted(byName);
	}

	#rolesOf(members: readonly MemberView[]): Mentionable[] {
		const own = this.#space().role;
		return ROLES.filter((role) => members.some((member) => member.role === role)).map((role) => ({
			target: { kind: 'role' as const, id: role },
			name: roles[role](),
			about: m.mention_role(),
			mismatch: false,
			own: role === own,
		}));
	}
}

/** Made in the layout of a space. */
export const [useMentions, provideMentions, hasMentions] = createContext<Mentions>();

const keyOf = ({ kind, id }: MentionTarget): string => `${kind}:${id}`;
const byName = (a: Mentionable, b: Mentionable): number => compareNames(a.name, b.name);

/** A role has a name in each language: one may write in one and send in the other. */
function namesOf({ target, name }: Mentionable): readonly string[] {
	if (target.kind !== 'role') return [mentionName(name)];
	const said = roles[target.id as Role];
	return [said({}, { locale: 'ar' }), said({}, { locale: 'en' })];
}

/** As people look for a name: any of its words, with or without «ال», hamzas and case. */
function begins(name: string, beginning: string): boolean {
	if (beginning === '') return true;
	const words = name.split(/\s+/);
	const tails = words.map((_, at) => words.slice(at).join(''));
	return tails.some((tail) => [tail, tail.replace(/^ال/, '')].some((start) => skeleton(start).startsWith(beginning)));
}

import type { AccountId, Hash } from '../../bytes/ids.ts';
import { rankOf, type Role } from '../../chain/roles.ts';
import type { VerifiedEvent } from '../../client/types.ts';
import { decodeText, hashOfText, textHash } from '../canonical.ts';
import { freezeRefusals } from '../freezing.ts';
import type { BilingualText, DraftPair, Pair } from '../pair.ts';
import type { ContentOf } from './events.ts';
import { unpacked } from './packed.ts';
import type { LiveText } from './text.ts';

/** Who freezes a text and opens a new version of it: facilitators and coordinators. */
export const mayFreeze = (role: Role): boolean => rankOf(role) >= rankOf('facilitator');

/** Names a version: what opened it, `null` for the first. */
export type VersionName = Hash | null;

interface Act {
	readonly id: Hash;
	readonly author: AccountId;
	readonly time: number;
	/** `Infinity` while it waits to be sent. */
	readonly position: number;
}

/** A version that nobody changes any more, as the stream has it. */
export interface FrozenVersion extends Act {
	readonly version: VersionName;
	/** What was there when it was frozen: these, and what they stand on. */
	readonly heads: readonly Hash[];
	readonly number: number;
	readonly hash: Hash;
	readonly text: BilingualText;
	/** Names of its pairs, in order. */
	readonly pairs: readonly string[];
}

/** A version that was opened after a frozen one. */
export interface Reopened extends Act {
	/** The freezing that it follows. */
	readonly of: Hash;
	readonly reason: string;
}

/** The versions of a document, one after the other. */
export interface Chain {
	readonly frozen: readonly FrozenVersion[];
	/** Openings of the versions after the first. */
	readonly reopened: readonly Reopened[];
	/** Name of the last version, and whether it is open. */
	readonly last: VersionName;
	readonly isOpen: boolean;
	readonly number: number;
}

export const actOf = ({ id, author, time, position }: VerifiedEvent): Act => ({ id, author, time, position });

/**
 * What was frozen; `null`: it is no frozen text, or not the one that had been written.
 * @param written the text as its author had it; `null` where this device cannot know
 */
export function frozenIn(event: VerifiedEvent, content: ContentOf<'document.freeze'>, written: LiveText | null): FrozenVersion | null {
	try {
		if (!mayFreeze(event.role)) return null;
		const bytes = unpacked(content.text);
		const text = decodeText(bytes);
		if (textHash(bytes) !== content.hash || text.pairs.length !== content.pairs.length) return null;
		if (written && !isFrozenFrom(written, content)) return null;
		const { version, heads, number, hash, pairs } = content;
		return { ...actOf(event), version, heads, number, hash, text, pairs };
	} catch {
		return null;
	}
}

function isFrozenFrom(written: LiveText, { hash, pairs }: ContentOf<'document.freeze'>): boolean {
	if (freezeRefusals(written).length > 0 || hashOfText(written) !== hash) return false;
	return written.pairs.every(({ id }, place) => id === pairs[place]);
}

/** Whether a new version begins as the frozen one was. */
export function beginsAs(frozen: FrozenVersion, begun: LiveText): boolean {
	const isSame = (pair: DraftPair, place: number) => pair.id === frozen.pairs[place] && isSamePair(pair, frozen.text.pairs[place]);
	return (
		begun.authority === frozen.text.authority &&
		begun.pairs.length === frozen.text.pairs.length &&
		begun.pairs.every((pair, place) => isSame(pair, place))
	);
}

const isSamePair = (one: Pair, other: Pair | undefined): boolean =>
	other !== undefined && (['kind', 'level', 'ar', 'en'] as const).every((key) => one[key] === other[key]);

/** Of several at once the first in the server's order. */
export function chainOf(freezes: readonly FrozenVersion[], reopenings: readonly Reopened[]): Chain {
	const [frozen, reopened]: [FrozenVersion[], Reopened[]] = [[], []];
	let last: VersionName = null;
	for (let number = 1; ; number++) {
		const here = earliest(freezes.filter((one) => one.version === last && one.number === number));
		if (!here) return { frozen, reopened, last, isOpen: true, number };
		frozen.push(here);
		const next = earliest(reopenings.filter(({ of }) => of === here.id));
		if (!next) return { frozen, reopened, last, isOpen: false, number };
		reopened.push(next);
		last = next.id;
	}
}

const earliest = <One extends Act>(acts: readonly One[]): One | null =>
	acts.reduce<One | null>((first, act) => (first && first.position <= act.position ? first : act), null);

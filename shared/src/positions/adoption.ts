import type { Hash } from '../bytes/ids.ts';
import type { ContentOf, Model } from './events.ts';
import type { Register, Version } from './register-types.ts';

/** By which decision a text was adopted. */
export interface Adoption {
	readonly decision: Hash;
	readonly model: Model;
	/** When it was closed: seconds since 1970. */
	readonly time: number;
	/** The version of the issue that has the text. */
	readonly version: Hash;
}

/** A frozen text, as whoever asks has it before their eyes: its words, and not only what they are called. */
export type FrozenText = NonNullable<ContentOf<'position.propose'>['frozen']> & {
	readonly pairs: readonly { readonly ar: string; readonly en: string }[];
};

/**
 * Which decision of an issue adopted exactly this frozen text; `null` when none did, whatever was decided about another one. A version
 * that bears the hash and has other words is none of it.
 */
export function adoptionOf({ versions, decisions }: Pick<Register, 'versions' | 'decisions'>, frozen: FrozenText): Adoption | null {
	const holding = new Set(versions.filter((version) => isVersionOf(version, frozen)).map(({ id }) => id));
	const passed = decisions.findLast(({ closed, terms }) => closed?.result === 'passed' && holding.has(terms.version));
	if (!passed?.closed) return null;
	return { decision: passed.id, model: passed.terms.model, time: passed.closed.time, version: passed.terms.version };
}

/** Names this text, and has its words in this order. */
export const isVersionOf = ({ frozen: named, paragraphs }: Version, { stream, hash, pairs }: FrozenText): boolean =>
	named?.stream === stream &&
	named.hash === hash &&
	paragraphs.length === pairs.length &&
	paragraphs.every(({ ar, en }, place) => ar === pairs[place]?.ar && en === pairs[place].en);

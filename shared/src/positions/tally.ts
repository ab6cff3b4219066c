import type { OrganisationId } from '../bytes/ids.ts';
import type { StanceValue } from './events.ts';

/** Answers by organisation; who is not among them has «لا موقف بعد». */
export type Values = ReadonlyMap<OrganisationId, StanceValue>;

/** How many organisations say what. Whatever is not said is `silent`. */
export interface Tally {
	readonly eligible: number;
	readonly support: number;
	readonly reserved: number;
	readonly aside: number;
	readonly objection: number;
	readonly block: number;
	/** Outside of their mandate: they leave every denominator. */
	readonly outside: number;
	/** «لا موقف بعد»: never counted as agreement. */
	readonly silent: number;
}

const COUNTED = {
	support: 'support',
	'support-with-reservations': 'reserved',
	'stand-aside': 'aside',
	objection: 'objection',
	block: 'block',
	'outside-mandate': 'outside',
} as const satisfies Record<StanceValue, keyof Tally>;

/** Counts each eligible organisation once; what others say is not counted. */
export function tallyOf(eligible: Iterable<OrganisationId>, values: Values): Tally {
	const tally = { eligible: 0, support: 0, reserved: 0, aside: 0, objection: 0, block: 0, outside: 0, silent: 0 };
	for (const organisation of new Set(eligible)) {
		const value = values.get(organisation);
		tally.eligible++;
		tally[value ? COUNTED[value] : 'silent']++;
	}
	return tally;
}

/** For the text, with or without reservations. */
export const supportIn = ({ support, reserved }: Tally): number => support + reserved;
/** Against the text. */
export const opposedIn = ({ objection, block }: Tally): number => objection + block;
/** Who has answered, those outside of their mandate left out. */
export const answeredIn = ({ eligible, outside, silent }: Tally): number => eligible - outside - silent;
/** Who could answer, those outside of their mandate left out. */
export const electorateIn = ({ eligible, outside }: Tally): number => eligible - outside;

/** The quorum bar: how many have answered, of how many, and how many it takes. */
export interface Quorum {
	readonly answered: number;
	readonly of: number;
	readonly needed: number;
	/** Never met by nobody. */
	readonly met: boolean;
}

/**
 * Organisations with an answer ÷ (eligible − outside of their mandate), against `percent` (1 … 100), in whole numbers. Those outside
 * leave above as below the line: otherwise four of ten who say that it is none of their business would be a quorum of two thirds.
 */
export function quorumOf(tally: Tally, percent: number): Quorum {
	const [answered, of] = [answeredIn(tally), electorateIn(tally)];
	return { answered, of, needed: Math.max(1, Math.ceil((percent * of) / 100)), met: answered > 0 && answered * 100 >= percent * of };
}

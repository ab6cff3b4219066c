import { opposedIn, supportIn, type Tally } from './tally.ts';

/** Stances of one constituency: for (with or without reservations), against (objection or block), and all with those who stand aside. */
export interface Group {
	readonly name: string;
	readonly support: number;
	readonly opposed: number;
	readonly stances: number;
}

/** `agrees`: more than half are for it. `objects`: at least half are against it. `divided`: neither. */
export type Leaning = 'agrees' | 'objects' | 'divided';

/** How far a text reaches across constituencies. It says nothing about any organisation. */
export interface Bridging {
	/** 0 … 1. */
	readonly score: number;
	readonly groups: readonly (Group & { readonly agreement: number; readonly leaning: Leaning })[];
}

/** With fewer constituencies there is no number: «الإجابات غير كافية». */
export const LEAST_GROUPS = 2;
/** A constituency with fewer stances is left out. */
export const LEAST_STANCES = 2;

/** A constituency as the score sees it. Who is outside of their mandate or silent is none of its stances. */
export const groupOf = (name: string, tally: Tally): Group => ({
	name,
	support: supportIn(tally),
	opposed: opposedIn(tally),
	stances: supportIn(tally) + opposedIn(tally) + tally.aside,
});

/**
 * Group-aware agreement for few, known groups (`positions.md`): a = p⁺ · (1 − p⁻) with p = (count + ½) ÷ (n + 1) (Jeffreys prior), and
 * the geometric mean of a over the groups, so that one more group does not lower it by itself. Groups with fewer than two stances
 * are left out; with fewer than two groups left the answer is `null`.
 */
export function bridgingOf(all: readonly Group[]): Bridging | null {
	const groups = all
		.filter(({ stances }) => stances >= LEAST_STANCES)
		.map((group) => ({ ...group, agreement: agreementOf(group), leaning: leaningOf(group) }));
	if (groups.length < LEAST_GROUPS) return null;
	// In order of size, or the last digit would depend on the order of the groups.
	const logs = groups.map(({ agreement }) => Math.log(agreement)).toSorted((a, b) => a - b);
	return { score: Math.exp(logs.reduce((sum, log) => sum + log, 0) / groups.length), groups };
}

function agreementOf({ support, opposed, stances }: Group): number {
	const [plus, minus] = [(support + 0.5) / (stances + 1), (opposed + 0.5) / (stances + 1)];
	return plus * (1 - minus);
}

function leaningOf({ support, opposed, stances }: Group): Leaning {
	if (support * 2 > stances) return 'agrees';
	return opposed * 2 >= stances ? 'objects' : 'divided';
}

/** Which sentence tells of a score, with its numbers; the words are the page's. */
export type BridgingSentence =
	| { readonly kind: 'not-enough-answers' }
	| { readonly kind: 'all-agree'; readonly of: number }
	/** `objecting` and `divided`: names of constituencies. */
	| {
			readonly kind: 'some-agree' | 'none-agrees';
			readonly agreeing: number;
			readonly of: number;
			readonly objecting: readonly string[];
			readonly divided: readonly string[];
	  };

/** «Agreement in two of three constituencies; one objects»: what a score means, without ranking anybody. */
export function sentenceOf(bridging: Bridging | null): BridgingSentence {
	if (!bridging) return { kind: 'not-enough-answers' };
	const of = bridging.groups.length;
	const those = (leaning: Leaning) => bridging.groups.filter((group) => group.leaning === leaning).map(({ name }) => name);
	const agreeing = those('agrees').length;
	if (agreeing === of) return { kind: 'all-agree', of };
	return { kind: agreeing > 0 ? 'some-agree' : 'none-agrees', agreeing, of, objecting: those('objects'), divided: those('divided') };
}

import type { OrganisationId } from '../bytes/ids.ts';
import type { Model, Result, Threshold } from './events.ts';
import { electorateIn, opposedIn, quorumOf, supportIn, tallyOf, type Quorum, type Tally, type Values } from './tally.ts';

/** What is decided about, as the decision's opening fixed it. `of`: places in `eligible`. */
export interface Terms {
	readonly model: Model;
	/** In percent. */
	readonly quorum: number;
	readonly eligible: readonly OrganisationId[];
	readonly constituencies: readonly { readonly name: string; readonly of: readonly number[] }[];
}

/** Why a decision came out as it did. */
export type Why =
	| 'quorum-not-reached'
	/** Nobody is for or against it: there is no share. */
	| 'nobody-for-or-against'
	| 'nobody-opposed'
	| 'few-enough-opposed'
	| 'opposed'
	| 'majority'
	| 'no-majority'
	| 'constituency-without-majority';

/** What a decision comes to. */
export interface Verdict {
	readonly result: Result;
	readonly why: Why;
	readonly tally: Tally;
	readonly quorum: Quorum;
	/** Of a double majority: constituencies without one. */
	readonly without: readonly string[];
}

const SHARES = {
	'more-than-half': { over: 1, under: 2, isMore: true },
	'60-percent': { over: 3, under: 5, isMore: false },
	'two-thirds': { over: 2, under: 3, isMore: false },
	'three-quarters': { over: 3, under: 4, isMore: false },
} as const satisfies Record<Threshold, { over: number; under: number; isMore: boolean }>;

/** Is support ÷ (support + opposed) as large as the threshold demands? In whole numbers: two of three are two thirds. A tie is no majority. */
export function hasMajority(support: number, opposed: number, threshold: Threshold): boolean {
	const { over, under, isMore } = SHARES[threshold];
	const [reached, wanted] = [support * under, (support + opposed) * over];
	return isMore ? reached > wanted : support > 0 && reached >= wanted;
}

/**
 * What answers come to (`positions.md`, decision models). Consent: nobody objects or blocks. Consensus minus k: at most k do. Majority:
 * of those for and against, so many are for. Double majority: and more than half in each constituency with at least two eligible
 * organisations that do not say it is outside of their mandate. Without a quorum there is no decision, whatever was said.
 */
export function verdictOf({ model, quorum: percent, eligible, constituencies }: Terms, values: Values): Verdict {
	const tally = tallyOf(eligible, values);
	const quorum = quorumOf(tally, percent);
	const come = (result: Result, why: Why, without: readonly string[] = []): Verdict => ({ result, why, tally, quorum, without });
	if (!quorum.met) return come('no-decision', 'quorum-not-reached');
	const [support, opposed] = [supportIn(tally), opposedIn(tally)];
	switch (model.kind) {
		case 'consent':
			return opposed === 0 ? come('passed', 'nobody-opposed') : come('not-passed', 'opposed');
		case 'consensus-minus':
			return opposed <= model.k ? come('passed', opposed === 0 ? 'nobody-opposed' : 'few-enough-opposed') : come('not-passed', 'opposed');
		case 'majority':
		case 'double-majority': {
			if (support + opposed === 0) return come('no-decision', 'nobody-for-or-against');
			if (!hasMajority(support, opposed, model.threshold)) return come('not-passed', 'no-majority');
			const without = model.kind === 'double-majority' ? withoutMajority(eligible, constituencies, values) : [];
			return without.length > 0 ? come('not-passed', 'constituency-without-majority', without) : come('passed', 'majority');
		}
	}
}

function withoutMajority(eligible: Terms['eligible'], constituencies: Terms['constituencies'], values: Values): readonly string[] {
	return tallyByConstituency({ eligible, constituencies }, values).flatMap(({ name, tally }) =>
		electorateIn(tally) >= 2 && !hasMajority(supportIn(tally), opposedIn(tally), 'more-than-half') ? [name] : [],
	);
}

/** Agreement by constituency, in the order in which they were declared. */
export const tallyByConstituency = (
	{ eligible, constituencies }: Pick<Terms, 'eligible' | 'constituencies'>,
	values: Values,
): readonly { readonly name: string; readonly tally: Tally }[] =>
	constituencies.map(({ name, of }) => ({ name, tally: tallyOf(membersOf(eligible, of), values) }));

const membersOf = (eligible: readonly OrganisationId[], of: readonly number[]): readonly OrganisationId[] =>
	of.flatMap((place) => eligible[place] ?? []);

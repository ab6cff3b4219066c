import type { OrganisationId } from '../bytes/ids.ts';
import type { Answers } from './answers.ts';
import type { StanceValue } from './events.ts';

/** With fewer names withheld no number is told: «منظمات أخرى». Who knows the space could else tell who they are. */
export const LEAST_WITHHELD = 3;

/** What may leave the space of the answers to one text. */
export interface ToldOutside {
	readonly named: readonly { readonly organisation: OrganisationId; readonly value: StanceValue }[];
	/** How many more there are, by what they say: of those who are only counted. */
	readonly counted: ReadonlyMap<StanceValue, number>;
	/** How many names are withheld; `some`: too few for a number. What they say is not told. */
	readonly withheld: number | 'some' | null;
}

/** Names only of those who let themselves be named, in the order in which they were eligible. */
export function toldOutside(answers: Answers): ToldOutside {
	const stances = [...answers].flatMap(([organisation, { stance }]) => (stance ? [{ organisation, ...stance }] : []));
	const shownAs = (visibility: string) => stances.filter((stance) => stance.visibility === visibility);
	const counted = new Map<StanceValue, number>();
	for (const { value } of shownAs('counted')) counted.set(value, (counted.get(value) ?? 0) + 1);
	const { length } = shownAs('withheld');
	const withheld = length === 0 ? null : length < LEAST_WITHHELD ? 'some' : length;
	return { named: shownAs('named').map(({ organisation, value }) => ({ organisation, value })), counted, withheld };
}

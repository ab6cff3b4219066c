import { filingKey, type FilingKey, type Script } from './filing-key.ts';
import type { Bilingual } from './pair.ts';

/** An organisation among the signatories. `name`: an empty text where it has none in that language. */
export interface Signatory {
	readonly id: string;
	readonly name: Bilingual;
}

/** How signatories stand (E-5). Chosen before the opening and shown; `sealed-order.ts` has the third one. */
export const ORDERS = ['arabic', 'latin', 'sealed'] as const;
/** One of the three. */
export type Order = (typeof ORDERS)[number];

/**
 * By the alphabet of one script, whatever the order they come in. Numbers stand first, by value; those without a name
 * in this script last, by their other name. Every device gives the same order: no collation of a browser is asked.
 */
export function alphabetical<Someone extends Signatory>(signatories: readonly Someone[], script: Script): readonly Someone[] {
	const filed = signatories.map((signatory) => ({ signatory, keys: keysOf(signatory, script) }));
	filed.sort((one, other) => compareKeys(one.keys, other.keys) || compareIdentity(one.signatory, other.signatory));
	return filed.map(({ signatory }) => signatory);
}

/**
 * The same order inside of groups, one group after another, where a body wants it so (`Regime.order`: general, then
 * special, then roster). Whoever is in none of them comes last.
 */
export function grouped<Someone, Group>(
	ordered: readonly Someone[],
	groups: readonly Group[],
	groupOf: (someone: Someone) => Group,
): readonly Someone[] {
	const places = new Map(groups.map((group, place) => [group, place]));
	const placeOf = (someone: Someone) => places.get(groupOf(someone)) ?? groups.length;
	return ordered.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The name that decides, and the other one for those that bear the same. */
function keysOf({ name }: Signatory, script: Script): readonly FilingKey[] {
	const [first, second] = script === 'arabic' ? [name.ar, name.en] : [name.en, name.ar];
	const [key, fallback] = [filingKey(first, script), filingKey(second, script)];
	if (key.length === 0 && fallback.length > 0) return [fallback.map(({ word }) => ({ word, value: 0, rank: 2 }))];
	return [key, fallback].filter(({ length }) => length > 0);
}

function compareKeys(one: readonly FilingKey[], other: readonly FilingKey[]): number {
	for (let at = 0; at < Math.max(one.length, other.length); at++) {
		// Without any name: after all others.
		const [first, second] = [one[at], other[at]];
		if (!first || !second) return first ? -1 : 1;
		const difference = compareKey(first, second);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Word by word: «Act Now» before «Action». */
function compareKey(one: FilingKey, other: FilingKey): number {
	for (let at = 0; at < Math.min(one.length, other.length); at++) {
		const [first, second] = [one[at], other[at]];
		if (!first || !second) break;
		if (first.rank !== second.rank) return first.rank - second.rank;
		if (first.value !== second.value) return first.value - second.value;
		if (first.word !== second.word) return first.word < second.word ? -1 : 1;
	}
	return one.length - other.length;
}

const compareIdentity = (one: Signatory, other: Signatory): number =>
	compareText(one.name.ar, other.name.ar) || compareText(one.name.en, other.name.en) || compareText(one.id, other.id);

const compareText = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

import type { Bytes } from '../bytes/bytes.ts';
import type { Hash } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import { canonicalBytes, normalised, textHash } from './canonical.ts';
import { normalText } from './normal-text.ts';
import type { Draft, Language } from './pair.ts';
import { structureRefusals, type StructureRefusal } from './structure.ts';
import { translationState } from './translations.ts';

/** Why a draft cannot be frozen. `pair` is its place, from 0. */
export type FreezeRefusal =
	| StructureRefusal
	/** «الترجمة أقدم من الأصل»: what this language was made of has changed since. */
	| { readonly rule: 'translation-is-current'; readonly pair: number; readonly language: Language }
	/** Nobody has said that the two languages say the same. */
	| { readonly rule: 'translation-is-stated'; readonly pair: number };

/** A version that nobody changes any more. */
export interface Frozen {
	/** 1, 2, … of one document. */
	readonly number: number;
	readonly hash: Hash;
	/** What the hash is of: {@link canonicalBytes}. */
	readonly bytes: Bytes;
}

/**
 * Everything that keeps a draft from being frozen (D-5), in the order of its pairs; none: it can be. While both
 * languages decide, each pair must be there in both and its translation current; once one is declared authoritative,
 * that one must be whole, and the other may be older or missing.
 */
export function freezeRefusals(draft: Draft): readonly FreezeRefusal[] {
	const structure = structureRefusals(normalised(draft));
	const translations = draft.authority === 'both' ? draft.pairs.flatMap(translationRefusals) : [];
	return [...structure, ...translations].sort((one, other) => placeOf(one) - placeOf(other));
}

const placeOf = (refusal: FreezeRefusal): number => ('pair' in refusal ? refusal.pair : -1);

function translationRefusals(pair: Draft['pairs'][number], place: number): readonly FreezeRefusal[] {
	const answer = translationState(pair);
	if (answer.state === 'outdated') return [{ rule: 'translation-is-current', pair: place, language: answer.language }];
	return answer.state === 'unstated' ? [{ rule: 'translation-is-stated', pair: place }] : [];
}

/**
 * Freezes a draft as version `number` (D-7).
 * @throws Problem `not-allowed` with the first rule of {@link freezeRefusals}
 */
export function freeze(draft: Draft, number: number): Frozen {
	const [refusal] = freezeRefusals(draft);
	if (refusal) throw new Problem('not-allowed', { rule: refusal.rule });
	const bytes = canonicalBytes(draft);
	return { number, hash: textHash(bytes), bytes };
}

/** A frozen text is not changed («النص مجمّد»). @throws Problem `not-allowed` `frozen-text-stays` */
export function refuseChange(frozen: Frozen | null): void {
	if (frozen) throw new Problem('not-allowed', { rule: 'frozen-text-stays' });
}

/** The number of the version that is opened after a frozen one. @throws Problem `not-allowed` `new-version-has-a-reason` */
export function nextNumber({ number }: Frozen, reason: string): number {
	if (normalText(reason) === '') throw new Problem('not-allowed', { rule: 'new-version-has-a-reason' });
	return number + 1;
}

/** A decision or signature is about exactly this text (D-8, E-4). @throws Problem `not-allowed` `text-is-the-one-decided` */
export function refuseOtherText(frozen: Frozen, named: string): void {
	if (frozen.hash !== named || textHash(frozen.bytes) !== named) throw new Problem('not-allowed', { rule: 'text-is-the-one-decided' });
}

import { sameEnds } from '@multaqa/shared/documents/live/editing';

/** What was put in place of some letters of a text. */
interface Replacement {
	readonly from: number;
	readonly to: number;
	readonly by: string;
}

function replacement(before: string, after: string): Replacement {
	const [start, end] = sameEnds(before, after);
	return { from: start, to: before.length - end, by: after.slice(start, after.length - end) };
}

/**
 * What somebody typed, where the text became another one meanwhile: both stay. While an input method composes, nothing
 * may be put under its hands, so that what others write waits until then.
 * @param before what both began with
 */
export function rebased(before: string, typed: string, meanwhile: string): string {
	if (meanwhile === before || typed === meanwhile) return typed;
	if (typed === before) return meanwhile;
	const [mine, theirs] = [replacement(before, typed), replacement(before, meanwhile)];
	const grown = theirs.by.length - (theirs.to - theirs.from);
	if (mine.to <= theirs.from) return meanwhile.slice(0, mine.from) + mine.by + meanwhile.slice(mine.to);
	if (mine.from >= theirs.to) return meanwhile.slice(0, mine.from + grown) + mine.by + meanwhile.slice(mine.to + grown);
	// Both changed the same letters: what is mine comes behind all of it, so that no word of theirs is torn.
	const behind = Math.max(theirs.from + theirs.by.length, mine.to + grown);
	return meanwhile.slice(0, behind) + mine.by + meanwhile.slice(behind);
}

/** Where a caret stands once the text around it is another: beside the same letters. */
export function caretAfter(caret: number, before: string, after: string): number {
	const { from, to, by } = replacement(before, after);
	if (caret <= from) return caret;
	if (caret >= to) return caret + by.length - (to - from);
	return from + by.length;
}

import { diffArrays } from 'diff';

/** A stretch of two texts: in both, only in the later, or only in the earlier. */
export interface Stretch {
	readonly kind: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** Texts that have less in common than this many changes are shown one after the other. */
const MOST_CHANGES = 1_500;

/**
 * Two texts compared word by word. Words are found by the rules of Unicode, which know that «ال» and diacritics belong
 * to an Arabic word.
 * @param mostChanges texts that differ in more words are shown one after the other; time grows with its square
 * @returns stretches in reading order; without the added ones they are `before`, without the removed ones `after`
 */
export function stretchesOf(before: string, after: string, mostChanges = MOST_CHANGES): readonly Stretch[] {
	return changesOf(before, after, mostChanges) ?? [...whole('removed', before), ...whole('added', after)];
}

/** The same as paragraphs: one for each line that says something. */
export function wordsCompared(before: string, after: string): readonly (readonly Stretch[])[] {
	const changes = changesOf(before, after, MOST_CHANGES);
	return changes ? paragraphs(changes) : [...paragraphs(whole('removed', before)), ...paragraphs(whole('added', after))];
}

const whole = (kind: Stretch['kind'], text: string): readonly Stretch[] => (text === '' ? [] : [{ kind, text }]);

/** `null`: they have too little in common. */
function changesOf(before: string, after: string, maxEditLength: number): readonly Stretch[] | null {
	const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength });
	if (!changes) return null;
	const stretches = changes.map(({ added, removed, value }) => ({
		kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
		text: value.join(''),
	}));
	return joined(stretches);
}

const segmenter = new Intl.Segmenter('ar', { granularity: 'word' });
const wordsOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** A blank between two changed words changes with them: «one two» in place of «three four» reads as one change. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
	const out: Stretch[] = [];
	let removed = '';
	let added = '';
	const close = () => {
		if (removed !== '') out.push({ kind: 'removed', text: removed });
		if (added !== '') out.push({ kind: 'added', text: added });
		[removed, added] = ['', ''];
	};
	for (const [place, { kind, text }] of stretches.entries()) {
		const bridges = kind === 'same' && /^[^\S\n]+$/.test(text) && removed !== '' && added !== '' && place < stretches.length - 1;
		if (kind === 'removed' || bridges) removed += text;
		if (kind === 'added' || bridges) added += text;
		if (kind === 'same' && !bridges) {
			close();
			out.push({ kind, text });
		}
	}
	close();
	return out;
}

function paragraphs(stretches: readonly Stretch[]): Stretch[][] {
	const all: Stretch[][] = [[]];
	for (const { kind, text } of stretches) {
		for (const [place, line] of text.split('\n').entries()) {
			if (place > 0) all.push([]);
			if (line !== '') all.at(-1)?.push({ kind, text: line });
		}
	}
	return all.filter((paragraph) => paragraph.length > 0);
}

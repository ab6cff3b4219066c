import type { AccountId, Hash } from '../../bytes/ids.ts';
import { liveText, type LiveText } from './text.ts';
import type { Change, VersionText } from './version-text.ts';

/** Changes of one person less than so many seconds apart are one step of the history. */
const PAUSE = 10 * 60;

/** A step of a document's history: what one person did in one go. */
export interface Step {
	/** Its last change: what the text was after it (`textAfter`). */
	readonly id: Hash;
	readonly author: AccountId;
	/** Of its first and last change. */
	readonly from: number;
	readonly until: number;
	readonly changes: number;
	/** Pairs that it changed. */
	readonly pairs: readonly string[];
}

/** The steps of a version, the oldest first. */
export function stepsOf(changes: readonly Change[]): readonly Step[] {
	const steps: { step: Step; pairs: Set<string> }[] = [];
	for (const { id, author, time, pairs } of changes) {
		const last = steps.at(-1);
		if (last && last.step.author === author && time - last.step.until <= PAUSE) {
			for (const pair of pairs) last.pairs.add(pair);
			last.step = { ...last.step, id, until: Math.max(time, last.step.until), changes: last.step.changes + 1 };
		} else steps.push({ step: { id, author, from: time, until: time, changes: 1, pairs: [] }, pairs: new Set(pairs) });
	}
	return steps.map(({ step, pairs }) => ({ ...step, pairs: [...pairs] }));
}

/** The text as it was after a step. */
export function textAfter(text: VersionText, step: Hash): LiveText {
	const place = text.changes.findIndex(({ id }) => id === step);
	const until = new Set(text.changes.slice(0, place + 1));
	return liveText(text.with((change) => until.has(change)));
}

/** Who changed each pair last, and when. */
export function lastHands(changes: readonly Change[]): ReadonlyMap<string, { readonly author: AccountId; readonly time: number }> {
	return new Map(changes.flatMap(({ author, time, pairs }) => pairs.map((pair) => [pair, { author, time }] as const)));
}

/** Everybody who wrote in it, who wrote most first: known inside, never told outside. */
export function authorsOf(changes: readonly Change[]): readonly AccountId[] {
	const counts = new Map<AccountId, number>();
	for (const { author } of changes) counts.set(author, (counts.get(author) ?? 0) + 1);
	return [...counts].toSorted((one, other) => other[1] - one[1]).map(([author]) => author);
}

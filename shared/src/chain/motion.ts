import type { AccountId } from '../bytes/ids.ts';
import { rule } from './rule.ts';

/** One coordinator proposed to remove another; a second one has to say the same. */
export interface Motion {
	readonly by: AccountId;
	/** Seconds since 1970. */
	readonly expires: number;
}
export type Motions = ReadonlyMap<AccountId, Motion>;

const LIFETIME = 7 * 24 * 60 * 60;

/** A motion that somebody else could still confirm: in time, and its maker is still entitled. */
export function openMotion(motions: Motions, about: AccountId, time: number, entitled: (account: AccountId) => boolean): Motion | null {
	const motion = motions.get(about);
	return motion && time <= motion.expires && entitled(motion.by) ? motion : null;
}

/** Two together may do what nobody may alone. Answers the motion that is now open, or `null` when this was the second voice. */
export function moveTogether(open: Motion | null, by: AccountId, time: number): Motion | null {
	rule('another-coordinator-confirms', open?.by !== by);
	return open === null ? { by, expires: time + LIFETIME } : null;
}

export const withMotion = (motions: Motions, about: AccountId, motion: Motion): Motions => new Map(motions).set(about, motion);

export function withoutMotion(motions: Motions, about: AccountId): Motions {
	if (!motions.has(about)) return motions;
	const left = new Map(motions);
	left.delete(about);
	return left;
}

import type { SpaceParts } from '../client/space.ts';

/** A space of which nobody is told anything, and in which nothing has had its time. */
export const unheard: Pick<SpaceParts, 'changed' | 'settle' | 'onProgress' | 'markOf'> = {
	changed: () => undefined,
	settle: () => Promise.resolve(),
	onProgress: () => undefined,
	markOf: () => 0,
};

import type { SpaceId } from '../bytes/ids.ts';
import type { Membership } from './membership.ts';
import type { Space } from './space.ts';

/** What every part of an open forum may stand on. Each is handed this, and of the other parts only what it names. */
export interface ForumCore extends Membership {
	readonly spaces: ReadonlyMap<SpaceId, Space>;
	/** A space, which may be one that nothing is known of yet. */
	space(id: SpaceId): Space;
	/** What changes chains or spaces runs one after another. */
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	/** Works out anew what pages show, and tells them. */
	changed(): Promise<void>;
}

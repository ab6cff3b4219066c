/** How much is new somewhere. */
export interface Unread {
	readonly count: number;
	/** Of these, what is told of and not here yet: with any, `count` is the most it can be. */
	readonly coming: number;
}

export const NOTHING_UNREAD: Unread = { count: 0, coming: 0 };

export const together = (some: readonly Unread[]): Unread => ({
	count: some.reduce((sum, { count }) => sum + count, 0),
	coming: some.reduce((sum, { coming }) => sum + coming, 0),
});

/** Days after which posts of a space disappear from the devices of its members. */
export type SpaceDays = 7 | 30 | 90;

/** How long posts of a space stay on this device. */
export interface RetentionView {
	/** What the space says, for everybody; `null`: they stay. */
	readonly space: SpaceDays | null;
	/** What this person chose for the own devices, in days; `null`: nothing. */
	readonly own: number | null;
	/** The shorter of both, in days. */
	readonly effective: number | null;
	/** When the space's rule was set, in seconds since 1970; `null` when it never was. */
	readonly since: number | null;
}

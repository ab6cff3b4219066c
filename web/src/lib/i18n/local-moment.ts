/** A moment as a field for date and hour writes it, of the clock here. `time`: seconds since 1970. */
export function momentWritten(time: number): string {
	const shifted = new Date((time - new Date(time * 1000).getTimezoneOffset() * 60) * 1000);
	return shifted.toISOString().slice(0, 16);
}

/** What such a field says, in seconds since 1970; `null` when it says nothing. */
export function momentRead(written: string): number | null {
	const time = written === '' ? Number.NaN : new Date(written).getTime();
	return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

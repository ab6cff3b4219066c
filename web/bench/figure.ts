/** One line of the result: what was measured, and the limit it is held against in the same run. */
export interface Figure {
	readonly what: string;
	readonly value: number;
	readonly unit: string;
	/** `null`: for information. */
	readonly limit: number | null;
	/** `most`: the value may be at most the limit; `least`: it must reach it. */
	readonly bound: 'most' | 'least';
	readonly note?: string;
}

export const atMost = (what: string, value: number, unit: string, limit: number, note = ''): Figure => ({
	what,
	value,
	unit,
	limit,
	bound: 'most',
	note,
});
export const atLeast = (what: string, value: number, unit: string, limit: number, note = ''): Figure => ({
	what,
	value,
	unit,
	limit,
	bound: 'least',
	note,
});
export const told = (what: string, value: number, unit: string, note = ''): Figure => ({
	what,
	value,
	unit,
	limit: null,
	bound: 'most',
	note,
});

export const holds = ({ value, limit, bound }: Figure): boolean => limit === null || (bound === 'most' ? value <= limit : value >= limit);

const rounded = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

export function line(figure: Figure): string {
	const { what, value, unit, limit, bound, note } = figure;
	const bounded =
		limit === null ? '' : `${bound === 'most' ? '≤' : '≥'} ${rounded(limit)} ${unit} ${holds(figure) ? 'holds' : 'DOES NOT HOLD'}`;
	return [what.padEnd(58), `${rounded(value)} ${unit}`.padStart(14), bounded.padEnd(28), note ?? ''].join('  ').trimEnd();
}

export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

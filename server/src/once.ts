import { randomBytes } from 'node:crypto';

/** Short-lived secrets of exchanges under way, each used at most once. Kept in memory, bounded. */
export interface Once<T> {
	/** Keeps `value` under a fresh name, or under `name`. */
	keep(value: T, name?: string): string;
	/** Takes the value away; `null` when it is not there, or no longer. */
	take(name: string): T | null;
	has(name: string): boolean;
}

export function createOnce<T>(lifetime: number, most: number, now: () => number): Once<T> {
	const kept = new Map<string, { value: T; until: number }>();
	const alive = (name: string) => {
		const entry = kept.get(name);
		return entry && entry.until > now() ? entry : null;
	};
	return {
		keep(value, name = randomBytes(32).toString('base64url')) {
			forgetOldest(kept, most, now());
			kept.set(name, { value, until: now() + lifetime });
			return name;
		},
		take(name) {
			const entry = alive(name);
			kept.delete(name);
			return entry?.value ?? null;
		},
		has: (name) => alive(name) !== null,
	};
}

/** A Map keeps the order of insertion, so the first entries are the oldest. */
function forgetOldest(kept: Map<string, { until: number }>, most: number, now: number): void {
	for (const [name, { until }] of kept) {
		if (until > now && kept.size < most) return;
		kept.delete(name);
	}
}

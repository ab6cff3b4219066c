/** So many of something in a day, for each key. In memory, bounded. */
export interface Quota {
	/** Counts one; `false` when there were enough. */
	take(key: string): boolean;
}

const DAY = 86_400_000;
const MOST_KEYS = 20_000;

export function createQuota(most: number, now: () => number): Quota {
	const taken = new Map<string, { count: number; since: number }>();
	return {
		take(key) {
			const known = taken.get(key);
			const current = known && now() - known.since < DAY ? known : { count: 0, since: now() };
			if (current.count >= most) return false;
			taken.delete(key);
			if (taken.size >= MOST_KEYS) taken.delete(taken.keys().next().value ?? '');
			taken.set(key, { count: current.count + 1, since: current.since });
			return true;
		},
	};
}

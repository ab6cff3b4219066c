import { Problem } from '@multaqa/shared/problem';
import { alone, type Nodes } from '../nodes/nodes.ts';

/** How much of something may be used in an hour, by each key, at all nodes. In memory; what was used comes back little by little. */
export interface Allowance {
	/** @throws Problem `too-many-attempts` with the seconds after which there is enough again */
	spend(key: string, cost: number): void;
}

const HOUR = 3_600_000;
/** Keys are accounts and spaces that exist: this only keeps those that were used up long ago from staying. */
const MOST_KEYS = 20_000;

/** @param name what it is of, as nodes tell each other */
export function createAllowance(perHour: number, now: () => number, nodes: Nodes = alone(), name = 'allowance'): Allowance {
	const used = new Map<string, { amount: number; at: number }>();
	const stillUsed = (key: string) => {
		const known = used.get(key);
		return known ? Math.max(0, known.amount - ((now() - known.at) * perHour) / HOUR) : 0;
	};
	const use = ({ key, cost }: { key: string; cost: number }) => {
		if (used.size >= MOST_KEYS) for (const each of used.keys()) if (stillUsed(each) === 0) used.delete(each);
		used.set(key, { amount: stillUsed(key) + cost, at: now() });
	};
	const tell = nodes.subject(name, use);
	return {
		spend(key, cost) {
			const before = stillUsed(key);
			const missing = before + cost - perHour;
			// What is larger than the whole allowance is taken by whoever has used nothing.
			if (missing > 0 && before > 0)
				throw new Problem('too-many-attempts', { retryAfter: Math.ceil((missing / perHour) * (HOUR / 1_000)) });
			use({ key, cost });
			tell({ key, cost });
		},
	};
}

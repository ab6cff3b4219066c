/** Numbers that come again with the same seed (mulberry32), so that a failed run can be looked at twice. */
export interface Random {
	/** From 0 up to `most`. */
	below(most: number): number;
	chance(share: number): boolean;
	one<T>(of: readonly T[]): T;
}

export function seeded(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (most: number) => Math.floor(next() * most);
	return {
		below,
		chance: (share) => next() < share,
		one: (of) => of[below(of.length)]!,
	};
}

/** The seed of this run: `FAULT_SEED`, or a new one. */
export const seedOfRun = (): number => Number(process.env['FAULT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

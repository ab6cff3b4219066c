import { createHash } from 'node:crypto';

/** How many rows a table has, and a sum of their hashes that does not depend on their order. */
export interface TableSum {
	readonly rows: number;
	readonly sum: string;
}

const MODULUS = 1n << 256n;

/** Adds up the SHA-256 of rows: the same rows in another order, on another engine, give the same sum. */
export function createTableSum(): { add(row: Uint8Array): void; readonly total: TableSum } {
	let rows = 0;
	let sum = 0n;
	return {
		add(row) {
			rows++;
			sum = (sum + BigInt(`0x${createHash('sha256').update(row).digest('hex')}`)) % MODULUS;
		},
		get total() {
			return { rows, sum: sum.toString(16).padStart(64, '0') };
		},
	};
}

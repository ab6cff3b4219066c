import { decodeCbor, encodeCbor } from '@multaqa/shared/bytes/cbor';
import { Problem } from '@multaqa/shared/problem';

/** What a column holds, on either engine. */
export type Value = null | number | string | Uint8Array;

const LIMITS = { bytes: 64 * 1024 * 1024, items: 64, depth: 2 };

/** A row as the same bytes whichever engine it lies in. @throws Problem `internal` for what no column of ours holds */
export const encodeRow = (values: readonly unknown[]): Uint8Array => encodeCbor(values.map(plain));

/** @throws Problem `malformed`, `too-large` */
export function decodeRow(bytes: Uint8Array): readonly Value[] {
	const values = decodeCbor(bytes, LIMITS);
	if (!Array.isArray(values)) throw new Problem('malformed', { reason: 'row' });
	return values.map(plain);
}

function plain(value: unknown): Value {
	if (value === null || typeof value === 'string') return value;
	if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	if ((typeof value === 'number' || typeof value === 'bigint') && Number.isSafeInteger(Number(value))) return Number(value);
	throw new Problem('internal', { reason: 'a column holds what is never stored' });
}

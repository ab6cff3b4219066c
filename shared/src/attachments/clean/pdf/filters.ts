import { inflated } from '../inflate.ts';
import { uncleanable } from '../traces.ts';
import { isDict, isList, nameIn, type PdfDict, type PdfStream, type PdfValue } from './objects.ts';

/** Of the names of filters of a stream, the first applied last. */
export function filtersOf(dict: PdfDict, resolve: (value: PdfValue | undefined) => PdfValue): readonly string[] {
	const filter = resolve(dict.get('Filter'));
	const names = isList(filter) ? filter.map((one) => nameIn(resolve(one))) : filter === null ? [] : [nameIn(filter)];
	return names.map((name) => name ?? uncleanable('no filter'));
}

/** What a stream of objects or places says. @throws Problem `file-uncleanable` for any other filter than the one in use for these */
export function unfiltered({ dict, bytes }: PdfStream, most: number, resolve: (value: PdfValue | undefined) => PdfValue): Uint8Array {
	const filters = filtersOf(dict, resolve);
	if (filters.length === 0) return bytes;
	if (filters.length > 1 || filters[0] !== 'FlateDecode') uncleanable('unknown filter');
	const given = resolve(dict.get('DecodeParms'));
	const parameters = isList(given) ? resolve(given[0]) : given;
	const unpacked = inflated(bytes, most);
	if (!isDict(parameters)) return unpacked;
	const predictor = Number(resolve(parameters.get('Predictor')) ?? 1);
	if (predictor === 1) return unpacked;
	if (predictor < 10) uncleanable('unknown predictor');
	const columns = Number(resolve(parameters.get('Columns')) ?? 1);
	if (!Number.isInteger(columns) || columns < 1 || columns > 64) uncleanable('unknown predictor');
	return unpredicted(unpacked, columns);
}

/** Rows told by how they differ from others, as in PNG, one byte each. */
function unpredicted(rows: Uint8Array, columns: number): Uint8Array {
	const count = Math.floor(rows.length / (columns + 1));
	const out = new Uint8Array(count * columns);
	for (let row = 0; row < count; row++) {
		const kind = rows[row * (columns + 1)] ?? 0;
		for (let column = 0; column < columns; column++) {
			const place = row * columns + column;
			const left = column > 0 ? (out[place - 1] ?? 0) : 0;
			const above = row > 0 ? (out[place - columns] ?? 0) : 0;
			const before = row > 0 && column > 0 ? (out[place - columns - 1] ?? 0) : 0;
			out[place] = (rows[row * (columns + 1) + 1 + column] ?? 0) + guess(kind, left, above, before);
		}
	}
	return out;
}

function guess(kind: number, left: number, above: number, before: number): number {
	if (kind === 0) return 0;
	if (kind === 1) return left;
	if (kind === 2) return above;
	if (kind === 3) return (left + above) >> 1;
	if (kind !== 4) return uncleanable('unknown predictor');
	const [a, b, c] = [Math.abs(above - before), Math.abs(left - before), Math.abs(left + above - 2 * before)];
	return a <= b && a <= c ? left : b <= c ? above : before;
}

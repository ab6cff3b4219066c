import * as v from 'valibot';

/** What the schemas of the wire are made of, as far as a sample needs to know. */
type Schema = v.GenericSchema & {
	readonly entries?: Readonly<Record<string, Schema>>;
	readonly item?: Schema;
	readonly items?: readonly Schema[];
	readonly options?: readonly (Schema | string)[];
	readonly wrapped?: Schema;
	readonly literal?: unknown;
	readonly pipe?: readonly Schema[];
};

const texts = [
	'A'.repeat(43),
	'A'.repeat(22),
	'text',
	'00000000',
	'a@b.example',
	'a'.repeat(10),
	'0'.repeat(64),
	'2026-11-23T09:00:00.000Z',
];
const numbers = [1, 0];
const lengths = [32, 64, 65, 16, 1_216, 1_136];

/** Something valid for a schema of the wire, every list with two entries. */
export function sampleOf(schema: v.GenericSchema): unknown {
	const sample = candidates(schema as Schema).find((candidate) => v.is(schema, candidate));
	if (sample === undefined) throw new Error(`no sample for ${schema.expects}`);
	return sample;
}

function candidates(schema: Schema): readonly unknown[] {
	switch (schema.type) {
		case 'strict_object':
			return [Object.fromEntries(Object.entries(schema.entries ?? {}).map(([key, entry]) => [key, sampleOf(entry)]))];
		case 'array': {
			const item = sampleOf(schema.item as Schema);
			return [[item, item], [item], []];
		}
		case 'strict_tuple':
			return [(schema.items ?? []).map(sampleOf)];
		case 'nullable':
		case 'optional':
		case 'exact_optional':
			return [sampleOf(schema.wrapped as Schema)];
		case 'variant':
			return [sampleOf(schema.options?.[0] as Schema)];
		case 'picklist':
			return schema.options ?? [];
		case 'literal':
			return [schema.literal];
		case 'boolean':
			return [true];
		case 'number':
			return numbers;
		case 'string':
			return texts;
		default:
			return lengths.map((length) => new Uint8Array(length));
	}
}

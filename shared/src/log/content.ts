import * as v from 'valibot';
import type { Hash, OrganisationId, StreamId } from '../bytes/ids.ts';

/** What the contents of events are made of. Ids are base64url text of 32 or 16 bytes. */
const id32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const id16 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));

export const eventId = id32 as unknown as v.GenericSchema<Hash>;
export const streamId = id16 as unknown as v.GenericSchema<StreamId>;
export const organisationId = id16 as unknown as v.GenericSchema<OrganisationId>;

/** A text with something in it, of at most so many characters (UTF-16 units, as a text field counts). */
export const written = (most: number) =>
	v.pipe(
		v.string(),
		v.maxLength(most),
		v.check((text) => text.trim() !== ''),
	);

type Schemas = Readonly<Record<string, v.GenericSchema>>;

/** What an event of one of these types says. */
export type SaidOf<Of extends Schemas> = {
	[Type in keyof Of & string]: { readonly type: Type; readonly content: v.InferOutput<Of[Type]> };
}[keyof Of & string];

/** What is said, if it is of one of these types and well formed; `null` otherwise. */
export function readContent<Of extends Schemas>(schemas: Of, type: string, content: unknown): SaidOf<Of> | null {
	const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
	const parsed = schema && v.safeParse(schema, content);
	return parsed?.success ? ({ type, content: parsed.output } as SaidOf<Of>) : null;
}

/** Reads each event once: they never change, and a stream of ten thousand is read again with each new one. */
export function once<Event extends object, Said>(read: (event: Event) => Said): (event: Event) => Said {
	const known = new WeakMap<Event, { readonly said: Said }>();
	return (event) => {
		const before = known.get(event) ?? { said: read(event) };
		known.set(event, before);
		return before.said;
	};
}

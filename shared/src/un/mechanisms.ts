import * as v from 'valibot';
import file from './mechanisms.json' with { type: 'json' };
import { mechanismsFile, type Mechanism } from './schema.ts';

/**
 * Bodies, their cycles and sessions. 20 kB, 5.3 kB compressed: imported with `import()` by what shows a calendar.
 */
const read = v.parse(mechanismsFile, file);

/** The day on which these rows were last gone through, `YYYY-MM-DD`. */
export const AS_OF: string = read.asOf;
/** Every body and cycle, the Council first. */
export const mechanisms: readonly Mechanism[] = read.mechanisms;

const byId = new Map(mechanisms.map((row) => [row.id, row]));

/** The row under this id (`hrc-regular`); `null`: there is none. */
export const mechanismOf = (id: string): Mechanism | null => byId.get(id) ?? null;

import * as v from 'valibot';
import { submissionsFile, type Regime, type Submission } from './schema.ts';
import file from './submissions.json' with { type: 'json' };

/**
 * What may be handed in at which mechanism: limits, what counts, languages, formats, who may sign. 33 kB, 6.5 kB
 * compressed: whoever needs it imports it with `import()`, when a document is opened.
 */
const read = v.parse(submissionsFile, file);

/** The day on which these rows were last gone through, `YYYY-MM-DD`. */
export const AS_OF: string = read.asOf;
/** Every row, in the order of mechanisms. */
export const submissions: readonly Submission[] = read.submissions;
/** Every rule of who may sign. */
export const regimes: readonly Regime[] = read.regimes;

const byId = new Map(submissions.map((row) => [row.id, row]));
const regimeById = new Map(regimes.map((row) => [row.id, row]));

/** The row of what is handed in under this id (`hrc-written`); `null`: there is none. */
export const submissionOf = (id: string): Submission | null => byId.get(id) ?? null;

/** Who may sign it; `null`: nothing is signed there. */
export const regimeOf = ({ regime }: Submission): Regime | null => (regime === null ? null : (regimeById.get(regime) ?? null));

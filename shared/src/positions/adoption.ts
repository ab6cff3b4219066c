import type { Hash } from '../bytes/ids.ts';
import type { ContentOf, Model } from './events.ts';
import type { Register } from './register-types.ts';

/** By which decision a text was adopted. */
export interface Adoption {
	readonly decision: Hash;
	readonly model: Model;
	/** When it was closed: seconds since 1970. */
	readonly time: number;
	/** The version of the issue that has the text. */
	readonly version: Hash;
}

/** Which decision of an issue adopted exactly this frozen text; `null` when none did, whatever was decided about another one. */
export function adoptionOf({ versions, decisions }: Pick<Register, 'versions' | 'decisions'>, frozen: Frozen): Adoption | null {
	const holding = new Set(versions.filter(({ frozen: of }) => of?.stream === frozen.stream && of.hash === frozen.hash).map(({ id }) => id));
	const passed = decisions.findLast(({ closed, terms }) => closed?.result === 'passed' && holding.has(terms.version));
	if (!passed?.closed) return null;
	return { decision: passed.id, model: passed.terms.model, time: passed.closed.time, version: passed.terms.version };
}

type Frozen = NonNullable<ContentOf<'position.propose'>['frozen']>;

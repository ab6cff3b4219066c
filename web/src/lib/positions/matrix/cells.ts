import type { OrganisationId } from '@multaqa/shared/bytes/ids';
import { runningDecision, sealedOf } from '@multaqa/shared/positions/answers';
import { VALUES, type StanceValue } from '@multaqa/shared/positions/events';
import type { Decision, Register, Version } from '@multaqa/shared/positions/register-types';
import { rowOf, type Row } from '@multaqa/shared/positions/rows';

/** `sealed`: it has answered in a hidden round, and nobody can read what. */
export type CellState = Row['state'] | 'sealed';

/** What an organisation says about an issue, as the matrix shows it. */
export interface Cell {
	readonly value: StanceValue | null;
	readonly state: CellState;
	/** When it was said: seconds since 1970. */
	readonly time: number | null;
	/** One of two has spoken. */
	readonly half: boolean;
	/** Not on the server yet. */
	readonly waiting: boolean;
}

const NOTHING: Cell = { value: null, state: 'none', time: null, half: false, waiting: false };

/** One cell. `now`: seconds since 1970. */
export function cellOf(register: Register, organisation: OrganisationId, version: Version | null, now: number): Cell {
	if (!version) return NOTHING;
	const sealed = sealedIn(runningDecision(register.decisions), organisation);
	if (sealed) return sealed;
	const { entry, value, state, waiting } = rowOf(register, organisation, version, now);
	return { value, state, time: entry?.time ?? null, half: waiting !== null, waiting: entry?.position === Infinity };
}

function sealedIn(running: Decision | null, organisation: OrganisationId): Cell | null {
	if (!running?.terms.hidden) return null;
	const head = running.seals.get(organisation)?.head;
	const sealed = sealedOf(running, organisation);
	if (sealed && running.opened.has(sealed.id)) return null;
	if (sealed) return { value: null, state: 'sealed', time: sealed.time, half: false, waiting: false };
	if (!head || head.kind === 'withdrawal') return null;
	return { value: null, state: 'sealed', time: head.time, half: head.state === 'waits-for-second', waiting: head.position === Infinity };
}

/** How a sign is drawn: by what is said, or by what kind of silence it is. */
export type SignKind = StanceValue | 'none' | 'sealed';

/** The sign of a cell. */
export const signOf = ({ value, state }: Pick<Cell, 'value' | 'state'>): SignKind => (state === 'sealed' ? 'sealed' : (value ?? 'none'));

/** How many organisations show which sign; what is old or has to be confirmed is counted apart, as none of them. */
export interface Counts {
	readonly signs: ReadonlyMap<SignKind, number>;
	readonly stale: number;
	readonly unconfirmed: number;
}

/** In the order in which signs are told. */
export const SIGNS: readonly SignKind[] = [...VALUES, 'sealed', 'none'];

/** Only what stands is counted for what it says. */
export function countsOf(cells: Iterable<Cell>): Counts {
	const signs = new Map<SignKind, number>();
	let [stale, unconfirmed] = [0, 0];
	for (const cell of cells) {
		if (cell.state === 'stale') stale++;
		else if (cell.state === 'needs-confirmation') unconfirmed++;
		else signs.set(signOf(cell), (signs.get(signOf(cell)) ?? 0) + 1);
	}
	return { signs, stale, unconfirmed };
}

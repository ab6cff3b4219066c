import { m } from '../../paraglide/messages.js';
import { valueText } from '../texts.ts';
import type { CellState, SignKind } from './cells.ts';
import type { State } from './listed.ts';

/** Why an answer is not counted as it stands; `null` when it is, or when there is none. */
export function stateText(state: CellState): string | null {
	if (state === 'needs-confirmation') return m.stance_needs_confirmation();
	return state === 'stale' ? m.stance_stale() : null;
}

/** What a sign means. */
export function signText(kind: SignKind): string {
	if (kind === 'sealed') return m.stance_sealed();
	return valueText(kind === 'none' ? null : kind);
}

/** What can be looked for. */
export function filterText(state: State): string {
	if (state === 'all') return m.position_state_all();
	if (state === 'running') return m.position_state_running();
	if (state === 'decided') return m.position_state_decided();
	if (state === 'stale') return m.stance_stale();
	return state === 'needs-confirmation' ? m.stance_needs_confirmation() : signText(state);
}

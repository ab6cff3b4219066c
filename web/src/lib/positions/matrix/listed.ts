import type { OrganisationId } from '@multaqa/shared/bytes/ids';
import { phaseOf, type Phase } from '@multaqa/shared/positions/decision';
import { VALUES } from '@multaqa/shared/positions/events';
import type { Issue } from '@multaqa/shared/positions/issues';
import type { Decision, Version } from '@multaqa/shared/positions/register-types';
import type { Wait } from '@multaqa/shared/positions/waits';
import { wordsOf } from '@multaqa/shared/text/fold';
import { countsOf, type Cell, type Counts } from './cells.ts';

/** An issue as a line of the matrix. */
export interface ListedIssue {
	readonly issue: Issue;
	readonly version: Version | null;
	readonly cells: ReadonlyMap<OrganisationId, Cell>;
	readonly counts: Counts;
	/** The last one, if any. */
	readonly decision: Decision | null;
	readonly phase: Phase | null;
	readonly waits: readonly Wait[];
	/** What was told of it and is not here yet. */
	readonly missing: number;
}

/** Puts an issue's line together. */
export function listedOf(
	about: Pick<ListedIssue, 'issue' | 'version' | 'cells' | 'decision' | 'waits' | 'missing'>,
	now: number,
): ListedIssue {
	return { ...about, counts: countsOf(about.cells.values()), phase: about.decision && phaseOf(about.decision, now) };
}

/** What can be looked for among states: of an organisation's answers, or of the issue's decision. */
export const STATES = ['all', 'none', 'needs-confirmation', 'stale', ...VALUES, 'running', 'decided'] as const;
export type State = (typeof STATES)[number];

/** Which issues are shown. */
export interface Narrowing {
	readonly text: string;
	/** Empty: all. */
	readonly organisation: OrganisationId | '';
	readonly state: State;
	/** Only what waits for this person's organisation. */
	readonly mine: boolean;
}

export const EVERYTHING: Narrowing = { text: '', organisation: '', state: 'all', mine: false };

/** Whether anything is left out. */
export const narrows = ({ text, organisation, state, mine }: Narrowing): boolean =>
	text.trim() !== '' || organisation !== '' || state !== 'all' || mine;

/** The issues of a list that are looked for. */
export function narrowed(list: readonly ListedIssue[], narrowing: Narrowing): readonly ListedIssue[] {
	const { organisation, state, mine } = narrowing;
	const words = foldedIn(narrowing.text);
	return list.filter(
		(listed) =>
			(!mine || listed.waits.length > 0) &&
			(words.length === 0 || says(listed.issue, words)) &&
			(state === 'all' || isIn(listed, state, organisation)),
	);
}

const foldedIn = (text: string): readonly string[] => wordsOf(text).map(({ word }) => word);

/** Every word of the question begins one of the issue's. */
function says({ title, question }: Issue, words: readonly string[]): boolean {
	const own = foldedIn([title.ar, title.en, question?.ar ?? '', question?.en ?? ''].join(' '));
	return words.every((word) => own.some((one) => one.includes(word)));
}

function isIn({ cells, phase }: ListedIssue, state: State, organisation: OrganisationId | ''): boolean {
	if (state === 'running') return phase !== null && phase !== 'closed';
	if (state === 'decided') return phase === 'closed';
	const looked = organisation === '' ? [...cells.values()] : [cells.get(organisation)];
	return looked.some((cell) => cell && (state === cell.state || (cell.state === 'standing' && state === cell.value)));
}

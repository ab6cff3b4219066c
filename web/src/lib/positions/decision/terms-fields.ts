import type { Hash, OrganisationId } from '@multaqa/shared/bytes/ids';
import { LEAST_OPENING, MOST_OPENING_DAYS, MOST_RUNNING_DAYS, snapshotOf } from '@multaqa/shared/positions/decision-rules';
import { days } from '@multaqa/shared/positions/days';
import type { ContentOf, Model, Threshold } from '@multaqa/shared/positions/events';
import type { Standing } from '@multaqa/shared/positions/standing';
import type { Format } from '../../i18n/format.ts';
import { m } from '../../paraglide/messages.js';
import { ruleText } from '../rule-texts.ts';

/** The terms of a decision as they are typed. */
export interface TermsFields {
	readonly kind: Model['kind'];
	readonly k: '0' | '1' | '2';
	readonly threshold: Threshold;
	/** In percent. */
	readonly quorum: string;
	/** As a field for date and hour writes it: of the clock here. */
	readonly closes: string;
	/** Organisations that are left out. */
	readonly without: readonly OrganisationId[];
	readonly hidden: boolean;
	/** Days to open sealed answers. */
	readonly opening: string;
}

const WEEK = 7;
/** A moment as a field for date and hour writes it, of the clock here. */
function localWritten(time: number): string {
	const shifted = new Date((time - new Date(time * 1000).getTimezoneOffset() * 60) * 1000);
	return shifted.toISOString().slice(0, 16);
}

/** Consent of half of them within a week, open to see. `now`: seconds since 1970. */
export const newTerms = (now: number): TermsFields => ({
	kind: 'consent',
	k: '1',
	threshold: 'two-thirds',
	quorum: '50',
	closes: localWritten(now + days(WEEK)),
	without: [],
	hidden: false,
	opening: '3',
});

const wholeIn = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : null);

/** When the field says; seconds since 1970, `null` when it says nothing. */
export function timeRead(written: string): number | null {
	const time = Date.parse(written);
	return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

export interface TermsProblems {
	readonly quorum: string | null;
	readonly closes: string | null;
	readonly eligible: string | null;
	readonly opening: string | null;
}

/** What is wrong with it, beside its field. `now`: seconds since 1970. */
export function problemsOf(fields: TermsFields, eligible: readonly OrganisationId[], now: number, format: Format): TermsProblems {
	const [quorum, closes, opening] = [wholeIn(fields.quorum), timeRead(fields.closes), wholeIn(fields.opening)];
	const isBounded = closes !== null && closes > now && closes <= now + days(MOST_RUNNING_DAYS);
	const mayOpen = opening !== null && days(opening) >= LEAST_OPENING && opening <= MOST_OPENING_DAYS;
	return {
		quorum: quorum !== null && quorum >= 1 && quorum <= 100 ? null : ruleText('quorum-is-possible'),
		closes: isBounded ? null : m.decision_closes_bounded({ count: MOST_RUNNING_DAYS, shown: format.number(MOST_RUNNING_DAYS) }),
		eligible: eligible.length > 0 ? null : ruleText('eligible-organisations-are-there'),
		opening:
			!fields.hidden || mayOpen ? null : m.decision_opening_bounded({ count: MOST_OPENING_DAYS, shown: format.number(MOST_OPENING_DAYS) }),
	};
}

/** As it is signed; `null` while something is missing. */
export function termsFrom(
	fields: TermsFields,
	version: Hash,
	eligible: readonly OrganisationId[],
	standing: Standing,
): ContentOf<'decision.open'> | null {
	const [quorum, closes, opening] = [wholeIn(fields.quorum), timeRead(fields.closes), wholeIn(fields.opening)];
	if (quorum === null || closes === null || opening === null) return null;
	return {
		version,
		model: modelFrom(fields),
		quorum,
		closes,
		eligible: [...eligible],
		constituencies: snapshotOf(eligible, standing, null),
		hidden: fields.hidden ? { opening: days(opening) } : null,
	};
}

/** How answers would be decided upon. */
export function modelFrom({ kind, k, threshold }: TermsFields): Model {
	if (kind === 'consent') return { kind };
	return kind === 'consensus-minus' ? { kind, k: Number(k) as 0 | 1 | 2 } : { kind, threshold };
}

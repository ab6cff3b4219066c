import type { Confidence, Session, Submission } from './schema.ts';

/** Of when a deadline is: a day, or why there is none. */
export type DeadlineAnswer =
	| {
			/** `YYYY-MM-DD`, in the time of `timezone`. */
			readonly day: string;
			readonly timezone: string;
			readonly confidence: Confidence;
	  }
	/** `not-confirmed`: the date it hangs from is only supposed. `pattern`: a habit in words. */
	| { readonly day: null; readonly reason: 'not-confirmed' | 'pattern' | 'debate-not-known' };

/**
 * The last day for something, computed from a session that has been held or confirmed. A supposed date never drives a
 * deadline, whatever stands in its row: somebody has to confirm it first.
 * @param debate the day of the debate (`YYYY-MM-DD`), confirmed by a coordinator, for what is asked for before a debate
 */
export function deadlineOf({ deadline }: Submission, session: Session, debate: string | null = null): DeadlineAnswer {
	if (deadline.type === 'pattern') return { day: null, reason: 'pattern' };
	const { timezone, days, confidence, from } = deadline;
	if (!isConfirmed(session)) return { day: null, reason: 'not-confirmed' };
	const start = from === 'session.start' ? session.start : debate;
	if (start === null) return { day: null, reason: from === 'session.start' ? 'not-confirmed' : 'debate-not-known' };
	const day = daysAfter(start, days);
	return day === null ? { day: null, reason: 'not-confirmed' } : { day, timezone, confidence };
}

/** Only such dates are shown as dates; all others as «الموعد غير مؤكد». */
export const isConfirmed = ({ status, start }: Session): boolean => start !== null && (status === 'held' || status === 'confirmed');

/** Calendar days, without hours: no change of clocks moves them. */
function daysAfter(day: string, days: number): string | null {
	const start = Date.parse(`${day}T00:00:00Z`);
	if (Number.isNaN(start) || isoDay(start) !== day) return null;
	return isoDay(start + days * 86_400_000);
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

import type { Order } from '@multaqa/shared/documents/neutral-order';
import type { Bilingual, Language } from '@multaqa/shared/documents/pair';
import { isWithheld, lastConfirmed } from '@multaqa/shared/statements/rules';
import type { SignatureState, Statement } from '@multaqa/shared/statements/statement-types';
import { secondsIn } from '@multaqa/shared/publication/signed-text';
import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';

export const orderText = (order: Order): string =>
	({ arabic: () => m.statement_order_arabic(), latin: () => m.statement_order_latin(), sealed: () => m.statement_order_sealed() })[order]();

/** In the reader's language, or the other one where it was not written. */
export const inReaders = (both: Bilingual, language: Language): string => both[language] || both.ar || both.en;

/** Where a statement is on its way, for lists and heads. */
export function stageText(statement: Statement, now: number, format: Format): string {
	const { round } = statement;
	const edition = lastConfirmed(statement);
	if (!round) return m.statement_stage_none();
	if (edition) {
		const hour = secondsIn(edition.list.published);
		return hour <= now ? m.statement_stage_public({ day: format.day(hour) }) : m.statement_stage_embargo({ moment: format.moment(hour) });
	}
	if (statement.editions.length > 0) return m.statement_stage_confirm();
	if (round.ended || now > round.closes) return m.statement_stage_ended();
	return m.statement_stage_open({ left: format.until(round.closes, now) });
}

export const countOf = ({ signatures, marks }: Statement): number =>
	signatures.filter(({ state }) => state === 'standing').length + marks.filter(isWithheld).length;

const states: Readonly<Record<SignatureState, (() => string) | null>> = {
	standing: null,
	checking: () => m.statement_state_checking(),
	false: () => m.statement_state_false(),
	'waits-for-second': () => m.statement_state_second(),
	withdrawn: () => m.statement_state_withdrawn(),
};

/** What is to be said of a signature that does not simply stand. */
export const signatureStateText = (state: SignatureState): string | null => states[state]?.() ?? null;

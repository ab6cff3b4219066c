import type { Format } from '../i18n/format.ts';
import { m } from '../paraglide/messages.js';
import type { LogKind, LogLine, LogPart } from './log.ts';
import { kindText, paceText } from './texts.ts';

const DAY = 24 * 60 * 60;

const texts: Record<LogKind, (line: LogLine, format: Format) => string> = {
	'moderation.reword': () => m.log_reword(),
	'moderation.hide': () => m.log_hide(),
	'moderation.silence': ({ measure }, format) =>
		m.log_silence({ time: format.span(measure?.until ? Math.round((measure.until - measure.time) / DAY) * DAY : DAY) }),
	'moderation.slow': ({ measure }, format) => m.log_slow({ time: paceText(measure?.seconds ?? 0, format) }),
	'moderation.approval': () => m.log_approval(),
	'moderation.lift': ({ measure }) => (measure ? m.log_lift({ measure: kindText(measure.kind) }) : m.measure_lifted()),
	'moderation.admit': () => m.log_admit(),
	'moderation.keep-out': () => m.log_kept_out(),
	'moderation.dismiss': () => m.log_dismiss(),
	'moderation.discard': () => m.log_discard(),
	'moderation.appeal': ({ measure }) => (measure ? m.log_appeal({ measure: kindText(measure.kind) }) : m.appeal_of()),
	'moderation.decide': ({ upheld }) => (upheld ? m.log_upheld() : m.log_overturned()),
	'moderation.words': () => m.log_words(),
	'thread.close': () => m.log_close(),
	'thread.reopen': () => m.log_reopen(),
	'thread.rename': () => m.log_rename(),
};

/** What a line of the log says was done. */
export const lineText = (line: LogLine, format: Format): string => texts[line.kind](line, format);

const parts: Record<LogPart, () => string> = {
	all: () => m.log_part_all(),
	posts: () => m.log_part_posts(),
	people: () => m.log_part_people(),
	threads: () => m.log_part_threads(),
	appeals: () => m.log_part_appeals(),
};

/** What the log can be narrowed to. */
export const partText = (part: LogPart): string => parts[part]();

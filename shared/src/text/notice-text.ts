import { skeleton } from './skeleton.ts';

/** Why words must not stand in a notice, which anybody may read who sees the screen, the mailbox or the line. */
export type NoticeRule =
	| 'notice-is-short'
	| 'notice-holds-no-variables'
	| 'notice-holds-no-address'
	| 'notice-is-plain'
	| 'notice-names-nobody';

const LONGEST = 120;
/** Every way to write a place that a program fills in: {title}, %s, $name, <title>, [[thread]]. */
const VARIABLES = /[{}%$<>[\]\\`#]/;
const ADDRESS = /:\/\/|www\.|@|[\p{L}\p{N}-]\.\p{L}{2,}/iu;
/** Line breaks, what directs text, and what cannot be seen. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u;
/** Shorter names are in too many words. */
const LEAST_NAME = 3;

/**
 * The rule that a notice's text breaks; `null` when it may stand there.
 * @param names what it must not tell: of the forum, its organisations and spaces, as far as they are known here
 */
export function brokenNoticeRule(text: string, names: readonly string[] = []): NoticeRule | null {
	const length = Array.from(text.trim()).length;
	if (length === 0 || length > LONGEST || text.length > LONGEST) return 'notice-is-short';
	if (VARIABLES.test(text)) return 'notice-holds-no-variables';
	if (ADDRESS.test(text)) return 'notice-holds-no-address';
	if (HIDDEN.test(text)) return 'notice-is-plain';
	return names.some((name) => isIn(name, text)) ? 'notice-names-nobody' : null;
}

/** As the eye reads it: spaces, marks, case and letters that look alike do not help. */
function isIn(name: string, text: string): boolean {
	const seen = skeleton(name.replace(/^\s*ال/, ''));
	return Array.from(seen).length >= LEAST_NAME && skeleton(text).includes(seen);
}

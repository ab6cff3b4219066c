import type { OrganisationId } from '../bytes/ids.ts';
import type { Stance } from './events.ts';
import { changeBetween, type TextChange } from './paragraphs.ts';
import type { Entry, Line, Register, Version } from './register-types.ts';
import type { Refusal } from './rule-names.ts';

/** What is read of an issue. */
export type Known = Pick<Register, 'versions' | 'lines'>;

/** It said something about this version that stood, even if it has taken it back since. */
export const hasSpoken = (line: Line | undefined): boolean => line?.entries.some(({ stood }) => stood !== null) ?? false;

/** Its time is over: shown as old, and not as support. `now`: seconds since 1970. */
export const isStale = (entry: Entry | null | undefined, now: number): boolean => !!entry?.stance && now > entry.stance.validUntil;

/** What an organisation last said about an earlier version than this, if it has not taken that back. */
export function carriedTo(
	{ versions, lines }: Known,
	organisation: OrganisationId,
	version: Version,
): { readonly entry: Entry; readonly stance: Stance; readonly version: Version } | null {
	const last = versions.findLast(({ id, number }) => number < version.number && hasSpoken(lines.get(id)?.get(organisation)));
	const entry = last && lines.get(last.id)?.get(organisation)?.current;
	return last && entry?.stance ? { entry, stance: entry.stance, version: last } : null;
}

/**
 * Paragraphs of a change that an organisation spoke about, which it has to read again. A reservation speaks about its paragraph; one to
 * the whole text, a condition, and a reason without any paragraph speak about all of it; bare support speaks about none.
 */
export function touchedIn({ reservations, reason, condition }: Stance, { changed, added, removed }: TextChange): readonly string[] {
	const paragraphs = reservations.flatMap(({ paragraph }) => paragraph ?? []);
	const isAboutAll =
		condition !== null || reservations.some(({ paragraph }) => paragraph === null) || (reason !== null && paragraphs.length === 0);
	if (isAboutAll) return [...changed, ...added, ...removed];
	return [...new Set(paragraphs)].filter((paragraph) => changed.has(paragraph) || removed.has(paragraph));
}

/** Does a change leave alone what an organisation spoke about? */
export const isUntouched = (stance: Stance, change: TextChange): boolean => touchedIn(stance, change).length === 0;

/** One tap says exactly what was said before, and only where nothing changed in what it was about. */
export function mayConfirmAsItWas(stance: Stance, organisation: OrganisationId, register: Known): Refusal | null {
	const version = register.versions.find(({ id }) => id === stance.version);
	const earlier = version && carriedTo(register, organisation, version);
	if (!earlier || earlier.entry.id !== stance.confirms || sayingOf(earlier.stance) !== sayingOf(stance))
		return { rule: 'confirmed-stance-is-the-same' };
	return isUntouched(stance, changeBetween(earlier.version, version)) ? null : { rule: 'changed-paragraphs-are-read-again' };
}

const sayingOf = ({ value, reason, principle, reservations, condition, visibility }: Stance): string =>
	JSON.stringify([
		value,
		reason,
		principle,
		reservations.map(({ type, paragraph, text }) => [type, paragraph, text]),
		condition,
		visibility,
	]);

/** Reservations of a stance, as they go on in the one that confirms it. */
export const carriedReservations = (entry: Entry): Stance['reservations'] =>
	(entry.stance?.reservations ?? []).map((reservation, place) => ({ ...reservation, from: { stance: entry.id, place } }));

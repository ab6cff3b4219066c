import { charactersIn } from './characters.ts';
import type { ContentOf } from './events.ts';
import type { Wording } from './register-types.ts';
import type { Refusal } from './rule-names.ts';
import { broken, hiddenRound, LEAST_REASON, type Held, type HeldIssue } from './stance-rules.ts';
import { leads, speaksFor, type Actor, type Standing } from './standing.ts';
import { areSameWords, mayAnswer, paragraphIn, showsAll, standsAs } from './wordings.ts';

/** Why suggested words are none. They may be for an earlier version: a new one can come while somebody writes. */
export function refusalOfWording(content: ContentOf<'wording.suggest'>, actor: Actor, held: Held): Refusal | null {
	const version = held.register.versions.find(({ id }) => id === content.version);
	if (!version) return broken('version-is-there');
	const paragraph = paragraphIn(version, content.paragraph);
	if (!paragraph) return broken('wording-is-about-a-paragraph');
	const unheard = refusalOfVoice(actor, held);
	if (unheard) return unheard;
	if (!showsAll(content.ar) || !showsAll(content.en)) return broken('wording-shows-all-it-holds');
	if (areSameWords(paragraph, content)) return broken('wording-changes-something');
	return refusalOfAnswering(content, held);
}

/** Whoever speaks for an organisation may do so, and not while its answer is sealed: its words would tell it. */
function refusalOfVoice(actor: Actor, { register, standing }: Held): Refusal | null {
	if (actor.voice !== 'organisation') return null;
	if (speaksFor(actor, standing) === null) return broken('representatives-speak-for-their-organisation');
	return hiddenRound(register) ? broken('hidden-round-takes-sealed-answers') : null;
}

function refusalOfAnswering({ for: ref, paragraph }: ContentOf<'wording.suggest'>, { register }: Held): Refusal | null {
	if (ref === null) return null;
	const entry = register.entries.get(ref.stance);
	const reservation = entry?.stance?.reservations[ref.place];
	if (!reservation || entry?.state === 'overtaken') return broken('reservation-is-there');
	return mayAnswer({ paragraph }, reservation.paragraph) ? null : broken('wording-belongs-to-the-reservation');
}

/** They are somebody's own who wrote them, or for whose organisation they were written. */
export const isOwnWording = ({ by, organisation }: Pick<Wording, 'by' | 'organisation'>, actor: Actor, standing: Standing): boolean =>
	standing.personOf(by) === standing.personOf(actor.account) || (organisation !== null && speaksFor(actor, standing) === organisation);

/** Why suggested words are not declined, or not taken back, by this. */
export function refusalOfDeclining({ wording: id, reason }: ContentOf<'wording.decline'>, actor: Actor, held: HeldIssue): Refusal | null {
	const wording = held.register.wordings.get(id);
	if (!wording) return broken('wording-is-there');
	const isOwn = isOwnWording(wording, actor, held.standing);
	if (!isOwn && !leads(actor, held.opener)) return broken('wording-is-declined-by-whom-it-concerns');
	if (wording.accepted || wording.declined) return broken('wording-is-open');
	return isOwn || charactersIn(reason ?? '') >= LEAST_REASON ? null : broken('reason-is-given');
}

/** Why a version does not have the suggested words that it says it takes. Declined ones it may: what the text has, it has. */
export function refusalOfTaking({ takes, paragraphs }: ContentOf<'position.propose'>, { register }: Held): Refusal | null {
	const wordings = takes.map((id) => register.wordings.get(id));
	if (wordings.includes(undefined)) return broken('wording-is-there');
	if (new Set(takes).size !== takes.length || wordings.some((wording) => wording?.accepted)) return broken('wording-is-open');
	const stand = wordings.every((wording) => wording && paragraphs.some((paragraph) => standsAs(wording, paragraph)));
	return stand ? null : broken('wording-stands-in-the-version');
}

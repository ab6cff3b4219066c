import { normalText } from '../documents/normal-text.ts';
import { isVersionOf } from '../positions/adoption.ts';
import type { Register, Version } from '../positions/register-types.ts';
import type { StandingReservation } from '../positions/reservations.ts';
import { areSameWords, paragraphIn } from '../positions/wordings.ts';
import { lastConfirmed } from './rules.ts';
import type { Done, Edition, Statement } from './statement-types.ts';

/**
 * The edition of a statement with which a reservation is before the world: one that is kept as it stands there under its organisation's
 * name, one that was accepted by the words that the text got for it. `null` while neither is there.
 */
export function publishedWith(
	statement: Statement,
	register: Pick<Register, 'versions'>,
	reservation: StandingReservation,
): { readonly edition: Edition; readonly confirmed: Done } | null {
	const { round } = statement;
	const edition = lastConfirmed(statement);
	if (!round?.document || !edition?.confirmed) return null;
	const frozen = { stream: round.document.stream, hash: round.hash, pairs: round.text.pairs };
	const version = register.versions.findLast((one) => isVersionOf(one, frozen));
	if (!version) return null;
	const isOut =
		reservation.state === 'kept' ? isTold(statement, edition, version, reservation) : hasItsWords(register, version, reservation);
	return isOut ? { edition, confirmed: edition.confirmed } : null;
}

function isTold(
	{ signatures }: Statement,
	{ list }: Edition,
	version: Version,
	{ organisation, paragraph, type, text }: StandingReservation,
): boolean {
	const names = signatures.filter((one) => one.organisation === organisation).map(({ said }) => said.organisation);
	const place = paragraph === null ? null : version.paragraphs.findIndex(({ id }) => id === paragraph);
	return list.reservations.some(
		(one) =>
			one.paragraph === place &&
			one.type === type &&
			one.text === normalText(text) &&
			names.some(({ ar, en }) => one.organisation.ar === ar && one.organisation.en === en),
	);
}

/** The text that went out is the one that accepted it, or a later one that says the same there. */
function hasItsWords(
	{ versions }: Pick<Register, 'versions'>,
	published: Version,
	{ state, version, paragraph }: StandingReservation,
): boolean {
	const accepted = state === 'accepted' ? versions.find(({ id }) => id === version) : undefined;
	if (!accepted || accepted.number > published.number) return false;
	if (paragraph === null) return true;
	const [then, now] = [paragraphIn(accepted, paragraph), paragraphIn(published, paragraph)];
	return then !== null && now !== null && areSameWords(then, now);
}

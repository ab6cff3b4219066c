import { normalText } from '../documents/normal-text.ts';
import type { Register, Version } from '../positions/register-types.ts';
import { reservationsOf } from '../positions/reservations.ts';
import { rowOf } from '../positions/rows.ts';
import type { ListText } from '../publication/signed-text.ts';
import type { Signature } from './statement-types.ts';

/**
 * Reservations that go out with the text: those that organisations keep which sign it under their names. Whose name is
 * withheld is told by none.
 * @param version of the issue whose text is signed: its paragraphs stand in the places of the text's
 * @param now seconds since 1970
 */
export function keptReservations(
	register: Register,
	version: Version,
	signatories: readonly Pick<Signature, 'organisation' | 'said'>[],
	now: number,
): ListText['reservations'] {
	const places = new Map(version.paragraphs.map(({ id }, place) => [id, place]));
	return signatories.flatMap(({ organisation, said }) => {
		const { entry, state } = rowOf(register, organisation, version, now);
		const standing = entry && state === 'standing' ? reservationsOf(register, [entry]) : [];
		return standing
			.filter((reservation) => reservation.state === 'kept')
			.map(({ paragraph, type, text }) => ({
				organisation: said.organisation,
				paragraph: paragraph === null ? null : (places.get(paragraph) ?? null),
				type,
				text: normalText(text),
			}));
	});
}

import type { Hash, OrganisationId } from '../bytes/ids.ts';
import type { Reservation, ReservationRef } from './events.ts';
import { keyOf, type Entry, type Register, type Settlement } from './register-types.ts';

type Known = Pick<Register, 'entries' | 'settlements'>;

/** A reservation as it stands beside its paragraph. */
export interface StandingReservation extends Reservation {
	/** What names it: the stance that brings it, and its place there. */
	readonly ref: ReservationRef;
	readonly organisation: OrganisationId;
	/** `open` until somebody settles it. */
	readonly state: Settlement['as'];
	/** The version that has it, when it was accepted. */
	readonly version: Hash | null;
}

/** Reservations of what organisations say (of rows, or of what a decision counted), in that order. Those that are `kept` are published with the text. */
export const reservationsOf = (register: Known, entries: Iterable<Entry>): readonly StandingReservation[] =>
	[...entries].flatMap(({ id, organisation, stance }) =>
		(stance?.reservations ?? []).map((reservation, place) => {
			const ref = { stance: id, place };
			const last = wayOf(register, ref).findLast((step) => step.kind === 'settled');
			const { as: state, version } = last?.settlement ?? { as: 'open' as const, version: null };
			return { ...reservation, ref, organisation, state, version };
		}),
	);

/** One step on the way of a reservation: said, or said again to a later version; or settled. */
export type ReservationStep =
	| { readonly kind: 'said'; readonly entry: Entry; readonly reservation: Reservation }
	| { readonly kind: 'settled'; readonly settlement: Settlement };

/** The whole way of a reservation, from where it was first said; what was settled about it goes on with it. */
export function wayOf({ entries, settlements }: Known, ref: ReservationRef): readonly ReservationStep[] {
	const steps: ReservationStep[][] = [];
	// What it goes on from was there before it, so that this comes to an end.
	for (let at: ReservationRef | null = ref; at;) {
		const entry = entries.get(at.stance);
		const reservation: Reservation | undefined = entry?.stance?.reservations[at.place];
		if (!entry || !reservation) break;
		const settled = (settlements.get(keyOf(at)) ?? []).map((settlement) => ({ kind: 'settled' as const, settlement }));
		steps.unshift([{ kind: 'said', entry, reservation }, ...settled]);
		at = reservation.from;
	}
	return steps.flat();
}

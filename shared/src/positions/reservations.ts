import type { Hash, OrganisationId } from '../bytes/ids.ts';
import type { Reservation, ReservationRef } from './events.ts';
import { keyOf, type Entry, type Register, type Settlement, type Version, type Wording } from './register-types.ts';
import { wordingsAbout } from './wordings.ts';

type Known = Pick<Register, 'entries' | 'settlements' | 'wordings'>;

/** What became of a reservation: `open` until somebody settles it, or a version has the words that were suggested for it. */
export interface ReservationState {
	readonly as: Settlement['as'];
	/** The version that has it, when it was accepted. */
	readonly version: Hash | null;
}

/** A reservation as it stands beside its paragraph. */
export interface StandingReservation extends Reservation {
	/** What names it: the stance that brings it, and its place there. */
	readonly ref: ReservationRef;
	readonly organisation: OrganisationId;
	readonly state: ReservationState['as'];
	/** The version that has it, when it was accepted. */
	readonly version: Hash | null;
}

/** Reservations of what organisations say (of rows, or of what a decision counted), in that order. Those that are `kept` are published with the text. */
export const reservationsOf = (register: Known, entries: Iterable<Entry>): readonly StandingReservation[] =>
	[...entries].flatMap(({ id, organisation, stance }) =>
		(stance?.reservations ?? []).map((reservation, place) => {
			const ref = { stance: id, place };
			const { as: state, version } = stateOf(register, ref);
			return { ...reservation, ref, organisation, state, version };
		}),
	);

/**
 * One step on the way of a reservation: said, or said again to a later version; other words suggested for it; a version that has
 * them, or why none does; or settled.
 */
export type ReservationStep =
	| { readonly kind: 'said'; readonly entry: Entry; readonly reservation: Reservation }
	| { readonly kind: 'suggested'; readonly wording: Wording }
	| { readonly kind: 'taken'; readonly wording: Wording; readonly version: Version }
	| { readonly kind: 'declined'; readonly wording: Wording; readonly declined: NonNullable<Wording['declined']> }
	| { readonly kind: 'settled'; readonly settlement: Settlement };

/** The whole way of a reservation, from where it was first said, in the server's order; what was settled about it goes on with it. */
export function wayOf(register: Known, ref: ReservationRef): readonly ReservationStep[] {
	const chain = chainOf(register, ref);
	const steps = chain.flatMap(({ at, entry, reservation }): ReservationStep[] => [
		{ kind: 'said', entry, reservation },
		...(register.settlements.get(keyOf(at)) ?? []).map((settlement) => ({ kind: 'settled' as const, settlement })),
	]);
	const wordings = wordingsAbout(
		register,
		chain.map(({ at }) => at),
	);
	return [...steps, ...wordings.flatMap(stepsOf)].toSorted(byPlace);
}

/** The last word about a reservation. What its organisation keeps stays kept until that says otherwise, whatever words a version has. */
export const stateOf = (register: Known, ref: ReservationRef): ReservationState =>
	wayOf(register, ref).reduce<ReservationState>(
		(state, step) => {
			const next = saidIn(step);
			return next === null || (state.as === 'kept' && next.as === 'accepted') ? state : next;
		},
		{ as: 'open', version: null },
	);

function saidIn(step: ReservationStep): ReservationState | null {
	if (step.kind === 'settled') return { as: step.settlement.as, version: step.settlement.version };
	return step.kind === 'taken' ? { as: 'accepted', version: step.version.id } : null;
}

/** From where a reservation was first said. What it goes on from was there before it, so that this comes to an end. */
function chainOf({ entries }: Known, ref: ReservationRef) {
	const chain: { readonly at: ReservationRef; readonly entry: Entry; readonly reservation: Reservation }[] = [];
	for (let at: ReservationRef | null = ref; at;) {
		const entry = entries.get(at.stance);
		const reservation: Reservation | undefined = entry?.stance?.reservations[at.place];
		if (!entry || !reservation) break;
		chain.unshift({ at, entry, reservation });
		at = reservation.from;
	}
	return chain;
}

function stepsOf(wording: Wording): readonly ReservationStep[] {
	const { declined, accepted } = wording;
	return [
		{ kind: 'suggested', wording },
		...(declined ? [{ kind: 'declined' as const, wording, declined }] : []),
		...(accepted ? [{ kind: 'taken' as const, wording, version: accepted }] : []),
	];
}

const placeOf = (step: ReservationStep): number => {
	switch (step.kind) {
		case 'said':
			return step.entry.position;
		case 'suggested':
			return step.wording.position;
		case 'taken':
			return step.version.position;
		case 'declined':
			return step.declined.position;
		case 'settled':
			return step.settlement.position;
	}
};

/** What waits to be sent stands behind, in the order of the way. */
function byPlace(a: ReservationStep, b: ReservationStep): number {
	const [one, other] = [placeOf(a), placeOf(b)];
	return one === other ? 0 : one - other;
}

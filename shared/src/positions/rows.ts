import type { OrganisationId } from '../bytes/ids.ts';
import { carriedTo, hasSpoken, isStale, isUntouched, type Known } from './carry-over.ts';
import type { StanceValue } from './events.ts';
import { changeBetween } from './paragraphs.ts';
import type { Entry, Version } from './register-types.ts';
import type { Values } from './tally.ts';

/**
 * `none`: «لا موقف بعد». `standing`: said about this version, and still valid. `stale`: its time is over; it counts no more. `needs-confirmation`:
 * said about an earlier version.
 */
export type RowState = 'none' | 'standing' | 'stale' | 'needs-confirmation';

/** What an organisation says about a version, as the matrix shows it. Only `standing` is ever counted. */
export interface Row {
	readonly organisation: OrganisationId;
	readonly state: RowState;
	/** What it says, or said about an earlier version. */
	readonly entry: Entry | null;
	readonly value: StanceValue | null;
	/** Of `needs-confirmation`: nothing has changed in what the organisation spoke about, so that one tap confirms it. */
	readonly oneTap: boolean;
	/** One representative has spoken, and another one has to stand by it. */
	readonly waiting: Entry | null;
	/** Said at the same time as what stands, and a moment later: «سُجِّل موقف منظمتكم قبل لحظات». */
	readonly overtaken: readonly Entry[];
}

/** An organisation's row for a version. `now`: seconds since 1970. */
export function rowOf(register: Known, organisation: OrganisationId, version: Version, now: number): Row {
	const line = register.lines.get(version.id)?.get(organisation);
	const waiting = line?.head?.state === 'waits-for-second' ? line.head : null;
	const overtaken = line?.entries.filter(({ state }) => state === 'overtaken') ?? [];
	const row = { organisation, oneTap: false, waiting, overtaken };
	if (hasSpoken(line)) return { ...row, ...shown(line?.current ?? null, isStale(line?.current, now) ? 'stale' : 'standing') };
	const earlier = carriedTo(register, organisation, version);
	if (!earlier) return { ...row, ...shown(null, 'none') };
	const isOld = isStale(earlier.entry, now);
	const oneTap = !isOld && isUntouched(earlier.stance, changeBetween(earlier.version, version));
	return { ...row, ...shown(earlier.entry, isOld ? 'stale' : 'needs-confirmation'), oneTap };
}

const shown = (entry: Entry | null, state: RowState) => ({
	entry,
	value: entry?.stance?.value ?? null,
	state: entry ? state : ('none' as const),
});

/**
 * Organisations whose stance to an earlier version would be counted for this one if it were published: publishing waits until
 * each has confirmed, said something else, or taken it back. `organisations`: those of the forum now; who has left holds nothing up.
 * `now`: seconds since 1970.
 */
export const unconfirmedFor = (
	register: Known,
	version: Version,
	organisations: readonly OrganisationId[],
	now: number,
): readonly OrganisationId[] =>
	organisations.filter((organisation) => rowOf(register, organisation, version, now).state === 'needs-confirmation');

/** Everything an organisation ever said about an issue, in the server's order: by version, overtaken ones among them. */
export const historyOf = (
	{ versions, lines }: Known,
	organisation: OrganisationId,
): readonly { readonly version: Version; readonly entry: Entry }[] =>
	versions
		.flatMap((version) => (lines.get(version.id)?.get(organisation)?.entries ?? []).map((entry) => ({ version, entry })))
		.toSorted((a, b) => a.entry.position - b.entry.position);

/** What counts now of what these organisations say about a version: neither what is old, nor what was said about another version. */
export const standingValues = (register: Known, version: Version, organisations: readonly OrganisationId[], now: number): Values =>
	new Map(
		organisations.flatMap((organisation) => {
			const { state, value } = rowOf(register, organisation, version, now);
			return state === 'standing' && value ? [[organisation, value]] : [];
		}),
	);

/** Where the server said an envelope stands. */
export interface Place {
	readonly stream: string;
	readonly id: string;
	readonly position: number;
	readonly seq: number;
}

/** One request of one client: what it sent, and what it was told. `null`: it never heard, so it may stand or not. */
export interface Sending {
	readonly client: string;
	readonly stream: string;
	readonly ids: readonly string[];
	/** Between which kills it was sent last. */
	round: number;
	acknowledged: readonly Place[] | null;
}

/** Everything that clients did and were told, in the order in which each of them did it. */
export interface History {
	readonly sendings: Sending[];
	/** Told to readers, by announcement or answer. */
	readonly told: Place[];
}

export const emptyHistory = (): History => ({ sendings: [], told: [] });

const MOST_TOLD = 20;

/**
 * Holds what clients know against the log as it stands at the end. Each line of the answer is one broken promise:
 * nothing acknowledged is lost or moved, nothing stands twice, positions and sequence numbers have no gap, each client's
 * envelopes stand in the order it sent them, what readers were told is still so, and nothing stands that nobody sent.
 */
export function broken({ sendings, told }: History, log: readonly Place[]): readonly string[] {
	const found: string[] = [];
	const standing = new Map<string, Place>();
	for (const place of log) {
		if (standing.has(place.id)) found.push(`doubled: ${nameOf(place)}`);
		standing.set(place.id, place);
	}
	found.push(...gaps(log));
	for (const sending of sendings) found.push(...lost(sending, standing));
	for (const place of told) if (!isSame(standing.get(place.id), place)) found.push(`told and gone: ${nameOf(place)}`);
	found.push(...disordered(sendings, standing));
	const sent = new Set(sendings.flatMap(({ ids }) => ids));
	for (const place of log) if (!sent.has(place.id)) found.push(`sent by nobody: ${nameOf(place)}`);
	return found.slice(0, MOST_TOLD);
}

const nameOf = ({ id, position, seq, stream }: Place) => `${id.slice(0, 6)} at ${position}, ${stream.slice(0, 6)} ${seq}`;

const isSame = (one: Place | undefined, other: Place) =>
	one?.position === other.position && one.seq === other.seq && one.stream === other.stream;

function gaps(log: readonly Place[]): string[] {
	const found: string[] = [];
	const last = new Map<string, number>();
	[...log]
		.sort((one, other) => one.position - other.position)
		.forEach((place, index) => {
			if (place.position !== index + 1) found.push(`gap before ${nameOf(place)}`);
			if (place.seq !== (last.get(place.stream) ?? 0) + 1) found.push(`gap in its stream before ${nameOf(place)}`);
			last.set(place.stream, place.seq);
		});
	return found;
}

function lost({ client, round, ids, acknowledged }: Sending, standing: ReadonlyMap<string, Place>): string[] {
	if (!acknowledged) return [];
	const wrong = acknowledged.filter((place) => !isSame(standing.get(place.id), place));
	const unnamed = ids.filter((id) => !acknowledged.some((place) => place.id === id));
	return [
		...wrong.map((place) => `${standing.has(place.id) ? 'moved' : 'lost'}: acknowledged to ${client} in round ${round}, ${nameOf(place)}`),
		...unnamed.map((id) => `${client} was answered without a word about ${id.slice(0, 6)}`),
	];
}

/** A client sends one thing after another; a batch stands whole or not at all. */
function disordered(sendings: readonly Sending[], standing: ReadonlyMap<string, Place>): string[] {
	const found: string[] = [];
	const last = new Map<string, number>();
	for (const { client, stream, ids } of sendings) {
		const places = ids.map((id) => standing.get(id));
		const there = places.filter((place) => place !== undefined);
		if (there.length > 0 && there.length < ids.length) found.push(`half of what ${client} sent at once`);
		for (const { position, id } of there) {
			const key = `${client} ${stream}`;
			if (position < (last.get(key) ?? 0)) found.push(`out of order: ${id.slice(0, 6)} of ${client}`);
			last.set(key, position);
		}
	}
	return found;
}

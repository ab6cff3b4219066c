import type { AnnouncedEvents, StoredEvent } from '../api/log.ts';
import { idOf, type EnvelopeId } from '../bytes/ids.ts';
import { envelopeId } from '../log/envelope.ts';
import type { PlacedEvent, ToldEvent } from './kept-events.ts';

/** What an answer brings and what it only tells of, in the server's order. */
export function placed(events: readonly StoredEvent[], announced: readonly AnnouncedEvents[] = []): readonly (PlacedEvent | ToldEvent)[] {
	const whole = events.map(({ position, stream, envelope }) => ({ id: envelopeId(envelope), stream, position, envelope }));
	if (announced.length === 0) return whole;
	return [...whole, ...announced.flatMap(told)].sort((one, other) => one.position - other.position);
}

const told = ({ stream, generation, seq, events }: AnnouncedEvents): readonly ToldEvent[] =>
	events.map(([position, id], place) => ({ id: idOf<EnvelopeId>(id), stream, position, seq: seq + place, generation }));

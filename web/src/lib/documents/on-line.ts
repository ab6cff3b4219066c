import type { Connection, StreamEvent } from '@multaqa/shared/client/types';

/** What takes longer to reach the server says that the line is none, whatever else is believed of it. */
const PATIENCE = 5;

/**
 * Whether what others write reaches this device within moments, as far as it can know: the line is up, the browser believes
 * so too, and nothing of ours has been waiting for long.
 */
export function isOnLine(connection: Connection, events: readonly StreamEvent[]): boolean {
	const since = Date.now() / 1000 - PATIENCE;
	const isHeldUp = events.some((event) => event.verified && event.waiting && event.time < since);
	return connection === 'online' && navigator.onLine && !isHeldUp;
}

import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, StreamEvent } from '@multaqa/shared/client/types';

/** Whoever looks at a document has seen what is in it: the list says so on all own devices. */
export function readTo(client: Client, space: SpaceId, events: readonly StreamEvent[], stream: StreamId): void {
	const last = events.findLast(({ position }) => position !== Infinity)?.position ?? 0;
	if (document.visibilityState !== 'visible' || last <= client.reading.markOf(space, stream)) return;
	void client.reading.read(space, stream, last).catch(() => undefined);
}

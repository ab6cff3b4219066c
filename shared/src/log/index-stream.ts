import { idBytes, idOf, SHORT_ID_LENGTH, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';

const known = new Map<SpaceId, StreamId>();

/** The stream of a space that holds titles, states and profiles: derived, so that nobody has to name it. */
export function indexStreamOf(space: SpaceId): StreamId {
	const index = known.get(space) ?? idOf<StreamId>(hash('index-stream', idBytes(space)).subarray(0, SHORT_ID_LENGTH));
	known.set(space, index);
	return index;
}

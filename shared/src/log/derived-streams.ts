import { idBytes, idOf, SHORT_ID_LENGTH, type SpaceId, type StreamId } from '../bytes/ids.ts';
import { hash, type Label } from '../crypto/hash.ts';

/** Streams that every space has are derived from its id, so that nobody has to name them. */
function derivedStream(label: Label): (space: SpaceId) => StreamId {
	const known = new Map<SpaceId, StreamId>();
	return (space) => {
		const stream = known.get(space) ?? idOf<StreamId>(hash(label, idBytes(space)).subarray(0, SHORT_ID_LENGTH));
		known.set(space, stream);
		return stream;
	};
}

/** Where titles, states and profiles are. */
export const indexStreamOf = derivedStream('index-stream');
/** Where facilitators' acts are, with their reasons, for every member to read. */
export const moderationStreamOf = derivedStream('moderation-stream');

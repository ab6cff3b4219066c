import { concatBytes } from '@multaqa/shared/bytes/bytes';
import { Problem } from '@multaqa/shared/problem';
import type { Room } from './flow/room.ts';

export const CBOR = 'application/cbor';

/**
 * The bytes of a request, never more than `limit`.
 * @param room where it is counted while it arrives
 * @param free what announces itself as no larger than this is not counted
 * @throws Problem `too-large`, `malformed`, `storage-unavailable`
 */
export async function readBody(request: Request, limit: number, room: Room, free = 0): Promise<Uint8Array> {
	const announced = request.headers.get('content-length');
	if (announced !== null && Number(announced) > limit) throw new Problem('too-large', { limit });
	if (request.method === 'GET') return new Uint8Array();
	const isSmall = announced !== null && Number(announced) <= free;
	const bytes = isSmall ? new Uint8Array(await request.arrayBuffer()) : await readStream(request.body, limit, room);
	if (bytes.length > 0 && request.headers.get('content-type') !== CBOR) {
		throw new Problem('malformed', { reason: `content-type must be ${CBOR}` });
	}
	return bytes;
}

/** Without an announced length the limit is held while reading. */
async function readStream(body: ReadableStream<Uint8Array> | null, limit: number, room: Room): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let [length, taken] = [0, 0];
	try {
		for await (const part of body ?? []) {
			length += part.length;
			if (length > limit) throw new Problem('too-large', { limit });
			room.take(part.length);
			taken += part.length;
			parts.push(part);
		}
		return concatBytes(...parts);
	} finally {
		room.give(taken);
	}
}

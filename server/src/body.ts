import { Problem } from '@multaqa/shared/problem';

export const CBOR = 'application/cbor';

/** The bytes of a request, never more than `limit`. @throws Problem `too-large`, `malformed` */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
	const announced = request.headers.get('content-length');
	if (announced !== null && Number(announced) > limit) throw new Problem('too-large', { limit });
	if (request.method === 'GET') return new Uint8Array();
	const bytes = announced === null ? await readStream(request.body, limit) : new Uint8Array(await request.arrayBuffer());
	if (bytes.length > 0 && request.headers.get('content-type') !== CBOR) {
		throw new Problem('malformed', { reason: `content-type must be ${CBOR}` });
	}
	return bytes;
}

/** Without an announced length the limit is held while reading. */
async function readStream(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const part of body ?? []) {
		length += part.length;
		if (length > limit) throw new Problem('too-large', { limit });
		parts.push(part);
	}
	return Buffer.concat(parts);
}

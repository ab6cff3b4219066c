import { concatBytes, uint64, type Bytes } from '../bytes/bytes.ts';
import { idOf, type BlobId } from '../bytes/ids.ts';
import { pad, unpad } from '../bytes/padding.ts';
import { hash } from '../crypto/hash.ts';
import { importSealingKey, open, seal } from '../crypto/seal.ts';
import { Problem } from '../problem.ts';
import { ATTACHMENT_LIMIT, type Attachment } from './manifest.ts';

/** Bytes of a file in one piece: some seconds on a bad line, so that little is sent twice when it breaks. */
export const PIECE = 240 * 1024;

/** A sealed piece, as the server knows it: the hash of its bytes (label `blob`). */
export const blobIdOf = (sealed: Uint8Array): BlobId => idOf<BlobId>(hash('blob', sealed));

export const piecesIn = (size: number): number => Math.ceil(size / PIECE);

/** Seals one piece of a file: bound to its place and to how many there are, so that none can be left out or moved. */
export async function sealPiece(
	file: Uint8Array,
	place: number,
	key: Uint8Array,
	random: (length: number) => Bytes,
): Promise<{ id: BlobId; sealed: Bytes }> {
	const piece = file.subarray(place * PIECE, (place + 1) * PIECE);
	const sealed = await seal(await importSealingKey(key), 'blob', pad(piece), contextOf(place, piecesIn(file.length)), random);
	return { id: blobIdOf(sealed), sealed };
}

/**
 * Puts a file together again.
 * @param read fetches a sealed piece from wherever it is kept
 * @throws Problem `tampered` when a piece is not the one that was attached, `malformed` when they do not make up the file
 */
export async function openPieces(
	{ key, pieces, size }: Pick<Attachment, 'key' | 'pieces' | 'size'>,
	read: (id: BlobId, place: number) => Promise<Uint8Array>,
): Promise<Bytes> {
	if (size > ATTACHMENT_LIMIT || pieces.length !== piecesIn(size)) throw new Problem('malformed', { reason: 'attachment' });
	const sealingKey = await importSealingKey(key);
	const parts: Uint8Array[] = [];
	for (const [place, id] of pieces.entries()) {
		const sealed = await read(id, place);
		if (blobIdOf(sealed) !== id) throw new Problem('tampered');
		parts.push(unpad(await open(sealingKey, 'blob', sealed, contextOf(place, pieces.length))));
	}
	const file = concatBytes(...parts);
	if (file.length !== size) throw new Problem('malformed', { reason: 'attachment' });
	return file;
}

const contextOf = (place: number, count: number): Bytes => concatBytes(uint64(place), uint64(count));

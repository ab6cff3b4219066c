import { describe, expect, test } from 'vitest';
import type { BlobId } from '../bytes/ids.ts';
import { refusalOf } from '../testing/refusal.ts';
import type { Attachment } from './manifest.ts';
import { openPieces, PIECE, piecesIn, sealPiece } from './pieces.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const file = (length: number) => Uint8Array.from({ length }, (_, place) => (place * 31) % 251);

/** A file in pieces, as the sender made them and the server keeps them. */
async function sealed(bytes: Uint8Array) {
	const key = random(32);
	const kept = new Map<BlobId, Uint8Array>();
	for (let place = 0; place < piecesIn(bytes.length); place++) {
		const { id, sealed: piece } = await sealPiece(bytes, place, key, random);
		kept.set(id, piece);
	}
	const attachment: Pick<Attachment, 'key' | 'pieces' | 'size'> = { key, pieces: [...kept.keys()], size: bytes.length };
	const read = async (id: BlobId) => kept.get(id)!;
	return { attachment, kept, read };
}

describe('a file in pieces', () => {
	test('comes together again, whatever its length', async () => {
		for (const length of [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 77]) {
			const { attachment, read } = await sealed(file(length));
			expect(attachment.pieces).toHaveLength(piecesIn(length));
			expect(await openPieces(attachment, read)).toEqual(file(length));
		}
	});

	test('tells the server little of its length, and nothing of what it is', async () => {
		const lengths = new Set<number>();
		for (const length of [100_500, 101_000, 101_500])
			for (const piece of (await sealed(file(length))).kept.values()) lengths.add(piece.length);
		expect(lengths.size).toBe(1);
		const [one, other] = [await sealed(file(500)), await sealed(file(500))];
		expect(one.attachment.pieces).not.toEqual(other.attachment.pieces);
	});

	test('of which a piece was altered, swapped, left out or added is refused', async () => {
		const { attachment, kept, read } = await sealed(file(2 * PIECE + 5));
		const [first, second, third] = attachment.pieces as [BlobId, BlobId, BlobId];
		const altered = async (id: BlobId) => (id === second ? kept.get(id)!.with(40, 0) : kept.get(id)!);
		expect(await refusalOf(openPieces(attachment, altered))).toBe('tampered');
		const swapped = { ...attachment, pieces: [second, first, third] };
		expect(await refusalOf(openPieces(swapped, read))).toBe('tampered');
		expect(await refusalOf(openPieces({ ...attachment, pieces: [first, second] }, read))).toBe('malformed');
		const shorter = { ...attachment, pieces: [first, second], size: 2 * PIECE };
		expect(await refusalOf(openPieces(shorter, read))).toBe('tampered');
		expect(await refusalOf(openPieces({ ...attachment, size: attachment.size - 1 }, read))).toBe('malformed');
		expect(await refusalOf(openPieces({ ...attachment, key: random(32) }, read))).toBe('tampered');
	});
});

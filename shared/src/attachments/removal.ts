import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, type BlobId, type SpaceId } from '../bytes/ids.ts';
import { derive } from '../crypto/derive.ts';
import { hash } from '../crypto/hash.ts';

/**
 * What has a piece removed from the server. It follows from the root secret, so that every device of whoever brought
 * the piece can do it and nobody else, and no two of them look as if they belonged together.
 */
export const removalKey = (root: Uint8Array, space: SpaceId, id: BlobId): Promise<Bytes> =>
	derive(root, 'blob-removal', [idBytes(space), idBytes(id)]);

/** What the server keeps beside a piece, to know that key by. */
export const lockOf = (key: Uint8Array): Bytes => hash('blob-lock', key);

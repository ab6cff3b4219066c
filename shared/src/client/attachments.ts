import { blobs } from '../api/index.ts';
import type { Bytes } from '../bytes/bytes.ts';
import type { BlobId, SpaceId } from '../bytes/ids.ts';
import { ATTACHMENT_LIMIT, type Attachment } from '../attachments/manifest.ts';
import { blobIdOf, openPieces, piecesIn, sealPiece } from '../attachments/pieces.ts';
import { Problem } from '../problem.ts';
import type { AttachmentActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';
import type { HeldView } from './types.ts';
import { attachmentsIn, forgettingOf, keptPiece, ownFiles, removalOf } from './pieces.ts';
import type { OnProgress } from './types.ts';

const KEY_LENGTH = 32;
const silent: OnProgress = () => undefined;

export interface AttachmentsForum extends Pick<ForumCore, 'ports' | 'spaces' | 'keys'> {
	/** What is about to be sent. */
	readonly held: () => readonly HeldView[];
	/** There is something to do for whoever carries things to the server. */
	readonly send: () => void;
}

/** Files that hang on posts: sealed piece by piece here, fetched piece by piece when somebody opens them. */
export class Attachments implements AttachmentActions {
	readonly #forum: AttachmentsForum;

	constructor(forum: AttachmentsForum) {
		this.#forum = forum;
	}

	async attach(
		space: SpaceId,
		{
			bytes,
			...described
		}: { bytes: Uint8Array } & Pick<Attachment, 'name' | 'type' | 'pixels'> & Partial<Pick<Attachment, 'description'>>,
		onProgress = silent,
	): Promise<Attachment> {
		const refusal = this.#forum.spaces.get(space)?.writer.refusal() ?? null;
		if (refusal?.code === 'not-allowed') throw refusal;
		if (bytes.length === 0) throw new Problem('malformed', { reason: 'attachment' });
		if (bytes.length > ATTACHMENT_LIMIT) throw new Problem('too-large', { limit: ATTACHMENT_LIMIT, actual: bytes.length });
		const { ports } = this.#forum;
		const key = ports.random(KEY_LENGTH);
		const pieces: BlobId[] = [];
		const total = piecesIn(bytes.length);
		for (let place = 0; place < total; place++) {
			const { id, sealed } = await sealPiece(bytes, place, key, ports.random);
			await ports.store.write([{ bucket: 'blobs', key: keptPiece(space, id), value: sealed }]);
			pieces.push(id);
			onProgress({ step: 'sealing', done: place + 1, total });
		}
		return { description: null, ...described, size: bytes.length, key, pieces };
	}

	async open(space: SpaceId, attachment: Attachment, onProgress = silent): Promise<Bytes> {
		const total = attachment.pieces.length;
		return openPieces(attachment, async (id, place) => {
			const sealed = await this.#piece(space, id);
			onProgress({ step: 'fetching', done: place + 1, total });
			return sealed;
		});
	}

	async isHere(space: SpaceId, { pieces }: Attachment): Promise<boolean> {
		for (const id of pieces) if (!(await this.#kept(space, id))) return false;
		return true;
	}

	async discard(space: SpaceId, { pieces }: Attachment): Promise<void> {
		const sent = this.#sentIn(space);
		await this.#forum.ports.store.write(
			forgettingOf(
				space,
				pieces.filter((id) => !sent.has(id)),
			),
		);
	}

	async withdraw(space: SpaceId, { pieces }: Attachment): Promise<void> {
		await this.#forum.ports.store.write([...forgettingOf(space, pieces), ...removalOf(space, pieces, 0)]);
		this.#forum.send();
	}

	/**
	 * What hung on an event whose text has had its time here.
	 * @param due when it has had its time for everybody, in seconds since 1970; `null` when it never has, or is not ours
	 */
	async expire(space: SpaceId, { pieces }: Attachment, due: number | null): Promise<void> {
		await this.#forum.ports.store.write([...forgettingOf(space, pieces), ...(due === null ? [] : removalOf(space, pieces, due))]);
	}

	/** Pieces that hang on something this person sent, or is about to send. */
	#sentIn(id: SpaceId): ReadonlySet<BlobId> {
		const { spaces, keys, held } = this.#forum;
		const space = spaces.get(id);
		const going = held().flatMap((one) => (one.space === id ? one.said.flatMap(({ content }) => attachmentsIn(content)) : []));
		return new Set([...(space ? ownFiles(space.log, keys.account) : []), ...going].flatMap(({ pieces }) => pieces));
	}

	#kept(space: SpaceId, id: BlobId): Promise<Uint8Array | undefined> {
		return this.#forum.ports.store.get<Uint8Array>('blobs', keptPiece(space, id));
	}

	async #piece(space: SpaceId, id: BlobId): Promise<Uint8Array> {
		const kept = await this.#kept(space, id);
		if (kept) return kept;
		const { transport, store } = this.#forum.ports;
		const { bytes } = await transport.call(blobs.read, { params: { space, blob: id }, request: {} });
		if (blobIdOf(bytes) !== id) throw new Problem('tampered');
		await store.write([{ bucket: 'blobs', key: keptPiece(space, id), value: bytes }]);
		return bytes;
	}
}

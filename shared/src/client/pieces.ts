import * as v from 'valibot';
import { blobs } from '../api/index.ts';
import { MOST_PIECES } from '../api/blobs.ts';
import { attachmentList, type Attachment } from '../attachments/manifest.ts';
import { lockOf, removalKey } from '../attachments/removal.ts';
import type { Cbor } from '../bytes/cbor.ts';
import type { AccountId, BlobId, SpaceId } from '../bytes/ids.ts';
import { isProblem } from '../problem.ts';
import type { Ports, StoreChange } from './ports.ts';
import type { SpaceLog } from './space-log.ts';

/** Where a piece lies on this device, sealed as it came. */
export const keptPiece = (space: SpaceId, id: BlobId): string => `${space}/${id}`;
/** A piece of an attachment that the server does not have yet. */
export const pieceKey = (space: SpaceId, id: BlobId): string => `piece/${space}/${id}`;
/** A piece that the server should have no longer, from `due` on. */
const goneKey = (space: SpaceId, id: BlobId): string => `gone/${space}/${id}`;

interface Gone {
	/** Seconds since 1970. */
	readonly due: number;
}

/** Files that an event says hang on it. */
export function attachmentsIn(content: Cbor): readonly Attachment[] {
	const hung = v.safeParse(v.looseObject({ attachments: attachmentList }), content);
	return hung.success ? hung.output.attachments : [];
}

/** Files that hang on what this person sent in a space. */
export const ownFiles = (log: Pick<SpaceLog, 'streams' | 'events'>, self: AccountId): readonly Attachment[] =>
	log
		.streams()
		.flatMap((stream) =>
			log.events(stream).flatMap((event) => (event.verified && event.author === self ? attachmentsIn(event.content) : [])),
		);

/** Has the pieces sent: only what an event names ever leaves this device. */
export const sendingOf = (space: SpaceId, pieces: readonly BlobId[]): readonly StoreChange[] =>
	pieces.flatMap((id) => [
		{ bucket: 'outbox', key: pieceKey(space, id), value: true },
		{ bucket: 'outbox', key: goneKey(space, id), value: undefined },
	]);

/** Forgets the pieces on this device. */
export const forgettingOf = (space: SpaceId, pieces: readonly BlobId[]): readonly StoreChange[] =>
	pieces.flatMap((id) => [
		{ bucket: 'blobs', key: keptPiece(space, id), value: undefined },
		{ bucket: 'outbox', key: pieceKey(space, id), value: undefined },
	]);

/** Has the server forget the pieces, from a moment on (seconds since 1970). */
export const removalOf = (space: SpaceId, pieces: readonly BlobId[], due: number): readonly StoreChange[] =>
	pieces.map((id) => ({ bucket: 'outbox', key: goneKey(space, id), value: { due } satisfies Gone }));

/** The way of pieces to the server, and from it. */
export class Pieces {
	readonly #ports: Ports;
	readonly #root: () => Uint8Array;

	/** @param root this person's root secret */
	constructor(ports: Ports, root: () => Uint8Array) {
		this.#ports = ports;
		this.#root = root;
	}

	/** Keys of those that wait to be sent. */
	waiting(): Promise<readonly string[]> {
		return this.#ports.store.keys('outbox', 'piece/');
	}

	/** By itself: when the line breaks, what has arrived is not sent again. */
	async send(key: string): Promise<void> {
		const { store, transport } = this.#ports;
		const [, space, id] = key.split('/') as [string, SpaceId, BlobId];
		const bytes = await store.get<Uint8Array>('blobs', keptPiece(space, id));
		if (bytes) {
			const lock = lockOf(await removalKey(this.#root(), space, id));
			await transport.call(blobs.write, { params: { space }, request: { bytes: new Uint8Array(bytes), lock } });
		}
		await store.write([{ bucket: 'outbox', key, value: undefined }]);
	}

	/** Takes from the server what has had its time there. */
	async remove(): Promise<void> {
		const { store, transport, now } = this.#ports;
		const entries = await store.list<Gone>('outbox', 'gone/');
		const due = entries.filter(({ value }) => value.due * 1000 <= now());
		for (const [space, all] of Map.groupBy(due, ({ key }) => key.split('/')[1] as SpaceId)) {
			for (let start = 0; start < all.length; start += MOST_PIECES) {
				const keys = all.slice(start, start + MOST_PIECES).map(({ key }) => key);
				const pieces = await Promise.all(keys.map((key) => this.#shown(space, key.split('/')[2] as BlobId)));
				await transport.call(blobs.remove, { params: { space }, request: { pieces } }).catch(unlessGone);
				await store.write(keys.map((key) => ({ bucket: 'outbox', key, value: undefined })));
			}
		}
	}

	async #shown(space: SpaceId, id: BlobId) {
		return { id, key: await removalKey(this.#root(), space, id) };
	}
}

/** Whoever has left a space has nothing removed there any more. */
function unlessGone(error: unknown): void {
	if (!isProblem(error, 'not-found')) throw error;
}

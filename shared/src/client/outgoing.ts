import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { isProblem, Problem } from '../problem.ts';
import { Courier } from './courier.ts';
import type { ForumCore } from './forum-core.ts';
import { attachmentsIn, ownFiles, Pieces, sendingOf } from './pieces.ts';
import type { Renewals } from './renewals.ts';
import type { StoreChange } from './ports.ts';
import type { Space } from './space.ts';
import type { Words } from './space-writer.ts';
import type { QueueView, StreamEvent, VerifiedEvent } from './types.ts';

/** What writing needs of the open forum. */
export interface OutgoingParts extends ForumCore {
	readonly renewals: Renewals;
	/** Fetches what is told of a stream and not here. */
	readonly whole: (space: Space, stream: StreamId) => Promise<void>;
	/** Opens what lies here of a stream and was not looked at yet. */
	readonly wake: (space: Space, stream: StreamId) => Promise<void>;
	/** How much waits has changed. */
	readonly waitingChanged: () => void;
	/** What waited is on the server. */
	readonly delivered: () => void;
	readonly failed: (error: unknown) => void;
}

/** What is written on this device: signed and kept at once, carried to the server when there is a line. */
export class Outgoing {
	readonly #parts: OutgoingParts;
	readonly #courier: Courier;

	constructor(parts: OutgoingParts) {
		const { ports, keys, spaces, waitingChanged, delivered, failed } = parts;
		this.#parts = parts;
		this.#courier = new Courier({
			ports,
			pieces: new Pieces(ports, () => keys.content.root),
			acknowledged: (space, id, position) => spaces.get(space)?.log.acknowledge(id, position),
			reseal: (space, stream, envelope) => this.#reseal(space, stream, envelope),
			changed: waitingChanged,
			progressed: waitingChanged,
			delivered,
			failed,
		});
	}

	/** Own events that the server does not have yet. */
	get waiting(): number {
		return this.#courier.waiting;
	}

	/** What waits, and how far sending it is. */
	get queue(): QueueView {
		const { sending, refused } = this.#courier;
		const waiting = [...this.#parts.spaces].flatMap(([space, { log }]) =>
			log.streams().flatMap((stream) => waitingIn(log.events(stream)).map((event) => ({ space, event }))),
		);
		return {
			waiting,
			sending,
			refused: refused.filter(({ space, stream }) => waiting.some((one) => one.space === space && one.event.stream === stream)),
		};
	}

	/** Looks what waits, without sending. */
	count(): Promise<void> {
		return this.#courier.count();
	}

	send(): void {
		void this.#courier.send();
	}

	/** @param alongside kept in the moment of signing, or not at all */
	async append(id: SpaceId, words: Words, alongside: readonly StoreChange[] = []): Promise<Hash> {
		const { ports, spaces } = this.#parts;
		const space = spaces.get(id);
		if (!space) throw new Problem('not-found');
		await this.#obtainKey(space);
		await this.#parts.wake(space, words.stream);
		const changes = [...alongside, ...this.#filesOf(space, words)];
		const compose = () => ports.store.exclusively(`compose/${id}`, () => space.writer.compose(words, changes));
		const event = await compose().catch(async (error: unknown) => {
			if (!isProblem(error, 'stale')) throw error;
			await this.#fetchOwn(space, words.stream);
			return compose();
		});
		await this.#courier.count();
		this.send();
		return event;
	}

	/** What hangs on it goes with it, but for what another event of ours has brought already. */
	#filesOf({ id, log }: Space, { content }: Words): readonly StoreChange[] {
		const hung = attachmentsIn(content);
		if (hung.length === 0) return [];
		const brought = new Set(ownFiles(log, this.#parts.keys.account).flatMap(({ pieces }) => pieces));
		return sendingOf(
			id,
			hung.flatMap(({ pieces }) => pieces).filter((piece) => !brought.has(piece)),
		);
	}

	/** Resolves when what is under way has arrived or failed. */
	settled(): Promise<void> {
		return this.#courier.settled();
	}

	stop(): void {
		this.#courier.stop();
	}

	/** Whoever wants to write makes the key that is missing, or fetches it, rather than wait for others. */
	async #obtainKey(space: Space): Promise<void> {
		const { renewals, inTurn } = this.#parts;
		const refusal = space.writer.refusal(true);
		const work = isProblem(refusal, 'dirty') ? () => renewals.renew(space.id) : () => space.synchronise();
		// What cannot be had now is what the writer is told.
		if (isProblem(refusal, 'dirty', 'wrong-key')) await inTurn(work).catch(() => undefined);
	}

	/** This device wrote there before and lost it: what comes next must follow it. @throws Problem `offline` */
	async #fetchOwn(space: Space, stream: StreamId): Promise<void> {
		// These come whole with each synchronisation, which writes there itself.
		if (stream === space.index || stream === space.moderation) throw new Problem('offline');
		await this.#parts.inTurn(() => space.synchronise());
		await this.#parts.whole(space, stream);
	}

	async #reseal(id: SpaceId, stream: StreamId, envelope: Uint8Array): Promise<Uint8Array | null> {
		const { spaces, space, inTurn } = this.#parts;
		await inTurn(() => space(id).synchronise());
		return (await spaces.get(id)?.writer.reseal(stream, envelope)) ?? null;
	}
}

/** Own events that the server does not have stand at the end. */
function waitingIn(events: readonly StreamEvent[]): readonly VerifiedEvent[] {
	const waits = (event: StreamEvent): event is VerifiedEvent => event.verified && event.waiting;
	const last = events.findLastIndex((event) => !waits(event));
	return events.slice(last + 1).filter(waits);
}

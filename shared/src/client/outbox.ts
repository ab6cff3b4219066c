import { spaces } from '../api/index.ts';
import type { EnvelopeId, SpaceId, StreamId } from '../bytes/ids.ts';
import { envelopeId } from '../log/envelope.ts';
import { isProblem, type Problem, type ProblemCode } from '../problem.ts';
import type { Pieces } from './pieces.ts';
import type { Ports } from './ports.ts';
import type { Progress, QueueView } from './types.ts';

/** Most envelopes, and most bytes of them, in one request. */
const MOST_AT_ONCE = 64;
const MOST_BYTES = 192 * 1024;
/** Acknowledged entries stay this long, so that another tab learns of them before it counts on. */
const KEPT_MS = 10 * 60 * 1000;
/** How often what is kept is looked through. */
const PURGE_MS = 60 * 1000;

/** What waits, and what was acknowledged a moment ago, lie under keys of their own: the first is looked at often. */
const [WAITING, DONE] = ['waiting/', 'done/'];
export const waitingKey = (space: SpaceId, place: string): string => `${WAITING}${space}/${place}`;
const doneKey = (waiting: string): string => DONE + waiting.slice(WAITING.length);
export const outboxPrefixes = (space: SpaceId): readonly string[] => [`${WAITING}${space}/`, `${DONE}${space}/`];

export interface OutboxEntry {
	readonly stream: StreamId;
	readonly envelope: Uint8Array;
	/** Place in the space once the server has it. */
	readonly position?: number;
	readonly acknowledgedAt?: number;
}

/** What the outbox needs of its surroundings. */
export interface OutboxParts {
	/** What hangs on posts. */
	readonly pieces: Pick<Pieces, 'waiting' | 'send' | 'remove'>;
	readonly acknowledged: (space: SpaceId, id: EnvelopeId, position: number) => void;
	/** How far sending is has changed. */
	readonly progressed?: () => void;
	/** Brings a space up to date and seals a waiting envelope under its key in force; `null` when that cannot be. */
	readonly reseal: (space: SpaceId, stream: StreamId, envelope: Uint8Array) => Promise<Uint8Array | null>;
}

interface Waiting {
	readonly key: string;
	readonly space: SpaceId;
	readonly entry: OutboxEntry;
}

/** What was written here and is not on the server yet. Shared by all tabs of the browser. */
export class Outbox {
	readonly #ports: Ports;
	readonly #parts: OutboxParts;
	waiting = 0;
	/** How many the last flush brought to the server. */
	carried = 0;
	/** What goes out just now, with pieces of attachments; `null` while nothing does. */
	sending: Progress | null = null;
	/** Why the server did not take what waits in a place, the last time it was asked. */
	refused: QueueView['refused'] = [];
	#purged = 0;

	constructor(ports: Ports, parts: OutboxParts) {
		this.#ports = ports;
		this.#parts = parts;
	}

	async count(): Promise<number> {
		this.waiting = (await this.#ports.store.keys('outbox', WAITING)).length;
		return this.waiting;
	}

	/**
	 * Sends what waits, in order, while there is a line. What the server refuses stays; the first refusal is thrown
	 * after the rest has been tried.
	 * @throws Problem `offline` and what the server answers
	 */
	async flush(): Promise<void> {
		await this.#ports.store.exclusively('outbox', async () => {
			await this.#purge();
			this.carried = 0;
			const entries = await this.#entries();
			try {
				// Looked up after the posts: whatever hangs on one of these was there before it.
				// A forum without room for a file still takes words: the file waits, and they do not wait for it.
				const refusal: unknown = await this.#sendPieces(entries.length).then(() => null, unlessOffline);
				const failures = await this.#sendAll(entries);
				if (refusal) failures.push(refusal);
				await this.#parts.pieces.remove().catch((error: unknown) => failures.push(unlessOffline(error)));
				await this.count();
				if (failures.length > 0) throw failures[0];
			} finally {
				this.sending = null;
			}
		});
	}

	/** Place by place. Answers what went wrong in some of them. */
	async #sendAll(entries: readonly Waiting[]): Promise<unknown[]> {
		const byStream = Map.groupBy(entries, ({ space, entry }) => `${space}/${entry.stream}`);
		const failures: unknown[] = [];
		for (const waiting of byStream.values()) {
			try {
				await this.#send(waiting);
				this.#noteRefusal(waiting, null);
			} catch (error) {
				if (isProblem(error, 'offline')) throw error;
				this.#noteRefusal(waiting, isProblem(error) ? error.code : 'internal');
				failures.push(error);
			}
		}
		return failures;
	}

	#noteRefusal([first]: readonly Waiting[], problem: ProblemCode | null): void {
		if (!first) return;
		const { space, entry } = first;
		const others = this.refused.filter((place) => place.space !== space || place.stream !== entry.stream);
		this.refused = problem === null ? others : [...others, { space, stream: entry.stream, problem }];
	}

	#progressed(by: number): void {
		if (!this.sending) return;
		this.sending = { ...this.sending, done: this.sending.done + by };
		this.#parts.progressed?.();
	}

	/** Before the posts they hang on. */
	async #sendPieces(others: number): Promise<void> {
		const { pieces } = this.#parts;
		const waiting = await pieces.waiting();
		const total = waiting.length + others;
		this.sending = total > 0 ? { step: 'sending', done: 0, total } : null;
		this.#progressed(0);
		for (const key of waiting) {
			await pieces.send(key);
			this.#progressed(1);
		}
	}

	async #send(waiting: readonly Waiting[]): Promise<void> {
		for (let rest = waiting; rest.length > 0;) {
			const batch = firstBatch(rest);
			await this.#sendBatch(batch).catch(async (error: unknown) => {
				// The key was renewed since these were written: the server takes them only under the new one.
				if (!isProblem(error, 'stale')) throw error;
				await this.#sendBatch(await this.#reseal(batch, error));
			});
			rest = rest.slice(batch.length);
		}
	}

	/** Under the key in force now, in place of what waited. @throws what was thrown, when that cannot be */
	async #reseal(batch: readonly Waiting[], refusal: Problem): Promise<readonly Waiting[]> {
		const anew: Waiting[] = [];
		for (const { key, space, entry } of batch) {
			const envelope = await this.#parts.reseal(space, entry.stream, entry.envelope);
			if (!envelope) throw refusal;
			anew.push({ key, space, entry: { ...entry, envelope } });
		}
		await this.#ports.store.write(anew.map(({ key, entry }) => ({ bucket: 'outbox', key, value: entry })));
		return anew;
	}

	async #sendBatch(batch: readonly Waiting[]): Promise<void> {
		const [first] = batch;
		if (!first) return;
		const { acknowledgements } = await this.#ports.transport.call(spaces.append, {
			params: { space: first.space, stream: first.entry.stream },
			request: { envelopes: batch.map(({ entry }) => new Uint8Array(entry.envelope)) },
		});
		const places = new Map(acknowledgements.map(({ id, position }) => [id, position]));
		// Not in the answer: a server error never counts as success.
		const arrived = batch.flatMap(({ key, space, entry }) => {
			const id = envelopeId(entry.envelope);
			const position = places.get(id);
			return position === undefined ? [] : [{ key, space, id, position, entry }];
		});
		// Together: each write waits for the disk.
		await this.#ports.store.write(
			arrived.flatMap(({ key, entry, position }) => [
				{ bucket: 'outbox', key, value: undefined },
				{ bucket: 'outbox', key: doneKey(key), value: { ...entry, position, acknowledgedAt: this.#ports.now() } },
			]),
		);
		for (const { space, id, position } of arrived) this.#parts.acknowledged(space, id, position);
		this.carried += arrived.length;
		this.#progressed(arrived.length);
	}

	async #entries(): Promise<readonly Waiting[]> {
		const entries = await this.#ports.store.list<OutboxEntry>('outbox', WAITING);
		return entries.map(({ key, value }) => ({ key, space: key.split('/')[1] as SpaceId, entry: value }));
	}

	async #purge(): Promise<void> {
		const now = this.#ports.now();
		if (now - this.#purged < PURGE_MS) return;
		this.#purged = now;
		const entries = await this.#ports.store.list<OutboxEntry>('outbox', DONE);
		const old = entries.filter(({ value }) => (value.acknowledgedAt ?? 0) < now - KEPT_MS);
		if (old.length > 0) await this.#ports.store.write(old.map(({ key }) => ({ bucket: 'outbox', key, value: undefined })));
	}
}

function firstBatch(waiting: readonly Waiting[]): readonly Waiting[] {
	let bytes = 0;
	const end = waiting.findIndex(({ entry }, place) => {
		bytes += entry.envelope.length;
		return place === MOST_AT_ONCE || (place > 0 && bytes > MOST_BYTES);
	});
	return end === -1 ? waiting : waiting.slice(0, end);
}

/** What went wrong, unless nothing can be sent at all. */
function unlessOffline(error: unknown): unknown {
	if (isProblem(error, 'offline')) throw error;
	return error;
}

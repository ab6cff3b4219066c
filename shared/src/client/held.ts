import { toBase64url, utf8 } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { open, seal } from '../crypto/seal.ts';
import { isProblem, Problem, type ProblemCode } from '../problem.ts';
import type { HeldActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';
import type { StoreChange } from './ports.ts';
import type { HeldView } from './types.ts';

/** How long what was sent can still be taken back, on this device, before anybody has seen it. */
export const UNDO_MS = 10_000;
const PREFIX = 'held/';
const LIMITS = { bytes: 512 * 1024, items: 5_000, depth: 12 };

type Words = Pick<HeldView, 'space' | 'stream' | 'type' | 'content'>;

interface KeptWords {
	/** Milliseconds since 1970. */
	readonly due: number;
	readonly sealed: Uint8Array;
}

export interface HeldForum extends Pick<ForumCore, 'ports' | 'keys' | 'spaces'> {
	/** Signs and sends; `alongside` happens with the signing or not at all. */
	append(words: Words, alongside: readonly StoreChange[]): Promise<Hash>;
	readonly changed: () => void;
}

/**
 * What was sent a moment ago and can still be taken back. It is not signed yet: what is signed stands in a line of
 * which nothing can be taken. Kept sealed, so that a phone that dies in these seconds loses nothing; whatever is left
 * is sent the next time the account is opened.
 */
export class HeldWords implements HeldActions {
	readonly #forum: HeldForum;
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
	#list: readonly HeldView[] = [];
	#count = 0;

	constructor(forum: HeldForum) {
		this.#forum = forum;
	}

	get list(): readonly HeldView[] {
		return this.#list;
	}

	async load(): Promise<void> {
		for (const { key, value } of await this.#forum.ports.store.list<KeptWords>('drafts', PREFIX)) {
			const words = await this.#open(key, value.sealed).catch(() => null);
			if (words) this.#plan({ id: key, ...words, due: value.due, problem: null });
		}
	}

	async hold(space: SpaceId, stream: StreamId, type: string, content: Cbor): Promise<string> {
		const refusal = this.#forum.spaces.get(space)?.writer.refusal() ?? null;
		if (!this.#forum.spaces.has(space)) throw new Problem('not-found');
		if (isProblem(refusal, 'not-allowed')) throw refusal;
		const { ports } = this.#forum;
		const due = ports.now() + UNDO_MS;
		const id = `${PREFIX}${String(due).padStart(15, '0')}/${String(this.#count++).padStart(4, '0')}/${toBase64url(ports.random(6))}`;
		const words = { space, stream, type, content };
		await ports.store.write([{ bucket: 'drafts', key: id, value: { due, sealed: await this.#seal(id, words) } }]);
		this.#plan({ id, ...words, due, problem: null });
		return id;
	}

	async withdraw(id: string): Promise<Cbor | null> {
		return this.#forum.ports.store.exclusively(id, async () => {
			const kept = await this.#forum.ports.store.get<KeptWords>('drafts', id);
			const held = this.#list.find((other) => other.id === id);
			this.#forget(id);
			if (!kept || !held) return null;
			await this.#forum.ports.store.write([{ bucket: 'drafts', key: id, value: undefined }]);
			return held.content;
		});
	}

	async sendNow(id: string): Promise<void> {
		const held = this.#list.find((other) => other.id === id);
		if (held) await this.#send(held);
	}

	/** What is still held is sent when the account is opened again. */
	stop(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#plan(held: HeldView): void {
		this.#list = [...this.#list.filter(({ id }) => id !== held.id), held].sort((a, b) => (a.id < b.id ? -1 : 1));
		const wait = Math.min(UNDO_MS, Math.max(0, held.due - this.#forum.ports.now()));
		this.#timers.set(
			held.id,
			setTimeout(() => void this.#send(held), wait),
		);
		this.#forum.changed();
	}

	/** One tab sends it: signing it and forgetting that it was held are one write. */
	async #send(held: HeldView): Promise<void> {
		const { store } = this.#forum.ports;
		clearTimeout(this.#timers.get(held.id));
		await store.exclusively(held.id, async () => {
			if (!(await store.get('drafts', held.id))) return this.#forget(held.id);
			try {
				await this.#forum.append(held, [{ bucket: 'drafts', key: held.id, value: undefined }]);
				this.#forget(held.id);
			} catch (error) {
				this.#refused(held, isProblem(error) ? error.code : 'internal');
			}
		});
	}

	/** It stays, with the reason: its author takes it back, changes it or tries again. */
	#refused(held: HeldView, problem: ProblemCode): void {
		this.#timers.delete(held.id);
		this.#list = this.#list.map((other) => (other.id === held.id ? { ...other, problem } : other));
		this.#forum.changed();
	}

	#forget(id: string): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
		this.#list = this.#list.filter((other) => other.id !== id);
		this.#forum.changed();
	}

	#seal(id: string, { space, stream, type, content }: Words): Promise<Uint8Array<ArrayBuffer>> {
		const { keys, ports } = this.#forum;
		return seal(keys.localKey, 'local', encodeCbor([space, stream, type, content]), utf8(id), ports.random);
	}

	async #open(id: string, sealed: Uint8Array): Promise<Words> {
		const read = decodeCbor(await open(this.#forum.keys.localKey, 'local', sealed, utf8(id)), LIMITS);
		const [space, stream, type, content] = read as [SpaceId, StreamId, string, Cbor];
		return { space, stream, type, content };
	}
}

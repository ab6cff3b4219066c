import { toBase64url, utf8 } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import type { Hash, SpaceId, StreamId } from '../bytes/ids.ts';
import { open, seal } from '../crypto/seal.ts';
import type { Voice } from '../log/event.ts';
import { isProblem, Problem, type ProblemCode } from '../problem.ts';
import type { HeldActions } from './actions.ts';
import type { ForumCore } from './forum-core.ts';
import type { StoreChange } from './ports.ts';
import { serialQueue } from './queue.ts';
import type { HeldView, Said } from './types.ts';

/** How long what was sent can still be taken back, on this device, before anybody has seen it. */
export const UNDO_MS = 10_000;
const PREFIX = 'held/';
const LIMITS = { bytes: 512 * 1024, items: 5_000, depth: 12 };

interface KeptWords {
	/** Milliseconds since 1970. */
	readonly due: number;
	/** Why it was not sent. */
	readonly problem?: ProblemCode;
	readonly sealed: Uint8Array;
}

export interface HeldForum extends Pick<ForumCore, 'ports' | 'keys' | 'spaces'> {
	/** Signs and sends; `alongside` happens with the signing or not at all. */
	append(space: SpaceId, said: Said, alongside: readonly StoreChange[]): Promise<Hash>;
	readonly changed: () => void;
}

/**
 * What was sent a moment ago and can still be taken back. It is not signed yet: what is signed stands in a line of
 * which nothing can be taken. Kept sealed, so that a phone that dies in these seconds loses nothing; whatever is left
 * is sent the next time the account is opened. All tabs of the browser hold the same; one of them sends it.
 */
export class HeldWords implements HeldActions {
	readonly #forum: HeldForum;
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
	readonly #events = new Map<string, Hash>();
	/** One after another, in the order in which they were said. */
	readonly #inTurn = serialQueue();
	#list: readonly HeldView[] = [];
	#count = 0;

	constructor(forum: HeldForum) {
		this.#forum = forum;
	}

	get list(): readonly HeldView[] {
		return this.#list;
	}

	became(id: string): Hash | null {
		return this.#events.get(id) ?? null;
	}

	async look(): Promise<void> {
		const before = this.#list;
		const kept = await this.#forum.ports.store.list<KeptWords>('drafts', PREFIX);
		const ids = new Set(kept.map(({ key }) => key));
		for (const { id, space } of before) if (!ids.has(id)) await this.#sentElsewhere(id, space);
		for (const { key } of kept) {
			const held = await this.#kept(key);
			const known = this.#find(key);
			if (held && (known?.problem !== held.problem || known?.said.length !== held.said.length)) this.#plan(held);
		}
	}

	async hold(space: SpaceId, said: readonly Said[]): Promise<string> {
		const refusal = this.#forum.spaces.get(space)?.writer.refusal() ?? null;
		if (!this.#forum.spaces.has(space)) throw new Problem('not-found');
		if (isProblem(refusal, 'not-allowed')) throw refusal;
		const { ports } = this.#forum;
		const due = ports.now() + UNDO_MS;
		const id = `${PREFIX}${String(due).padStart(15, '0')}/${String(this.#count++).padStart(4, '0')}/${toBase64url(ports.random(6))}`;
		const held = { id, space, said, due, problem: null };
		await ports.store.write([await this.#change(held)]);
		this.#plan(held);
		return id;
	}

	withdraw(id: string): Promise<readonly Said[] | null> {
		return this.#alone(id, async (held) => {
			if (held.problem !== 'cancelled') await this.#stays(held, 'cancelled');
			return held.said;
		});
	}

	async drop(id: string): Promise<void> {
		await this.#alone(id, async () => {
			await this.#forum.ports.store.write([{ bucket: 'drafts', key: id, value: undefined }]);
			this.#forget(id);
		});
	}

	async sendNow(id: string): Promise<void> {
		const wanted = this.#find(id);
		// Nobody's answer overtakes what the same person said before it.
		const before = this.#list.filter(({ id: other, problem }) => other < id && problem === null);
		const first = before.filter(({ space, said }) => space === wanted?.space && said.at(-1)?.stream === wanted.said.at(-1)?.stream);
		for (const held of first) await this.#send(held.id);
		await this.#send(id);
	}

	/** What waits for nothing but its ten seconds: before this browser is left. */
	async sendAll(): Promise<void> {
		for (const { id, problem } of this.#list) if (problem === null) await this.#send(id);
	}

	/** Tries what could not be sent while a space waited for new keys. */
	retry(): void {
		for (const { id, problem } of this.#list) if (problem === 'dirty' || problem === 'wrong-key') void this.#send(id);
	}

	/** What is still held is sent when the account is opened again. */
	stop(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#plan(held: HeldView): void {
		this.#put(held);
		if (held.problem !== null) return;
		const wait = Math.min(UNDO_MS, Math.max(0, held.due - this.#forum.ports.now()));
		this.#timers.set(
			held.id,
			setTimeout(() => void this.#send(held.id), wait),
		);
	}

	#send(id: string): Promise<unknown> {
		return this.#inTurn(() =>
			this.#alone(id, async (held) => {
				// Taken back in another tab.
				if (held.problem === 'cancelled') this.#put(held);
				else await this.#sign(held);
			}),
		);
	}

	/** Signing something and forgetting that it was held are one write, so that nothing is lost or said twice. */
	async #sign(held: HeldView): Promise<void> {
		for (let rest = held; ;) {
			const [next, ...after] = rest.said;
			if (!next) return;
			const left = { ...rest, said: after };
			const change = after.length > 0 ? await this.#change(left) : { bucket: 'drafts' as const, key: held.id, value: undefined };
			try {
				this.#events.set(held.id, await this.#forum.append(held.space, next, [change]));
			} catch (error) {
				return this.#stays(rest, isProblem(error) ? error.code : 'internal');
			}
			if (after.length === 0) return this.#forget(held.id);
			rest = left;
			this.#put(left);
		}
	}

	/** It is not sent by itself any more, and why: its author changes it or tries again. */
	async #stays(held: HeldView, problem: ProblemCode): Promise<void> {
		const kept = { ...held, problem };
		await this.#forum.ports.store.write([await this.#change(kept)]);
		this.#put(kept);
	}

	/** With what is held as it is now, while no other tab does something with it; `null` when it is no longer held. */
	#alone<T>(id: string, work: (held: HeldView) => Promise<T>): Promise<T | null> {
		return this.#forum.ports.store.exclusively(id, async () => {
			const held = await this.#kept(id);
			if (held) return work(held);
			await this.#sentElsewhere(id, this.#find(id)?.space ?? null);
			return null;
		});
	}

	/** Another tab has sent it or took it back: what it sent is shown here at once, and not when the server tells. */
	async #sentElsewhere(id: string, space: SpaceId | null): Promise<void> {
		if (space) await this.#forum.spaces.get(space)?.writer.adoptOutbox();
		this.#forget(id);
	}

	#find(id: string): HeldView | null {
		return this.#list.find((held) => held.id === id) ?? null;
	}

	#put(held: HeldView): void {
		clearTimeout(this.#timers.get(held.id));
		this.#timers.delete(held.id);
		this.#list = [...this.#list.filter(({ id }) => id !== held.id), held].sort((a, b) => (a.id < b.id ? -1 : 1));
		this.#forum.changed();
	}

	#forget(id: string): void {
		if (!this.#find(id)) return;
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
		this.#list = this.#list.filter((other) => other.id !== id);
		this.#forum.changed();
	}

	async #change({ id, space, said, due, problem }: HeldView): Promise<StoreChange> {
		const { keys, ports } = this.#forum;
		const words = encodeCbor([space, said.map(({ stream, type, content, voice }) => [stream, type, content, voice ?? null] as Cbor)]);
		const sealed = await seal(keys.localKey, 'local', words, utf8(id), ports.random);
		const value: KeptWords = { due, sealed, ...(problem === null ? {} : { problem }) };
		return { bucket: 'drafts', key: id, value };
	}

	async #kept(id: string): Promise<HeldView | null> {
		const { keys, ports } = this.#forum;
		const kept = await ports.store.get<KeptWords>('drafts', id);
		const opened = kept && (await open(keys.localKey, 'local', kept.sealed, utf8(id)).catch(() => null));
		if (!kept || !opened) return null;
		const [space, said] = decodeCbor(opened, LIMITS) as [SpaceId, [StreamId, string, Cbor, Voice | null][]];
		const words = said.map(([stream, type, content, voice]) => ({ stream, type, content, ...(voice === null ? {} : { voice }) }));
		return { id, space, said: words, due: kept.due, problem: kept.problem ?? null };
	}
}

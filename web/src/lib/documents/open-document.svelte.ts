import { breathe } from '@multaqa/shared/breathe';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import type { Comment } from '@multaqa/shared/documents/live/comments';
import type { Contested } from '@multaqa/shared/documents/live/contested';
import { DocumentLog } from '@multaqa/shared/documents/live/document-log';
import type { Editing } from '@multaqa/shared/documents/live/editing';
import type { ContentOf, DocumentEventType } from '@multaqa/shared/documents/live/events';
import { packed } from '@multaqa/shared/documents/live/packed';
import { snapshotOf } from '@multaqa/shared/documents/live/snapshots';
import { lastHands } from '@multaqa/shared/documents/live/timeline';
import type { LiveText } from '@multaqa/shared/documents/live/text';
import type { Chain, FrozenVersion } from '@multaqa/shared/documents/live/versions';
import type { Language } from '@multaqa/shared/documents/pair';
import { Watched } from '../client/watched.svelte.ts';
import { isOnLine } from './on-line.ts';
import { Sending } from './sending.svelte.ts';
import { WrittenVersion } from './written-version.svelte.ts';

/** From so many events on, a text is shown from its newest snapshot first, and read whole afterwards. */
const MANY = 300;
/** So many are read between two breaths. */
const AT_ONCE = 100;
/** A change in which nothing is changed: what says that variants are settled. */
const NOTHING = new Uint8Array([0, 0]);

/** One document on the screen: what its stream tells, and what this person writes. */
export class OpenDocument {
	readonly stream: StreamId;
	readonly #client: Client;
	readonly #space: SpaceId;
	readonly #generation: () => number;
	readonly #watched: Watched<readonly StreamEvent[]>;
	readonly #sending: Sending;
	#log = new DocumentLog();
	/** While the whole is not read yet. */
	#quick: DocumentLog | null = null;
	#written = $state.raw<WrittenVersion | null>(null);
	#frozenText = $state.raw<LiveText | null>(null);
	#reading = false;
	/** Raised with whatever was taken in. */
	#turn = $state(0);
	#closed = false;

	constructor(client: Client, space: SpaceView, stream: StreamId, generation: () => number) {
		this.#client = client;
		this.#space = space.id;
		this.#generation = generation;
		this.stream = stream;
		this.#watched = new Watched(client, `space:${space.id}`, () => client.events(space.id, stream));
		this.#sending = new Sending({
			take: () => this.#written?.writer.unsent() ?? null,
			giveBack: (update) => this.#written?.writer.giveBack(update),
			send: (update) => this.#sendUpdate(update),
		});
	}

	get events(): readonly StreamEvent[] {
		return this.#watched.current;
	}

	/** Takes in what is new; runs whenever events change. */
	look(): void {
		const { events } = this;
		if (this.#quick) {
			this.#quick.take(events);
			this.#show(this.#quick);
		} else if (!this.#reading && this.#log.take(events, this.#turn === 0 && events.length > MANY ? 0 : MANY)) this.#show(this.#log);
		else this.#readOn();
	}

	/** What was written last in each pair, by whom. */
	readonly hands = $derived.by(() => (this.#turn >= 0 ? lastHands(this.#version?.changes ?? []) : new Map<never, never>()));
	readonly comments = $derived.by((): readonly Comment[] => (this.#turn >= 0 ? this.#current.comments : []));
	readonly contested = $derived.by((): readonly Contested[] => (this.#turn >= 0 ? this.#current.contested : []));
	readonly chain = $derived.by((): Chain | null => (this.#turn > 0 ? this.#current.chain : null));

	/** The text as it is; `null`: nothing is here yet. */
	get text(): LiveText | null {
		return this.#frozenText ?? this.#written?.text ?? null;
	}

	/** What can be done to the text; `null` while it is frozen or not here. */
	get editing(): Editing | null {
		return this.#written?.writer.editing ?? null;
	}

	get written(): WrittenVersion | null {
		return this.#written;
	}

	/** The frozen version that stands now; `null` while one is written. */
	get frozen(): FrozenVersion | null {
		return this.chain?.isOpen === false ? (this.chain.frozen.at(-1) ?? null) : null;
	}

	/** Reading goes on: what is shown comes from a snapshot that nobody has checked yet. */
	get isReading(): boolean {
		return this.#turn >= 0 && this.#quick !== null;
	}

	/** It was written before this person came, and nobody has left a snapshot since. */
	get isClosed(): boolean {
		return this.#turn >= 0 && this.#log.isClosed;
	}

	get broken(): number {
		return this.#turn >= 0 ? this.#log.broken : 0;
	}

	get falseSnapshots(): DocumentLog['falseSnapshots'] {
		return this.#turn >= 0 ? this.#log.falseSnapshots : [];
	}

	get log(): DocumentLog {
		return this.#log;
	}

	get sending(): Sending {
		return this.#sending;
	}

	/** Own changes that are not on the server. */
	get waiting(): number {
		return this.events.filter((event) => event.verified && event.waiting).length;
	}

	/** Says something in this document's stream. @throws Problem what the engine refuses */
	async say<Type extends DocumentEventType>(type: Type, content: ContentOf<Type>): Promise<Hash> {
		return await this.#client.append(this.#space, this.stream, type, content as unknown as Cbor);
	}

	/** One of several texts is taken, `null`: the paragraph is taken out; `undefined`: it stays as it is now. */
	async choose({ pair, language }: Pick<Contested, 'pair' | 'language'>, text: string | null | undefined): Promise<void> {
		await this.#sending.now();
		if (text !== undefined) this.editing?.choose(pair, language, text);
		await this.#sendUpdate(this.#written?.writer.unsent() ?? NOTHING, [[pair, language]]);
	}

	/** What is typed in the last moment is kept. */
	close(): void {
		this.#closed = true;
		void this.#sending.now().then(() => this.#written?.close());
	}

	get #current(): DocumentLog {
		return this.#quick ?? this.#log;
	}

	get #version() {
		return this.#current.textOf(this.#current.chain.last);
	}

	async #sendUpdate(update: Bytes, settles: readonly [string, Language][] = []): Promise<void> {
		const { written } = this;
		if (!written) return;
		await this.say('document.update', {
			version: written.version,
			session: written.writer.session.nonce,
			update: packed(update),
			online: isOnLine(this.#client.status.connection, this.events),
			...(settles.length > 0 ? { settles: [...settles] } : {}),
		});
		await this.#leaveSnapshot();
	}

	async #leaveSnapshot(): Promise<void> {
		this.look();
		const log = this.#log;
		if (this.#quick || !log.isSnapshotDue(this.#generation())) return;
		const version = log.chain.last;
		const text = log.textOf(version);
		const state = text && snapshotOf(text.doc);
		if (state) await this.say('document.snapshot', { version, heads: [...log.heads], state, before: log.lastSnapshot });
	}

	/** Shows what a snapshot says at once, and reads everything in the breaths between. */
	#readOn(): void {
		if (this.#turn === 0) {
			const quick = new DocumentLog('snapshot');
			quick.take(this.events);
			if (quick.base !== null) {
				this.#quick = quick;
				this.#show(quick);
			}
		}
		if (!this.#reading) void this.#readAll();
	}

	async #readAll(): Promise<void> {
		this.#reading = true;
		while (!this.#closed && !this.#log.take(this.#client.events(this.#space, this.stream), AT_ONCE)) await breathe();
		this.#reading = false;
		if (this.#closed) return;
		const wasFalse = this.#quick?.base != null && this.#log.falseSnapshots.some(({ id }) => id === this.#quick?.base);
		this.#quick = null;
		// What was built on something false begins anew.
		if (wasFalse) this.#drop();
		this.#show(this.#log);
	}

	#drop(): void {
		this.#written?.close();
		this.#written = null;
	}

	#show(log: DocumentLog): void {
		const { chain } = log;
		const text = log.textOf(chain.last);
		if (this.#written && (!chain.isOpen || this.#written.version !== chain.last)) this.#drop();
		if (chain.isOpen && text && !this.#written)
			this.#written = new WrittenVersion(this.#client, chain.last, text, () => this.#sending.soon());
		else if (chain.isOpen && text) this.#written?.receive(text);
		this.#frozenText = chain.isOpen ? null : frozenText(chain.frozen.at(-1) ?? null);
		this.#turn++;
	}
}

function frozenText(frozen: FrozenVersion | null): LiveText | null {
	if (!frozen) return null;
	const pairs = frozen.text.pairs.map((pair, place) => ({ ...pair, id: frozen.pairs[place] ?? '', translation: null, part: null }));
	return { authority: frozen.text.authority, pairs, counting: null };
}

import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { TITLE_LIMIT } from '@multaqa/shared/documents/live/events';
import { documentActivityOf, documentsOf, type DocumentActivity, type DocumentEntry } from '@multaqa/shared/documents/live/index';
import type { Template } from '@multaqa/shared/documents/templates/template';
import { createContext } from 'svelte';
import { Watched } from '../client/watched.svelte.ts';
import { checked } from '../posts/checked.ts';

/** A document with what its list tells of it. */
export interface ListedDocument {
	readonly document: DocumentEntry;
	readonly activity: DocumentActivity;
}

/** The documents of one space. */
export class Documents {
	readonly #client: Client;
	readonly #space: SpaceId;
	readonly #index: StreamId;
	readonly #watched: Watched<readonly StreamEvent[]>;
	readonly #reading: Watched<unknown>;
	readonly #tick: Watched<unknown>;
	readonly #list = $derived.by(() => documentsOf(this.#watched.current));

	constructor(client: Client, space: SpaceView) {
		this.#client = client;
		this.#space = space.id;
		this.#index = space.index;
		this.#watched = new Watched(client, `space:${space.id}`, () => client.events(space.id, space.index));
		this.#reading = new Watched(client, 'reading', () => null);
		this.#tick = new Watched(client, `space:${space.id}`, () => null);
	}

	/** The one that was written in last comes first. */
	get list(): readonly ListedDocument[] {
		void this.#reading.current;
		void this.#tick.current;
		return this.#list
			.map((document) => ({ document, activity: this.#activityOf(document.stream) }))
			.toSorted((one, other) => placeOf(other) - placeOf(one));
	}

	find(stream: string): DocumentEntry | null {
		return this.#list.find((document) => document.stream === stream) ?? null;
	}

	/** Opens a document that begins as its template says. @throws Problem `text-empty`, `text-too-long`, and what the engine refuses */
	async create(title: string, template: Template): Promise<StreamId> {
		const named = checked(title, TITLE_LIMIT);
		const stream = this.#client.newStream();
		await this.#client.append(this.#space, this.#index, 'document.open', { stream, title: named, template: template.id });
		const { begin } = await import('./begin.ts');
		await this.#client.append(this.#space, stream, 'document.update', begin(this.#client, template, named) as unknown as Cbor);
		return stream;
	}

	async rename(stream: StreamId, title: string): Promise<void> {
		await this.#client.append(this.#space, this.#index, 'document.change', { stream, title: checked(title, TITLE_LIMIT) });
	}

	#activityOf(stream: StreamId): DocumentActivity {
		const { reading, status } = this.#client;
		return documentActivityOf(this.#client.events(this.#space, stream), reading.markOf(this.#space, stream), status.account);
	}
}

const placeOf = ({ document, activity }: ListedDocument): number => Math.max(document.position, activity.position);

/** Made in the layout of the documents' pages. */
export const [useDocuments, provideDocuments] = createContext<Documents>();

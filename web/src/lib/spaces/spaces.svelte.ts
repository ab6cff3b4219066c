import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { Watched } from '../client/watched.svelte.ts';

/** The spaces of this account as the engine knows them. */
export class Spaces {
	readonly #client: Client;
	readonly #list: Watched<readonly SpaceView[]>;

	constructor(client: Client) {
		this.#client = client;
		this.#list = new Watched(client, 'spaces', () => client.spaces);
	}

	get list(): readonly SpaceView[] {
		return this.#list.current;
	}

	/** `null` for a space that is not there or not ours: the two look alike. */
	find(id: string): SpaceView | null {
		return this.list.find((space) => space.id === id) ?? null;
	}

	create(title: string): Promise<SpaceId> {
		return this.#client.createSpace(title.trim());
	}
}

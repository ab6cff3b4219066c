import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView, StreamEvent } from '@multaqa/shared/client/types';
import { createContext } from 'svelte';
import type { Listed } from './listed.ts';
import { SpaceActivity } from './space-activity.svelte.ts';

/** A space with its threads, and what is needed to look into them. */
export interface InSpace {
	readonly space: SpaceView;
	readonly threads: readonly Listed[];
	events(stream: StreamId): readonly StreamEvent[];
	/** Up to where a thread counts as read. */
	markOf(stream: StreamId): number;
}

/** What goes on in every space, looked at once for all lists of the page. */
export class Activities {
	readonly #client: Client;
	readonly #spaces = new Map<SpaceId, SpaceActivity>();

	constructor(client: Client) {
		this.#client = client;
	}

	of(space: Pick<SpaceView, 'id' | 'index'>): SpaceActivity {
		const known = this.#spaces.get(space.id);
		if (known) return known;
		const activity = new SpaceActivity(this.#client, space);
		this.#spaces.set(space.id, activity);
		return activity;
	}

	/** The threads of each of these spaces, and what is needed to look into them. */
	within(spaces: readonly SpaceView[]): readonly InSpace[] {
		return spaces.map((space) => {
			const activity = this.of(space);
			return { space, threads: activity.threads, events: (stream) => activity.events(stream), markOf: (stream) => activity.markOf(stream) };
		});
	}

	/** For a page that is left: what could be taken back stands. */
	settle(): void {
		for (const activity of this.#spaces.values()) activity.settle();
	}
}

/** Made in the layout of everything a member sees. */
export const [useActivities, provideActivities] = createContext<Activities>();

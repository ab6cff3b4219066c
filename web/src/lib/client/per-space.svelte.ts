import type { SpaceId } from '@multaqa/shared/bytes/ids';
import type { SpaceView } from '@multaqa/shared/client/types';

/** Makes one of something for each space, and keeps it as long as the page lives, whatever it was made in the middle of. */
export class PerSpace<Made> {
	readonly #spaces: () => readonly SpaceView[];
	readonly #make: (space: () => SpaceView) => Made;
	readonly #made = new Map<SpaceId, { readonly it: Made }>();

	/** @param make gets the space as it is at any time */
	constructor(spaces: () => readonly SpaceView[], make: (space: () => SpaceView) => Made) {
		this.#spaces = spaces;
		this.#make = make;
	}

	/** What there is of every space, with the space. */
	get all(): readonly { readonly space: SpaceView; readonly it: Made }[] {
		return this.#spaces().map((space) => ({ space, it: this.#of(space) }));
	}

	#of(first: SpaceView): Made {
		const known = this.#made.get(first.id);
		if (known) return known.it;
		const current = () => this.#spaces().find(({ id }) => id === first.id) ?? first;
		$effect.root(() => void this.#made.set(first.id, { it: this.#make(current) }));
		return this.#of(first);
	}
}

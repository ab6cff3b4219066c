import { createContext, type Snippet } from 'svelte';

/** What an open page shows in the side pane, above what is always there. */
export class Side {
	#shown = $state.raw<Snippet | null>(null);

	get shown(): Snippet | null {
		return this.#shown;
	}

	/** Shows it until the answer is called. */
	show(snippet: Snippet): () => void {
		this.#shown = snippet;
		return () => {
			if (this.#shown === snippet) this.#shown = null;
		};
	}
}

/** Made where the panes are. */
export const [useSide, provideSide, hasSide] = createContext<Side>();

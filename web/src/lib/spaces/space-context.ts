import type { SpaceView } from '@multaqa/shared/client/types';
import { createContext } from 'svelte';

/** The space whose pages are open; `view` is always its latest state. */
export interface SpaceHandle {
	readonly view: SpaceView;
}

export const [useSpace, provideSpace] = createContext<SpaceHandle>();

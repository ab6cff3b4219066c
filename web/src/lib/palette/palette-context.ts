import { createContext } from 'svelte';

/** What can be opened from anywhere on a member's page. */
export interface Openers {
	palette(): void;
	keyMap(): void;
}

/** Made in the layout of everything a member sees. */
export const [useOpeners, provideOpeners] = createContext<Openers>();

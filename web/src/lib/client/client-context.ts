import { createContext } from 'svelte';
import type { Client } from '@multaqa/shared/client/types';

/** The one engine of this page, made in the layout of the signed-in part and handed down. */
export const [useClient, provideClient] = createContext<Client>();

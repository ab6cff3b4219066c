import { exchange } from '@multaqa/shared/client/exchange';
import type { Transport } from '@multaqa/shared/client/ports';
import { listen } from './realtime.ts';

/** Reaches the server that this page came from, and no other. */
export function createTransport(): Transport {
	return {
		call: (route, call) => exchange(fetch, route, call),
		listen: (listener) => listen(listener),
	};
}

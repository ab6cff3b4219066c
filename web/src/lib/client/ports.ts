import type { Opaque, Ports } from '@multaqa/shared/client/ports';
import { verifyElsewhere } from '@multaqa/shared/crypto/verify';
import { savesData } from '../display/saving.svelte.ts';
import { createTransport } from './fetch-transport.ts';
import { createStore } from './idb-store.ts';
import { canUsePasskeys, createPasskeys } from './passkeys.ts';
import { startWorker } from './our-workers.ts';
import { createOpaque } from './worker-opaque.ts';
import { createVerifyPool, workerCount } from './verify-pool.ts';

/** Everything the engine may touch of this browser. Called once per page load. */
export function createPorts(): Ports {
	verifyElsewhere(createVerifyPool(() => startWorker('signatures'), workerCount(navigator.hardwareConcurrency)));
	return {
		transport: createTransport(),
		store: createStore(),
		now: () => Date.now(),
		random: (length) => crypto.getRandomValues(new Uint8Array(length)),
		opaque: passphraseModule(),
		savesData,
		passkeys: canUsePasskeys() ? createPasskeys() : null,
	};
}

/** The passphrase's worker, 430 kB with its WebAssembly, stays on the server until somebody uses a passphrase. */
function passphraseModule(): Ports['opaque'] {
	let made: Opaque | undefined;
	return async () => (made ??= createOpaque(() => startWorker('passphrase')));
}

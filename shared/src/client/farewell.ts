import { chains, session } from '../api/index.ts';
import { isProblem } from '../problem.ts';
import type { Transport } from './ports.ts';

/** A signed link by which this browser is revoked. It tells nothing that the server does not know. */
export type Farewell = Uint8Array<ArrayBuffer>;

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/**
 * Sends the revocation and ends the session, now or as soon as there is a line, for as long as this page lives: nothing
 * is kept on the device from which it could be done later.
 */
export async function sendFarewell(transport: Transport, farewell: Farewell | null): Promise<void> {
	for (let delay = FIRST_RETRY_MS; ; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
		try {
			if (farewell) await transport.call(chains.append, { params: {}, request: { links: [farewell], wraps: [], publicKeys: [] } });
			return await transport.call(session.end, { params: {}, request: {} }).then(() => undefined);
		} catch (error) {
			// Refused: another device was faster, or the session is over. Asking again would change nothing.
			if (!isProblem(error, 'offline')) return endSession(transport);
		}
		await new Promise((resolve) => setTimeout(resolve, delay));
	}
}

async function endSession(transport: Transport): Promise<void> {
	await transport.call(session.end, { params: {}, request: {} }).catch(() => undefined);
}

import { chains, session } from '../api/index.ts';
import { idBytes } from '../bytes/ids.ts';
import { isProblem } from '../problem.ts';
import { Stage } from './chains.ts';
import { signerOf, type Membership } from './membership.ts';
import type { Transport } from './ports.ts';

/** A signed link by which this browser is revoked. It tells nothing that the server does not know. */
export type Farewell = Uint8Array<ArrayBuffer>;

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/** Signs the revocation of this browser while its keys are still there; `null` when they are not. */
export async function revocationOf(self: Membership | null): Promise<Farewell | null> {
	if (!self) return null;
	const { chains: known, keys, ports } = self;
	const stage = new Stage(known.world, signerOf(self), Math.floor(ports.now() / 1000));
	const body = { device: idBytes(keys.device) };
	const link = await stage.add({ kind: 'user', chain: keys.account as never, type: 'device.revoke', body, byIdentity: true });
	return link.bytes;
}

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

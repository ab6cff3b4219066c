import type { BrowserContext } from 'playwright-core';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';

const LIMITS = { bytes: 16 * 2 ** 20, items: 500_000, depth: 16 };
interface Synced {
	events: { envelope: Uint8Array }[];
}

/** Flips one bit of the last event in the first synchronisation that brings more than `least` events. */
export async function flipLastEvent(context: BrowserContext, least = 3): Promise<void> {
	let done = false;
	await context.route('**/api/spaces/*/sync', async (route) => {
		const response = await route.fetch();
		const answer = decodeCbor(await response.body(), LIMITS) as unknown as Synced;
		const last = answer.events.at(-1);
		if (done || !last || answer.events.length < least) return route.fulfill({ response });
		done = true;
		const at = last.envelope.length - 40;
		last.envelope[at] = (last.envelope[at] ?? 0) ^ 1;
		await route.fulfill({ response, body: Buffer.from(encodeCbor(answer as unknown as Cbor)) });
	});
}

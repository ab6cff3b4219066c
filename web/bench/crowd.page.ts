import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { completeEach } from '@multaqa/shared/chain/abridged';
import { acceptLink, acceptLinks, emptyWorld } from '@multaqa/shared/chain/world';
import { confirmAdmitted } from '@multaqa/shared/crypto/sign';
import { kemKeyFromSeed, unwrap, wrap } from '@multaqa/shared/crypto/wrap';
import { prepareToVerify, verifyElsewhere } from '@multaqa/shared/crypto/verify';
import { createVerifyPool, workerCount } from '../src/lib/client/verify-pool.ts';

const WRAPS = 50;

/** Milliseconds for each wrap to, and each opening by, an X-Wing key. */
async function wraps(): Promise<{ wrapping: number; opening: number }> {
	const { publicKey, seed } = await kemKeyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
	const key = new Uint8Array(32);
	const context = new Uint8Array(40);
	const start = performance.now();
	let wrapped = key;
	for (let count = 0; count < WRAPS; count++) wrapped = await wrap(publicKey, 'generation', key, context);
	const between = performance.now();
	for (let count = 0; count < WRAPS; count++) await unwrap(seed, 'generation', wrapped, context);
	return { wrapping: (between - start) / WRAPS, opening: (performance.now() - between) / WRAPS };
}

/** base64url, in the order the server took them. */
type Links = readonly string[];

/** In the page they start while the answer is under way. */
async function workersStarted(): Promise<void> {
	prepareToVerify();
	await new Promise((resolve) => setTimeout(resolve, 300));
}

/** As a newcomer takes them: all at once. */
async function newcomer(links: Links): Promise<Record<string, number>> {
	const bytes = links.map(fromBase64url);
	await workersStarted();
	const start = performance.now();
	const { world } = await acceptLinks(emptyWorld, completeEach(bytes, emptyWorld));
	const taking = performance.now() - start;
	await confirmAdmitted();
	return { taking, confirming: performance.now() - start - taking, people: world.users.size };
}

/** As a member takes the last of them, missed meanwhile: one after another, each looked at whole. */
async function member(links: Links, missed: number): Promise<Record<string, number>> {
	const bytes = links.map(fromBase64url);
	const known = await acceptLinks(emptyWorld, completeEach(bytes.slice(0, -missed), emptyWorld));
	const start = performance.now();
	let { world } = known;
	for (const link of completeEach(bytes.slice(-missed), world)) world = await acceptLink(world, link);
	return { catchUp: performance.now() - start, people: world.users.size };
}

/** What a page needs for the links of a whole forum, and for the keys of a removal. A new page for each: nothing is known yet. */
const measure = async ({ links, missed }: { links: Links; missed: number | null }): Promise<Record<string, number>> =>
	missed === null ? { ...(await newcomer(links)), ...(await wraps()) } : member(links, missed);

const worker = () => new Worker(new URL('../src/lib/client/verify.worker.ts', import.meta.url), { type: 'module' });
verifyElsewhere(createVerifyPool(worker, workerCount(navigator.hardwareConcurrency)));
Object.assign(globalThis, { measure });

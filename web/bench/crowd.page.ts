import { MLKEM768X25519 } from '@noble/post-quantum/hybrid.js';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { completeEach } from '@multaqa/shared/chain/abridged';
import { acceptLink, acceptLinks, emptyWorld } from '@multaqa/shared/chain/world';
import { idBytes } from '@multaqa/shared/bytes/ids';
import type { Link } from '@multaqa/shared/chain/link';
import { confirmAdmitted } from '@multaqa/shared/crypto/sign';
import { kemKeyFromSeed, unwrap, wrap } from '@multaqa/shared/crypto/wrap';
import { prepareToVerify, verifyElsewhere } from '@multaqa/shared/crypto/verify';
import { createVerifyPool, workerCount } from '../src/lib/client/verify-pool.ts';

const WRAPS = 100;

/** Milliseconds for each wrap to, and each opening by, an X-Wing key; and for its bare encapsulation. */
async function wraps(): Promise<{ wrapping: number; opening: number; encapsulating: number }> {
	const { publicKey, seed } = await kemKeyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
	const key = new Uint8Array(32);
	const context = new Uint8Array(40);
	const start = performance.now();
	let wrapped = key;
	for (let count = 0; count < WRAPS; count++) wrapped = await wrap(publicKey, 'generation', key, context);
	const between = performance.now();
	for (let count = 0; count < WRAPS; count++) await unwrap(seed, 'generation', wrapped, context);
	const end = performance.now();
	for (let count = 0; count < WRAPS; count++) MLKEM768X25519.encapsulate(publicKey);
	return {
		wrapping: (between - start) / WRAPS,
		opening: (end - between) / WRAPS,
		encapsulating: (performance.now() - end) / WRAPS,
	};
}

/** Milliseconds for the signatures of these links and nothing else, on this thread. */
async function bareSignatures(links: Iterable<Link>): Promise<number> {
	const { subtle } = crypto;
	const identities = new Map<string, Uint8Array>();
	const keyOf = ({ by, body, device }: Link): Uint8Array | undefined => {
		if (body['ik'] instanceof Uint8Array) identities.set(by, body['ik']);
		return device === null ? identities.get(by) : idBytes(device);
	};
	const imported = (key: Uint8Array) => subtle.importKey('raw', key as BufferSource, 'Ed25519', false, ['verify']);
	const all = await Promise.all([...links].map(async (link) => ({ link, key: await imported(keyOf(link) ?? new Uint8Array(32)) })));
	const start = performance.now();
	for (const { link, key } of all) await subtle.verify('Ed25519', key, link.signature as BufferSource, link.signed as BufferSource);
	return performance.now() - start;
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
	const confirming = performance.now() - start - taking;
	const signatures = await bareSignatures(completeEach(bytes, emptyWorld));
	return { taking, confirming, signatures, people: world.users.size };
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

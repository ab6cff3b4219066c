import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { decodeLink, type Link } from '@multaqa/shared/chain/link';
import { acceptLink, acceptLinks, emptyWorld, type World } from '@multaqa/shared/chain/world';
import { confirmAdmitted } from '@multaqa/shared/crypto/sign';
import { kemKeyFromSeed, unwrap, wrap } from '@multaqa/shared/crypto/wrap';

const WRAPS = 50;

interface Checked {
	readonly took: number;
	readonly world: World;
}

/** One after another, each looked at whole: as a member takes what came meanwhile. */
async function checkEach(links: readonly Link[], from: World): Promise<Checked> {
	const start = performance.now();
	let world = from;
	for (const link of links) world = await acceptLink(world, link);
	return { took: performance.now() - start, world };
}

/** All at once, as a newcomer takes them. */
async function checkAll(links: readonly Link[], from: World): Promise<Checked> {
	const start = performance.now();
	const world = await acceptLinks(from, links);
	return { took: performance.now() - start, world };
}

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

interface Input {
	/** base64url, in the order they were taken. */
	readonly links: readonly string[];
	/** How many of them, at the end, a member has missed. */
	readonly last: number;
}

const read = (encoded: readonly string[]): readonly Link[] => encoded.map((text) => decodeLink(fromBase64url(text)));

/** What a page needs for the links of a whole forum, and for the keys of a removal. Each key is admitted once. */
async function measure({ links, last }: Input): Promise<Record<string, number>> {
	const start = performance.now();
	const decoded = read(links);
	const reading = performance.now() - start;
	const known = await checkAll(decoded.slice(0, -last), emptyWorld);
	const missed = await checkEach(decoded.slice(-last), known.world);
	const rest = await checkAll(decoded.slice(-last), known.world);
	const later = performance.now();
	await confirmAdmitted();
	const confirming = performance.now() - later;
	const catchUp = (reading * last) / links.length + missed.took;
	return { decoded: reading, first: known.took + rest.took, confirming, catchUp, ...(await wraps()) };
}

Object.assign(globalThis, { measure });

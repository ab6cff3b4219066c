import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url, utf8 } from '../bytes/bytes.ts';
import { decodeLink } from '../chain/link.ts';
import { acceptLink, emptyWorld } from '../chain/world.ts';
import { flipBit, unsafeTestingRandom } from './random.ts';
import { refusalOf } from './refusal.ts';

/**
 * Turns over `tries` bits of each link, one at a time, and says what refused the result in its place. Two runtimes
 * that judge alike give the same digest.
 */
export async function mutationsDigest(
	links: readonly Uint8Array[],
	tries: number,
): Promise<{ outcomes: number; accepted: number; digest: string }> {
	const random = unsafeTestingRandom('mutations');
	const outcomes: string[] = [];
	let world = emptyWorld;
	for (const bytes of links) {
		for (let tried = 0; tried < tries; tried++) {
			const [high = 0, low = 0] = random(2);
			const flipped = flipBit(bytes, (high * 256 + low) % (bytes.length * 8));
			const before = world;
			outcomes.push(await refusalOf(async () => acceptLink(before, decodeLink(flipped))));
		}
		world = await acceptLink(world, decodeLink(bytes));
	}
	const accepted = outcomes.filter((outcome) => outcome === 'accepted').length;
	return { outcomes: outcomes.length, accepted, digest: toBase64url(sha256(utf8(outcomes.join()))) };
}

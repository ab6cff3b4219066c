import { deflateSync } from 'fflate';
import { inflated } from '../../attachments/clean/inflate.ts';
import type { Bytes } from '../../bytes/bytes.ts';
import { Problem } from '../../problem.ts';

const [AS_IT_IS, DEFLATED] = [0, 1];
/** Shorter ones gain nothing: they are padded to 256 bytes anyway. */
const WORTH_PACKING = 512;
/** What a packed text or state may come to. */
const MOST_UNPACKED = 4 * 1024 * 1024;

/** Bytes as they travel: deflated where that makes them shorter. */
export function packed(bytes: Uint8Array): Bytes {
	const deflated = bytes.length < WORTH_PACKING ? bytes : deflateSync(bytes);
	const isShorter = deflated.length < bytes.length;
	const sent = new Uint8Array(1 + (isShorter ? deflated : bytes).length);
	sent[0] = isShorter ? DEFLATED : AS_IT_IS;
	sent.set(isShorter ? deflated : bytes, 1);
	return sent;
}

/** @throws Problem `malformed`, `too-large` */
export function unpacked(sent: Uint8Array): Bytes {
	const body = new Uint8Array(sent.subarray(1));
	if (sent[0] === AS_IT_IS) return body;
	if (sent[0] !== DEFLATED) throw new Problem('malformed', { reason: 'packing' });
	return inflated(body, MOST_UNPACKED, 'raw');
}

import { concatBytes, fromBase64url, toBase64url, uint64, type Bytes } from '../bytes/bytes.ts';
import { idBytes, type AccountId, type SpaceId } from '../bytes/ids.ts';
import { labelBytes } from '../crypto/hash.ts';
import { Problem } from '../problem.ts';
import { withEntry } from '../vault/content.ts';
import type { VerificationActions } from './actions.ts';
import { forumOf, type Membership } from './membership.ts';
import type { ChainWords, SafetyCode } from './types.ts';
import { sixWords } from './words.ts';

const { subtle } = globalThis.crypto;
const GROUPS = 12;
const DIGITS = 5;
/** Bytes for each group: 40 bits make five digits as good as even. */
const GROUP_BYTES = 5;
/** Stretching, as for six words: 199 bits need none, but a person may compare only the first groups. */
const ITERATIONS = 2 ** 17;
const PAYLOAD = 'multaqa-safety-code:1:';

/**
 * What two people compare: 12 groups of 5 digits over both identity keys (an account id is the hash of one), the same
 * on both sides, by PBKDF2-HMAC-SHA256 (RFC 8018).
 */
export async function safetyCode(one: AccountId, other: AccountId): Promise<SafetyCode> {
	const pair = [one, other].sort().map((account) => idBytes(account));
	const key = await subtle.importKey('raw', concatBytes(...pair), 'PBKDF2', false, ['deriveBits']);
	const salt = labelBytes('safety-code');
	const length = GROUPS * GROUP_BYTES * 8;
	const bits = new Uint8Array(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS }, key, length));
	const groups = Array.from({ length: GROUPS }, (_, place) => digits(bits.subarray(place * GROUP_BYTES, (place + 1) * GROUP_BYTES)));
	return { groups, payload: PAYLOAD + toBase64url(concatBytes(...pair)) };
}

function digits(bytes: Uint8Array): string {
	const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
	return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** True when a scanned text is the safety code of these two. @throws Problem `malformed` when it is none at all */
export function isSafetyCodeOf(scanned: string, one: AccountId, other: AccountId): boolean {
	const text = scanned.trim();
	if (!text.startsWith(PAYLOAD)) throw new Problem('malformed', { reason: 'safety code' });
	const pair = concatBytes(...[one, other].sort().map((account) => idBytes(account)));
	return toBase64url(read(text.slice(PAYLOAD.length))) === toBase64url(pair);
}

function read(text: string): Bytes {
	try {
		return fromBase64url(text);
	} catch {
		throw new Problem('malformed', { reason: 'safety code' });
	}
}

interface VerifiedForum extends Membership {
	changed(): Promise<void>;
}

/** Whether people and chains are who and what they seem. What was found stays in the vault. */
export class Verification implements VerificationActions {
	readonly #forum: VerifiedForum;

	constructor(forum: VerifiedForum) {
		this.#forum = forum;
	}

	safetyCode(account: AccountId): Promise<SafetyCode> {
		return safetyCode(this.#forum.keys.account, account);
	}

	async compare(account: AccountId, scanned: string): Promise<boolean> {
		const matches = isSafetyCodeOf(scanned, this.#forum.keys.account, account);
		await this.mark(account, matches ? 'match' : 'mismatch');
		return matches;
	}

	async mark(account: AccountId, outcome: 'match' | 'mismatch' | null): Promise<void> {
		const since = Math.floor(this.#forum.ports.now() / 1000);
		await this.#forum.keys.update((content) => withEntry(content, 'people', account, outcome && { outcome, since }));
		await this.#forum.changed();
	}

	async chainWords(space: SpaceId | null): Promise<ChainWords> {
		const { world } = this.#forum.chains;
		const chain = space === null ? forumOf(world) : world.rosters.get(space);
		if (!chain) throw new Problem('not-found');
		return { words: await sixWords(idBytes(chain.id), uint64(chain.seq), idBytes(chain.head)), links: chain.seq + 1 };
	}
}

import { Problem } from '../problem.ts';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId, type ChainId } from '../bytes/ids.ts';
import { hash } from '../crypto/hash.ts';

/** What a device signs (label `device-proof`) for a route with `device` access. `path` as requested, no query. */
export function proofMessage(method: string, path: string, nonce: string, body: Uint8Array): Bytes {
	return encodeCbor([method, path, nonce, hash('body-hash', body)]);
}

/** What the invitation key signs (label `invitation-open`) to be shown an invitation. */
export const openInvitationMessage = (forum: ChainId): Bytes => concatBytes(idBytes(forum));

/** What the identity key signs (label `session`) to sign in with the recovery sheet. */
export const sessionMessage = (account: AccountId, nonce: Uint8Array): Bytes => concatBytes(idBytes(account), nonce);

/** Far longer than anybody types; a page that is pasted by mistake is not folded. */
const LONGEST_NAME = 1_000;

/** A login handle: the server never sees the login name. Folded, so that case and spaces do not matter. */
export function loginHandle(forum: ChainId, name: string): Bytes {
	if (name.length > LONGEST_NAME) throw new Problem('malformed', { reason: 'login name' });
	return hash('handle', idBytes(forum), utf8(name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')));
}

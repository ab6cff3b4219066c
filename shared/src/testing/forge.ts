import { decodeLink, encodeLink, encodeLinkContent, type Link, type LinkContent } from '../chain/link.ts';
import { sign, type SigningKey } from '../crypto/sign.ts';

/**
 * A link with other contents, properly signed with `key`: what somebody writes whose program keeps no rules. A
 * first link names no chain unless `changes` do.
 */
export async function forgeLink(link: Link, key: SigningKey, changes: Partial<LinkContent>): Promise<Link> {
	const first = link.chain === (link.hash as string);
	const signed = encodeLinkContent({ ...link, chain: first ? null : link.chain, ...changes });
	return decodeLink(encodeLink(signed, await sign(key, 'link', signed)));
}

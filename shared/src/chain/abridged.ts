import { concatBytes, fromBase64url, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type Cbor } from '../bytes/cbor.ts';
import { idBytes, type AccountId, type ChainId, type DeviceId, type Hash } from '../bytes/ids.ts';
import { Problem } from '../problem.ts';
import * as read from './link.ts';
import type { ChainKind, Cite, Link, LinkContent } from './link.ts';
import { accountOf } from './user-log.ts';
import type { World } from './world.ts';

/**
 * How a link is stored and sent by the server: without the hashes that whoever has the links before it can put in
 * again, half of its bytes. Nothing is taken on trust by that: what is put in wrongly is not what was signed.
 */

/** The head of a chain at a place, as far as it is known. */
export type Heads = (kind: ChainKind, chain: ChainId, seq: number) => Hash | undefined;

/** Of the hash before, enough to tell a link of another history from one that was altered. */
const MARK_LENGTH = 3;

export function headsOf(world: World): Heads {
	return (kind, chain, seq) => chainOf(world, kind, chain)?.heads[seq];
}

function chainOf({ users, directory, rosters }: World, kind: ChainKind, chain: ChainId) {
	if (kind === 'user') return users.get(chain as string as AccountId);
	return kind === 'directory' ? directory : rosters.get(chain);
}

/** The short form of a link whose forerunners the reader has. */
export function abridge(link: Link): Bytes {
	return encodeCbor([
		read.LINK_VERSION,
		read.kindNumber(link.kind),
		link.seq === 0 ? null : idBytes(link.chain),
		link.seq,
		link.prev === null ? null : markOf(link.prev),
		link.type,
		link.body,
		isNamedByItsKey(link) ? null : idBytes(link.by),
		link.device === null ? null : idBytes(link.device),
		link.time,
		link.log?.seq ?? null,
		link.directory?.seq ?? null,
		link.signature,
	]);
}

const markOf = (head: Hash): Bytes => fromBase64url(head.slice(0, (MARK_LENGTH * 4) / 3));

/** The first link of a user log brings the identity key, and the account is that key's hash. */
const isNamedByItsKey = ({ kind, seq, body, by }: Pick<LinkContent, 'kind' | 'seq' | 'body' | 'by'>): boolean =>
	kind === 'user' && seq === 0 && body['ik'] instanceof Uint8Array && accountOf(body['ik']) === by;

/**
 * The whole link again.
 * @throws Problem `malformed`, `too-large`, `unknown-version`; `stale`: it follows another history, or a link that is
 *   not here; `unknown-sender`: it cites what is not here yet
 */
export function complete(bytes: Uint8Array, heads: Heads): Link {
	const fields = decodeCbor(bytes, read.LINK_LIMITS);
	if (!Array.isArray(fields)) throw new Problem('malformed', { reason: 'link' });
	read.checkVersion(fields);
	const [, kindOf, chainId, seqOf, mark, type, bodyOf, by, device, time, log, directory, signature] = read.asArray(fields, 13);
	const [kind, seq, body] = [read.asKind(kindOf), read.asCount(seqOf), read.asMap(bodyOf)];
	const author = by === null ? accountOf(read.asBytes(body['ik'], 32)) : read.asId<AccountId>(by);
	const chain = chainId === null ? firstName(kind, author) : read.asId<ChainId>(chainId);
	const content: LinkContent = {
		kind,
		chain,
		seq,
		prev: mark === null ? null : headBefore(heads, kind, chain, seq, read.asBytes(mark, MARK_LENGTH)),
		type: read.asText(type),
		body,
		by: author,
		device: device === null ? null : read.asId<DeviceId>(device),
		time: read.asCount(time),
		log: log === null ? null : citeAt(read.asCount(log), (place) => heads('user', author as string as ChainId, place)),
		directory: directory === null ? null : citeAt(read.asCount(directory), (place) => heads('directory', DIRECTORY, place)),
	};
	// The ids that came as bytes are not turned into text and back: this runs for every link of a forum.
	const signed = read.encodeLinkFields({
		kind,
		seq,
		type: content.type,
		body,
		time: content.time,
		chain: chainId instanceof Uint8Array ? chainId : bytesOf(chain),
		prev: bytesOf(content.prev),
		by: by instanceof Uint8Array ? by : idBytes(author),
		device: device instanceof Uint8Array ? device : null,
		log: read.encodeCite(content.log),
		directory: read.encodeCite(content.directory),
	});
	const signedBy = concatBytes(read.asBytes(signature, 64));
	return read.linkOf(content, signed, signedBy, new Uint8Array(read.encodeLink(signed, signedBy)));
}

const bytesOf = (id: string | null): Bytes | null => (id === null ? null : idBytes(id));

/** A forum has one directory: its heads are asked for without its name. */
const DIRECTORY = '' as ChainId;

/** A user log is named by its account from the start; other chains get their name from their first link. */
const firstName = (kind: ChainKind, author: AccountId): ChainId | null => (kind === 'user' ? (author as string as ChainId) : null);

function headBefore(heads: Heads, kind: ChainKind, chain: ChainId | null, seq: number, mark: Uint8Array): Hash {
	const head = chain === null || seq === 0 ? undefined : heads(kind, chain, seq - 1);
	if (head === undefined || !head.startsWith(toBase64url(mark))) throw new Problem('stale');
	return head;
}

function citeAt(seq: number, headAt: (seq: number) => Hash | undefined): Cite {
	const head = headAt(seq);
	if (head === undefined) throw new Problem('unknown-sender');
	return { seq, head };
}

/** Links in the order the server took them, each completed from those before it and from `world`. */
export const completeAll = (links: readonly Uint8Array[], world: World): Link[] => [...completeEach(links, world)];

/** The same, one after another as they are asked for. */
export function* completeEach(links: readonly Uint8Array[], world: World): Generator<Link> {
	const before = headsOf(world);
	const fresh = new Map<string, Hash>();
	const place = (kind: ChainKind, chain: ChainId, seq: number) => `${kind}/${kind === 'directory' ? '' : chain}/${seq}`;
	const heads: Heads = (kind, chain, seq) => fresh.get(place(kind, chain, seq)) ?? before(kind, chain, seq);
	for (const bytes of links) {
		const link = complete(bytes, heads);
		fresh.set(place(link.kind, link.chain, link.seq), link.hash);
		yield link;
	}
}

/** Where an abridged link belongs. `chain: null`: it begins a directory or roster. @throws Problem `malformed` */
export function placeOf(bytes: Uint8Array): { chain: ChainId | null; seq: number } {
	const fields: Cbor = decodeCbor(bytes, read.LINK_LIMITS);
	if (!Array.isArray(fields)) throw new Problem('malformed', { reason: 'link' });
	return { chain: fields[2] === null ? null : read.asId<ChainId>(fields[2]), seq: read.asCount(fields[3]) };
}

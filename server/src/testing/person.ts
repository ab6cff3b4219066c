import { proofMessage } from '@multaqa/shared/api/proof';
import { toBase64url, type Bytes } from '@multaqa/shared/bytes/bytes';
import { encodeCbor } from '@multaqa/shared/bytes/cbor';
import { idBytes, idOf, type AccountId, type ChainId, type DeviceId, type Hash } from '@multaqa/shared/bytes/ids';
import { decodeLink, encodeLink, encodeLinkContent, type Link, type LinkContent } from '@multaqa/shared/chain/link';
import { accountOf } from '@multaqa/shared/chain/user-log';
import { acceptLink, type World } from '@multaqa/shared/chain/world';
import { hash } from '@multaqa/shared/crypto/hash';
import { sign, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { randomBytes } from 'node:crypto';
import { openAuthenticator, type Authenticator } from './authenticator.ts';
import { openBrowser, type Browser } from './http.ts';

/** What somebody brings to any browser. Encryption keys are random bytes: the server could not tell. */
export interface PersonKeys {
	readonly account: AccountId;
	readonly identity: SigningKey;
	readonly deviceKey: SigningKey;
	readonly device: DeviceId;
	readonly encryptionKey: Bytes;
	readonly authenticator: Authenticator;
}

/** Somebody with real signing keys, in a browser. */
export interface Person extends PersonKeys {
	readonly browser: Browser;
	/** Of the session; set by whoever signs in. */
	nonce: string;
	/** Signs a request with the device's key. */
	readonly prove: (method: string, path: string, body: Uint8Array) => Promise<string>;
}

export const random = (length: number): Bytes => new Uint8Array(randomBytes(length));
export const keyHash = (key: Uint8Array): Hash => idOf<Hash>(hash('public-key', key));

export async function newPerson(url: string): Promise<Person> {
	const identity = await signingKeyFromSeed(random(32));
	const deviceKey = await signingKeyFromSeed(random(32));
	const device = idOf<DeviceId>(deviceKey.publicKey);
	const account = accountOf(identity.publicKey);
	return inBrowser({ account, identity, deviceKey, device, encryptionKey: random(1216), authenticator: openAuthenticator() }, url);
}

/** The same person in a browser that is not signed in. */
export function inBrowser(keys: PersonKeys, url: string): Person {
	const person: Person = {
		...keys,
		browser: openBrowser(url),
		nonce: '',
		async prove(method, path, body) {
			const signature = await sign(keys.deviceKey, 'device-proof', proofMessage(method, path, person.nonce, body));
			return `${keys.device}.${toBase64url(signature)}`;
		},
	};
	return person;
}

/** What a link says; place, time and cites are filled in. */
export interface Draft {
	readonly kind: Link['kind'];
	readonly chain?: ChainId;
	readonly type: string;
	readonly body: LinkContent['body'];
	readonly time?: number;
}

/** Signs drafts one after another on top of `world`, as that person's client would. */
export async function signLinks(person: Person, world: World, drafts: readonly Draft[]): Promise<{ links: Link[]; world: World }> {
	const links: Link[] = [];
	let staged = world;
	for (const draft of drafts) {
		const link = await signLink(person, staged, draft);
		staged = await acceptLink(staged, link);
		links.push(link);
	}
	return { links, world: staged };
}

/** One signed link, whether or not the rules would take it. */
export async function signLink(person: Person, world: World, draft: Draft): Promise<Link> {
	const tail = tailOf(world, draft);
	const byIdentity = draft.kind === 'user' || draft.type === 'account.admit';
	const log = world.users.get(person.account);
	const signed = encodeLinkContent({
		kind: draft.kind,
		chain: draft.chain ?? null,
		seq: tail ? tail.seq + 1 : 0,
		prev: tail?.head ?? null,
		type: draft.type,
		body: draft.body,
		by: person.account,
		device: byIdentity ? null : person.device,
		time: draft.time ?? Math.max(Math.floor(Date.now() / 1000), tail?.time ?? 0),
		log: byIdentity || !log ? null : { seq: log.seq, head: log.head },
		directory: draft.kind === 'roster' && world.directory ? { seq: world.directory.seq, head: world.directory.head } : null,
	});
	return decodeLink(encodeLink(signed, await sign(byIdentity ? person.identity : person.deviceKey, 'link', signed)));
}

function tailOf(world: World, { kind, chain }: Draft) {
	if (kind === 'user') return chain ? world.users.get(chain as string as AccountId) : undefined;
	if (chain === undefined) return undefined;
	return kind === 'directory' ? (world.directory ?? undefined) : world.rosters.get(chain);
}

/** The first two links of every person. */
export const introduction = (person: Person): Draft[] => {
	const chain = person.account as string as ChainId;
	return [
		{ kind: 'user', chain, type: 'identity.create', body: { ik: person.identity.publicKey, key: idBytes(keyHash(person.encryptionKey)) } },
		{ kind: 'user', chain, type: 'device.add', body: { device: person.deviceKey.publicKey } },
	];
};

/** A sealed event as the server sees one: its version, its generation, and bytes it cannot read. */
export const newEnvelope = (generation = 1, size = 300): Bytes => encodeCbor([1, generation, random(size)]);

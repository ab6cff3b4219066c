import { chains, spaces } from '@multaqa/shared/api/index';
import type { StreamId } from '@multaqa/shared/bytes/ids';
import { encodeLink, encodeLinkContent, type LinkContent } from '@multaqa/shared/chain/link';
import { sign, type SigningKey } from '@multaqa/shared/crypto/sign';
import { postsOf } from '@multaqa/shared/threads/posts';
import { sent, startForum, until, type Person, type TestForum } from './forum.ts';
import { createLiar, type Liar } from './liar.ts';
import { readLinks } from './links.ts';

/** What the server must not be able to do, tried by a server that lies. The table in SECURITY.md names these stories. */
export interface LiedTo {
	readonly forum: TestForum;
	readonly liar: Liar;
	/** Reaches the server through the liar and hears nothing by himself. */
	readonly bob: Person;
}

export async function startLie(): Promise<LiedTo> {
	const forum = await startForum();
	const liar = createLiar();
	const bob = await forum.join('باسل', { send: liar.send, deaf: true });
	await sent(bob);
	await until('Alice knows Bob', () => forum.alice.client.spaces[0]?.members.length === 2);
	return { forum, liar, bob };
}

export const accountOf = ({ client }: Person) => client.status.account!;
export const found = ({ client }: Person) => client.findings.map(({ kind, code, rule }) => `${kind}:${rule ?? code}`);
export const members = ({ client }: Person) => client.spaces[0]?.members.map(({ account }) => account) ?? [];

export const textsIn = ({ space }: TestForum, { client }: Person, stream: StreamId) =>
	postsOf(client.events(space.id, stream)).map((item) => (item.kind === 'post' ? item.text : item.kind));

/** Bob looks again, as he does by himself every time his line opens. */
export const looksAt = ({ space }: TestForum, { client }: Person) => client.refresh(space.id).catch(() => undefined);

/** A link as somebody writes it who has a signing key and no scruples. */
export async function forged(content: LinkContent, key: SigningKey): Promise<Uint8Array<ArrayBuffer>> {
	const signed = encodeLinkContent(content);
	return encodeLink(signed, await sign(key, 'link', signed));
}

/** The links of all that the server really serves to everybody. */
export async function servedBy({ alice }: TestForum) {
	const { links } = await alice.device.ports.transport.call(chains.read, { params: {}, request: { after: 0 } });
	return readLinks(links);
}

/** Those of the space. */
export async function rosterLinksOf({ alice, space }: TestForum) {
	const request = { roster: 0, after: 0, generation: 1, whole: null };
	const { transport } = alice.device.ports;
	const shared = await transport.call(chains.read, { params: {}, request: { after: 0 } });
	const { links } = await transport.call(spaces.sync, { params: { space: space.id }, request });
	return readLinks([...shared.links, ...links]).filter(({ kind }) => kind === 'roster');
}

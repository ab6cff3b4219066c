import { accounts, forum, session } from '@multaqa/shared/api/accounts';
import { chains } from '@multaqa/shared/api/chain';
import { openInvitationMessage } from '@multaqa/shared/api/proof';
import type { Wrap } from '@multaqa/shared/api/schemas';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import { idBytes, idOf, type ChainId, type InvitationId, type SpaceId } from '@multaqa/shared/bytes/ids';
import { admissionMessage } from '@multaqa/shared/chain/directory';
import { closesHistory } from '@multaqa/shared/chain/roster-reducer';
import { recipientsHash, recipientsOf } from '@multaqa/shared/chain/roster';
import { emptyWorld, type World } from '@multaqa/shared/chain/world';
import { sign, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { inBrowser, introduction, keyHash, newPerson, random, signLinks, type Draft, type Person } from './person.ts';
import type { TestServer } from './server.ts';

/** What the link of an invitation holds. */
export interface Invited {
	readonly id: InvitationId;
	readonly key: SigningKey;
	readonly spaces: readonly SpaceId[];
	readonly role: string;
	readonly kem: Bytes;
}

/** A forum on a real server: its founder, its first space, and how others come in. */
export interface TestForum {
	readonly server: TestServer;
	readonly founder: Person;
	readonly space: SpaceId;
	readonly id: ChainId;
	readonly world: World;
	invite(
		options?: Partial<{ by: Person; role: string; spaces: readonly SpaceId[]; lifetime: number; approval: boolean; organisation: Bytes }>,
	): Promise<Invited>;
	/** What a joiner would send. */
	joining(invited: Invited, person?: Person): Promise<{ person: Person; request: Parameters<typeof sendJoin>[1] }>;
	join(invited: Invited): Promise<Person>;
	/** Signs on top of the server's world and sends. */
	append(by: Person, drafts: readonly Draft[], more?: Partial<{ wraps: Wrap[]; publicKeys: Bytes[] }>): Promise<void>;
}

export const VAULT = Uint8Array.from([1, 2, 3]);

export async function passkeyOf(person: Person) {
	const { challenge, options } = await person.browser.call(accounts.passkeyStart);
	return { kind: 'passkey' as const, challenge, response: person.authenticator.create(options, person.browser.url) };
}

/** What the founder sends with the setup token. */
export async function founding(server: Pick<TestServer, 'url' | 'token'>) {
	const person = await newPerson(server.url);
	const host = random(16);
	const { links: first, world } = await signLinks(person, emptyWorld, [
		...introduction(person),
		{ kind: 'directory', type: 'forum.create', body: { host, salt: random(16) } },
	]);
	const forumId = first[2]!.chain;
	const { links: second, world: withSpace } = await signLinks(person, world, [
		{ kind: 'roster', type: 'space.create', body: { forum: idBytes(forumId), salt: random(16) } },
	]);
	const space = second[0]!.chain;
	const { links: third } = await signLinks(person, withSpace, [rotation(withSpace, space, 1)]);
	const links = [...first, ...second, ...third].map(({ bytes }) => bytes);
	const wraps = [{ space, generation: 1, recipient: person.account as string, bytes: random(64) }];
	const request = {
		token: server.token,
		links,
		wraps,
		publicKeys: [person.encryptionKey],
		vault: VAULT,
		credential: await passkeyOf(person),
	};
	return { person, host, space, id: forumId, request };
}

/** A rotation that reaches exactly the roster and its open invitations. */
export function rotation(world: World, space: SpaceId, generation: number): Draft {
	const roster = world.rosters.get(space)!;
	const directory = world.directory!;
	const now = Math.floor(Date.now() / 1000);
	const recipients = recipientsHash(recipientsOf(roster, directory, world.users, { directory: directory.seq, time: now }));
	const back = closesHistory(roster) ? null : random(60);
	return {
		kind: 'roster',
		chain: space,
		type: 'key.rotate',
		body: { generation, commitment: random(32), recipients: idBytes(recipients), back },
		time: now,
	};
}

function sendJoin(
	person: Person,
	request: {
		invitation: InvitationId;
		links: Bytes[];
		wraps: Wrap[];
		publicKeys: Bytes[];
		vault: Bytes;
		credential: Awaited<ReturnType<typeof passkeyOf>>;
	},
) {
	return person.browser.call(accounts.create, { request });
}

export async function openForum(server: TestServer): Promise<TestForum> {
	const { person: founder, host, space, id, request } = await founding(server);
	({ nonce: founder.nonce } = await founder.browser.call(forum.setup, { request }));
	const self: TestForum = {
		server,
		founder,
		space,
		id,
		get world() {
			return server.context.ledger.world;
		},
		async append(by, drafts, more = {}) {
			const { links } = await signLinks(by, self.world, drafts);
			await by.browser.call(chains.append, { request: { links: links.map(({ bytes }) => bytes), wraps: [], publicKeys: [], ...more } });
		},
		async invite({ by = founder, role = 'member', spaces = [space], lifetime = 3600, approval = false, organisation = host } = {}) {
			const key = await signingKeyFromSeed(random(32));
			const invited: Invited = { id: idOf<InvitationId>(key.publicKey), key, spaces, role, kem: random(1216) };
			const body = {
				invitation: key.publicKey,
				kem: idBytes(keyHash(invited.kem)),
				organisation,
				role,
				spaces: spaces.map((offered) => idBytes(offered)),
				expires: Math.floor(Date.now() / 1000) + lifetime,
				approval,
				replaces: null,
			};
			const { links } = await signLinks(by, self.world, [{ kind: 'directory', chain: id, type: 'invitation.create', body }]);
			const wraps = approval
				? []
				: spaces.map((offered) => ({ space: offered, generation: 1, recipient: invited.id as string, bytes: random(64) }));
			await by.browser.call(chains.append, {
				request: {
					links: links.map(({ bytes }) => bytes),
					wraps,
					publicKeys: [invited.kem],
					sealed: { invitation: invited.id, bytes: random(100) },
				},
			});
			return invited;
		},
		async joining(invited, person) {
			const joiner = person ?? (await newPerson(server.url));
			const key = keyHash(joiner.encryptionKey);
			const message = admissionMessage(id, invited.id, joiner.identity.publicKey, key);
			const proof = await sign(invited.key, 'admission', message);
			const { links } = await signLinks(joiner, self.world, [
				...introduction(joiner),
				{
					kind: 'directory',
					chain: id,
					type: 'account.admit',
					body: { ik: joiner.identity.publicKey, key: idBytes(key), invitation: invited.key.publicKey, proof },
				},
				...invited.spaces.map((offered): Draft => ({
					kind: 'roster',
					chain: offered,
					type: 'member.add',
					body: { account: idBytes(joiner.account), role: invited.role, until: null, invitation: invited.key.publicKey, log: null },
				})),
			]);
			const wraps = invited.spaces.map((offered) => ({
				space: offered,
				generation: 1,
				recipient: joiner.account as string,
				bytes: random(64),
			}));
			const credential = await passkeyOf(joiner);
			const publicKeys = [joiner.encryptionKey];
			return {
				person: joiner,
				request: { invitation: invited.id, links: links.map(({ bytes }) => bytes), wraps, publicKeys, vault: VAULT, credential },
			};
		},
		async join(invited) {
			const { person, request: joining } = await self.joining(invited);
			({ nonce: person.nonce } = await sendJoin(person, joining));
			return person;
		},
	};
	return self;
}

/** The signature that opens an invitation. */
export const knockSignature = (invited: Invited, forumId: ChainId) => sign(invited.key, 'invitation-open', openInvitationMessage(forumId));

/** Signs in with a passkey in a browser of its own. */
export async function signInElsewhere(person: Person): Promise<Person> {
	const other = inBrowser(person, person.browser.url);
	const { attempt, options } = await other.browser.call(session.passkeyStart);
	const response = person.authenticator.get(options, person.browser.url);
	({ nonce: other.nonce } = await other.browser.call(session.passkeyFinish, { request: { attempt, response } }));
	return other;
}

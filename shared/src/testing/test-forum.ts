import type { Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, SHORT_ID_LENGTH, type ChainId, type OrganisationId, type SpaceId } from '../bytes/ids.ts';
import { admissionMessage, type Directory } from '../chain/directory.ts';
import type { Link } from '../chain/link.ts';
import type { Role } from '../chain/roles.ts';
import { closesHistory } from '../chain/roster-reducer.ts';
import { recipientsHash, recipientsOf, type Recipient, type Roster } from '../chain/roster.ts';
import { acceptLink, emptyWorld, type World } from '../chain/world.ts';
import { Stage, type Draft } from '../client/chains.ts';
import { commitmentOf, sealBack } from '../client/generations.ts';
import { invitationKeys, newInvitationSecret, type InvitationKeys } from '../client/invitation.ts';
import { sign } from '../crypto/sign.ts';
import { keyHashBytes, keyHashOf, personNamed, type Person } from './person.ts';

export const START = 1_795_000_000;
export const DAY = 24 * 60 * 60;

export interface Invited {
	readonly keys: InvitationKeys;
	readonly role: Role;
	readonly spaces: readonly SpaceId[];
	readonly expires: number;
}

interface InviteOptions {
	readonly role?: Role;
	readonly spaces?: readonly SpaceId[];
	readonly approval?: boolean;
	readonly organisation?: OrganisationId;
	readonly replaces?: Person | null;
}

/** A forum with real keys and real links, a clock that the test turns, and every link in the order it was taken. */
export class TestForum {
	world: World = emptyWorld;
	now = START;
	readonly links: Link[] = [];
	/** Generation keys as every honest member knows them: `<space>/<generation>`. */
	readonly generationKeys = new Map<string, Bytes>();

	/** A second course of the same story: what happens there does not happen here. */
	fork(): TestForum {
		const fork = new TestForum();
		fork.world = this.world;
		fork.now = this.now;
		fork.links.push(...this.links);
		for (const [name, key] of this.generationKeys) fork.generationKeys.set(name, key);
		return fork;
	}

	get directory(): Directory {
		if (!this.world.directory) throw new Error('the forum is not founded');
		return this.world.directory;
	}

	roster(space: SpaceId): Roster {
		const roster = this.world.rosters.get(space);
		if (!roster) throw new Error('there is no such space');
		return roster;
	}

	/** Signs a link as the person's own program would, and has everybody's rules look at it. */
	async write(person: Person, draft: Draft): Promise<Link> {
		const stage = new Stage(this.world, person.signer, this.now);
		const link = await stage.add(draft);
		this.world = stage.world;
		this.links.push(link);
		return link;
	}

	/** A link that somebody made by other means. */
	async take(link: Link): Promise<void> {
		this.world = await acceptLink(this.world, link);
		this.links.push(link);
	}

	ofUser = (person: Person, type: string, body: Draft['body']): Promise<Link> =>
		this.write(person, { kind: 'user', chain: person.chain, type, body, byIdentity: true });

	ofDirectory = (person: Person, type: string, body: Draft['body']): Promise<Link> =>
		this.write(person, { kind: 'directory', chain: this.directory.id, type, body });

	ofSpace = (person: Person, space: SpaceId, type: string, body: Draft['body']): Promise<Link> =>
		this.write(person, { kind: 'roster', chain: space, type, body });

	async introduce(person: Person): Promise<void> {
		await this.ofUser(person, 'identity.create', { ik: person.identity.publicKey, key: keyHashBytes(person.userKey) });
		await this.ofUser(person, 'device.add', { device: person.device.publicKey });
	}

	async found(person: Person): Promise<ChainId> {
		const body = { host: person.random(SHORT_ID_LENGTH), salt: person.random(16) };
		return (await this.write(person, { kind: 'directory', chain: null, type: 'forum.create', body })).chain;
	}

	async createSpace(person: Person): Promise<SpaceId> {
		const body = { forum: idBytes(this.directory.id), salt: person.random(16) };
		const { chain } = await this.write(person, { kind: 'roster', chain: null, type: 'space.create', body });
		await this.rotate(person, chain);
		return chain;
	}

	/** The next key of a space, for exactly those who should have it, or with `changes` for a dishonest rotation. */
	async rotate(person: Person, space: SpaceId, changes: Draft['body'] = {}): Promise<Link> {
		const roster = this.roster(space);
		const generation = roster.generations.length + 1;
		const key = person.random(32);
		const before = this.generationKeys.get(`${space}/${generation - 1}`);
		const time = Math.max(this.now, roster.time);
		const recipients = this.recipients(space, time);
		const link = await this.ofSpace(person, space, 'key.rotate', {
			generation,
			commitment: commitmentOf(space, generation, key),
			recipients: idBytes(recipientsHash(recipients)),
			back: before && !closesHistory(roster) ? await sealBack(space, generation, key, before, person.random) : null,
			...changes,
		});
		this.generationKeys.set(`${space}/${generation}`, key);
		return link;
	}

	/** Exactly who gets the next key of a space. */
	recipients(space: SpaceId, time = this.now): readonly Recipient[] {
		return recipientsOf(this.roster(space), this.directory, this.world.users, { directory: this.directory.seq, time });
	}

	async invite(
		person: Person,
		{ role = 'member', spaces = [], approval = false, organisation = this.directory.host, replaces = null }: InviteOptions = {},
	): Promise<Invited> {
		const keys = await invitationKeys(newInvitationSecret(person.random));
		const expires = this.now + 3 * DAY;
		await this.ofDirectory(person, 'invitation.create', {
			invitation: idBytes(keys.id),
			kem: keyHashBytes(keys.kem),
			organisation: idBytes(organisation, SHORT_ID_LENGTH),
			role,
			spaces: spaces.map((space) => idBytes(space)),
			expires,
			approval,
			replaces: replaces && idBytes(replaces.account),
		});
		return { keys, role, spaces, expires };
	}

	/** Uses an invitation for the forum itself; `changes` for what an attacker would put in. */
	async admit(person: Person, { keys }: Pick<Invited, 'keys'>, changes: Draft['body'] = {}): Promise<Link> {
		const key = keyHashOf(person.userKey);
		const ik = person.identity.publicKey;
		const proof = await sign(keys.signing, 'admission', admissionMessage(this.directory.id, keys.id, ik, key));
		const body = { ik, key: idBytes(key), invitation: idBytes(keys.id), proof, ...changes };
		return this.write(person, { kind: 'directory', chain: this.directory.id, type: 'account.admit', body, byIdentity: true });
	}

	enter = (person: Person, space: SpaceId, { keys, role, expires }: Invited, changes: Draft['body'] = {}): Promise<Link> =>
		this.ofSpace(person, space, 'member.add', {
			account: idBytes(person.account),
			role,
			until: role === 'guest' ? expires : null,
			invitation: idBytes(keys.id),
			log: null,
			...changes,
		});

	addMember = (person: Person, space: SpaceId, added: Person, role: Role, until: number | null = null): Promise<Link> =>
		this.ofSpace(person, space, 'member.add', {
			account: idBytes(added.account),
			role,
			until,
			invitation: null,
			log: person === added ? null : this.citeOf(added),
		});

	/** The user log of somebody as it stands now, as bodies of links carry it. */
	citeOf({ account }: Person): [number, Uint8Array] {
		const log = this.world.users.get(account);
		return [log?.seq ?? 0, log ? idBytes(log.head) : new Uint8Array(32)];
	}

	removeMember = (person: Person, space: SpaceId, removed: Person): Promise<Link> =>
		this.ofSpace(person, space, 'member.remove', { account: idBytes(removed.account) });

	setRole = (person: Person, space: SpaceId, changed: Person, role: Role): Promise<Link> =>
		this.ofSpace(person, space, 'role.set', { account: idBytes(changed.account), role });

	/** Somebody invited and entered: the whole way of a joiner. */
	async join(name: string, inviter: Person, options: InviteOptions = {}): Promise<Person> {
		const person = await personNamed(name);
		await this.introduce(person);
		const invited = await this.invite(inviter, options);
		await this.admit(person, invited);
		for (const space of invited.spaces) await this.enter(person, space, invited);
		return person;
	}

	newOrganisation = async (person: Person): Promise<OrganisationId> => {
		const organisation = person.random(SHORT_ID_LENGTH);
		await this.ofDirectory(person, 'organisation.add', { organisation });
		return idOf<OrganisationId>(organisation);
	};
}

export interface Story {
	readonly forum: TestForum;
	/** Founder, coordinator of the forum and of the space. */
	readonly alice: Person;
	readonly space: SpaceId;
}

/** Alice has founded a forum with one space. */
export async function foundedByAlice(): Promise<Story> {
	const forum = new TestForum();
	const alice = await personNamed('Alice');
	await forum.introduce(alice);
	await forum.found(alice);
	return { forum, alice, space: await forum.createSpace(alice) };
}

export interface Company extends Story {
	/** A member of the space. */
	readonly bob: Person;
	/** A facilitator of the space. */
	readonly carol: Person;
	/** Belongs to the forum, not to the space, and means no good. */
	readonly mallory: Person;
}

/** Alice's forum with everybody in it. */
export async function company(): Promise<Company> {
	const story = await foundedByAlice();
	const { forum, alice, space } = story;
	const bob = await forum.join('Bob', alice, { spaces: [space] });
	const carol = await forum.join('Carol', alice, { spaces: [space], role: 'facilitator' });
	const mallory = await forum.join('Mallory', alice);
	return { ...story, bob, carol, mallory };
}

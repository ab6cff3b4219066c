import { MAX_LINK, MAX_WRAP } from '../api/schemas.ts';
import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { idOf, SHORT_ID_LENGTH, type OrganisationId } from '../bytes/ids.ts';
import { pad, unpad } from '../bytes/padding.ts';
import { abridge, complete, headsOf } from '../chain/abridged.ts';
import { asArray, asBytes, decodeLink } from '../chain/link.ts';
import { recoveryKey } from '../chain/recovery.ts';
import { acceptLink, emptyWorld } from '../chain/world.ts';
import { openBack, sealBack, unwrapGeneration, wrapGeneration } from '../client/generations.ts';
import { admitKey } from '../crypto/sign.ts';
import { KEM_PUBLIC_KEY_LENGTH, wrap } from '../crypto/wrap.ts';
import { openEvent, readEnvelope, streamKey } from '../log/envelope.ts';
import { decodeEvent, signEvent, verifyEvent } from '../log/event.ts';
import { StreamHistory } from '../log/history.ts';
import { decodeVault, emptyVault, encodeVault } from '../vault/content.ts';
import { makeDeposit, openDeposit, passOnShare } from '../vault/deposit.ts';
import { addMethod, createVault, openVault, openVaultWithKey, readMethods, sealVault } from '../vault/vault.ts';
import { frameReaders } from './hostile-schemas.ts';
import { documentReaders } from './hostile-documents.ts';
import { exchangeReaders } from './hostile-exchange.ts';
import { fileReaders } from './hostile-files.ts';
import { publicationReaders } from './hostile-publications.ts';
import { textReaders } from './hostile-texts.ts';
import type { Person } from './person.ts';
import { company, type Company } from './test-forum.ts';
import { newStreamId, nextEvent, post } from './writer.ts';

/** Something that reads bytes from outside. It may answer or throw a Problem, soon. */
export interface HostileReader {
	readonly name: string;
	readonly read: (bytes: Uint8Array) => unknown;
	/** Something valid, to be broken. */
	readonly sample: Bytes;
	/** Longest input that ever gets here, if that is known. */
	readonly most?: number;
}

/** Every reader of bytes and texts from outside in this package; those that only differ by a schema are {@link schemaReaders}. */
export async function hostileReaders(): Promise<readonly HostileReader[]> {
	const story = await company();
	const groups = [
		chainReaders(story),
		logReaders(story),
		vaultReaders(story),
		keyReaders(story),
		recoveryReaders(story),
		textReaders(story),
		publicationReaders(),
	];
	return [...(await Promise.all(groups)).flat(), ...frameReaders, ...fileReaders(), ...documentReaders(), ...exchangeReaders()];
}

async function chainReaders({ forum }: Company): Promise<readonly HostileReader[]> {
	const [last, ...links] = forum.links.toReversed();
	if (!last) throw new Error('the forum has no links');
	let world = emptyWorld;
	for (const link of links.toReversed()) world = await acceptLink(world, link);
	return [
		{ name: 'CBOR', read: decodeCbor, sample: encodeCbor({ a: [1, { b: 'ب' }], c: new Uint8Array(3) }) },
		{ name: 'a link', read: decodeLink, sample: last.bytes },
		{ name: 'an abridged link', read: (bytes) => acceptLink(world, complete(bytes, headsOf(world))), sample: abridge(last) },
		{ name: 'a link, held against the rules', read: (bytes) => acceptLink(world, decodeLink(bytes)), sample: last.bytes },
	];
}

async function logReaders({ forum, space, bob }: Company): Promise<readonly HostileReader[]> {
	const stream = newStreamId();
	const desk = { forum, space, stream };
	const content = nextEvent(bob, desk, new StreamHistory());
	const { bytes } = await signEvent(content, bob.device);
	const envelope = concatBytes((await post(bob, desk, content)).envelope);
	const key = await streamKey(forum.generationKeys.get(`${space}/${content.generation}`) ?? new Uint8Array(32), space, stream);
	return [
		{ name: 'an event', read: async (event) => verifyEvent(await decodeEvent(event)), sample: bytes },
		{ name: 'an envelope', read: readEnvelope, sample: envelope },
		{ name: 'an envelope, opened', read: (sealed) => openEvent(key, readEnvelope(sealed), space, stream), sample: envelope },
		{ name: 'padding', read: unpad, sample: pad(new Uint8Array(100)) },
	];
}

async function vaultReaders({ alice }: Company): Promise<readonly HostileReader[]> {
	const { account, random } = alice;
	const secret = random(32);
	const content = emptyVault(random(19), random(32), 'Alice');
	const vault = await addMethod(createVault(account, content, random), 'sheet', '', secret);
	const blob = await sealVault(vault, random);
	return [
		{ name: 'the ways to open a vault', read: readMethods, sample: blob },
		{ name: 'a vault, with a way to unlock', read: (bytes) => openVault(account, bytes, 'sheet', secret, 0), sample: blob },
		{ name: 'a vault, with its key', read: (bytes) => openVaultWithKey(account, bytes, vault.key, 0), sample: blob },
		{ name: 'the content of a vault', read: decodeVault, sample: encodeVault(content) },
	];
}

async function keyReaders({ forum, space, alice, bob }: Company): Promise<readonly HostileReader[]> {
	const roster = forum.roster(space);
	const [first] = roster.generations;
	const key = forum.generationKeys.get(`${space}/1`);
	if (!first || !key) throw new Error('the space has no key');
	const next = alice.random(32);
	const back = await sealBack(space, 2, next, key, alice.random);
	const sealedBack = (bytes: Uint8Array) => ({ ...first, generation: 2, back: concatBytes(bytes) });
	return [
		{ name: 'a public signing key', read: admitKey, sample: bob.device.publicKey },
		{ name: 'a public encryption key', read: (bytes) => wrap(fitted(bytes), 'generation', key, back), sample: bob.userKey.publicKey },
		{
			name: 'a wrap',
			read: (bytes) => unwrapGeneration(bob.userKey.seed, bytes, roster, 1),
			sample: await wrapGeneration(bob.userKey.publicKey, space, 1, key),
			most: MAX_WRAP,
		},
		{ name: 'a key sealed back', read: (bytes) => openBack(roster, sealedBack(bytes), next), sample: back, most: MAX_LINK },
	];
}

/** Of the right length: another one is refused before anything is done. */
const fitted = (bytes: Uint8Array): Bytes => concatBytes(bytes, new Uint8Array(KEM_PUBLIC_KEY_LENGTH)).slice(0, KEM_PUBLIC_KEY_LENGTH);

/** What the server hands to somebody who lost every device: the box, and the shares that two organisations passed on. */
async function recoveryReaders({ alice, bob, carol, mallory }: Company): Promise<readonly HostileReader[]> {
	const key = recoveryKey(bob.account, mallory.userKey.publicKey, mallory.device.publicKey);
	const holders = [alice, carol].map((person) => ({
		organisation: idOf<OrganisationId>(person.random(SHORT_ID_LENGTH)),
		coordinator: person.account,
		publicKey: person.userKey.publicKey,
	}));
	const deposit = await makeDeposit(bob.account, bob.random(19), holders, bob.random);
	const target = { key, publicKey: mallory.userKey.publicKey };
	const shares = await Promise.all(
		deposit.shares.map((share, place) => passOnShare(bob.account, deposit.id, share, seedsOf([alice, carol][place]), target)),
	);
	const read = (bytes: Uint8Array) => {
		const [box, one, other] = asArray(decodeCbor(bytes), 3).map((part) => asBytes(part));
		const passedOn = deposit.shares.map(({ organisation }, place) => ({ organisation, bytes: [one, other][place] ?? bytes }));
		return openDeposit(bob.account, { deposit: deposit.id, box: box ?? bytes, shares: passedOn }, { key, seed: mallory.userKey.seed });
	};
	return [{ name: 'the box and the shares of a recovery', read, sample: encodeCbor([deposit.box, ...shares]) }];
}

const seedsOf = (person: Person | undefined): readonly Bytes[] => (person ? [person.userKey.seed] : []);

import { storePublicKeys } from '@multaqa/server/chain/public-keys';
import type { RunningServer } from '@multaqa/server/server';
import { concatBytes, type Bytes } from '@multaqa/shared/bytes/bytes';
import { idBytes, idOf, SHORT_ID_LENGTH, type ChainId, type DeviceId, type SpaceId } from '@multaqa/shared/bytes/ids';
import { admissionMessage, type Directory } from '@multaqa/shared/chain/directory';
import { accountOf } from '@multaqa/shared/chain/user-log';
import type { World } from '@multaqa/shared/chain/world';
import { Stage, type Signer } from '@multaqa/shared/client/chains';
import { publicKeyHash } from '@multaqa/shared/client/public-keys';
import { sign, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { kemKeyFromSeed, type KemKey } from '@multaqa/shared/crypto/wrap';

const DAY = 24 * 60 * 60;
const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Somebody of the crowd, with real keys of their own, who never comes by themselves. */
export interface Absent {
	readonly signer: Signer;
	readonly device: SigningKey;
	readonly kem: KemKey;
	/** Of the invitation that let them in. */
	readonly invitation: SigningKey;
}

async function absent(): Promise<Absent> {
	const [identity, device, invitation] = await Promise.all([random(32), random(32), random(32)].map(signingKeyFromSeed));
	if (!identity || !device || !invitation) throw new Error('no keys');
	const signer = { account: accountOf(identity.publicKey), identity, device: { id: idOf<DeviceId>(device.publicKey), key: device } };
	return { signer, device, invitation, kem: await kemKeyFromSeed(random(32)) };
}

/**
 * Fills a forum: `count` people are invited by `coordinator`, admitted, and enter a space, each with real links that
 * the server's own ledger checks and stores.
 */
export async function fill(server: RunningServer, coordinator: Signer, space: SpaceId, count: number): Promise<readonly Absent[]> {
	const { ledger } = server.context;
	const people: Absent[] = [];
	for (let place = 0; place < count; place++) people.push(await absent());
	const kem = await kemKeyFromSeed(random(32));
	const inviting = stageOn(ledger.world, coordinator);
	for (const person of people) await invite(inviting, person, kem, space);
	await append(server, coordinator, inviting, [kem]);
	for (const person of people) {
		const stage = stageOn(ledger.world, person.signer);
		await arrive(stage, person, space);
		await append(server, person.signer, stage, [person.kem]);
	}
	return people;
}

const stageOn = (world: World, signer: Signer): Stage => new Stage(world, signer, Math.floor(Date.now() / 1000));

async function append({ context }: RunningServer, { account }: Signer, { links }: Stage, keys: readonly KemKey[]): Promise<void> {
	const named = new Map(keys.map(({ publicKey }) => [publicKeyHash(publicKey), publicKey]));
	await context.ledger.append({
		links: links.map(({ bytes }) => bytes),
		by: account,
		alongside: (transaction) => storePublicKeys(transaction, named),
	});
}

const directoryOf = ({ world }: Stage): Directory => {
	if (!world.directory) throw new Error('there is no forum');
	return world.directory;
};

async function invite(stage: Stage, { invitation }: Absent, kem: KemKey, space: SpaceId): Promise<void> {
	const directory = directoryOf(stage);
	const body = {
		invitation: invitation.publicKey,
		kem: idBytes(publicKeyHash(kem.publicKey)),
		organisation: idBytes(directory.host, SHORT_ID_LENGTH),
		role: 'member',
		spaces: [idBytes(space)],
		expires: stage.now + 3 * DAY,
		approval: false,
		replaces: null,
	};
	await stage.add({ kind: 'directory', chain: directory.id, type: 'invitation.create', body });
}

async function arrive(stage: Stage, { signer, device, kem, invitation }: Absent, space: SpaceId): Promise<void> {
	const { account, identity } = signer;
	const ik = identity.publicKey;
	const key = idBytes(publicKeyHash(kem.publicKey));
	const chain = account as string as ChainId;
	await stage.add({ kind: 'user', chain, type: 'identity.create', body: { ik, key }, byIdentity: true });
	await stage.add({ kind: 'user', chain, type: 'device.add', body: { device: device.publicKey }, byIdentity: true });
	const { id } = directoryOf(stage);
	const message = admissionMessage(id, idOf(invitation.publicKey), ik, publicKeyHash(kem.publicKey));
	const proof = concatBytes(await sign(invitation, 'admission', message));
	const admission = { ik, key, invitation: invitation.publicKey, proof };
	await stage.add({ kind: 'directory', chain: id, type: 'account.admit', body: admission, byIdentity: true });
	const stay = { account: idBytes(account), role: 'member', until: null, invitation: invitation.publicKey, log: null };
	await stage.add({ kind: 'roster', chain: space, type: 'member.add', body: stay });
}

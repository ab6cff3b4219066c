import { describe, expect, test } from 'vitest';
import { chains, invitations, spaces } from '@multaqa/shared/api/index';
import { fromBase64url } from '@multaqa/shared/bytes/bytes';
import { idBytes, idOf, type AccountId, type ChainId, type InvitationId } from '@multaqa/shared/bytes/ids';
import { admissionMessage } from '@multaqa/shared/chain/directory';
import { invitationKeys } from '@multaqa/shared/client/invitation';
import { generateSigningKey, sign, signingKeyFromSeed, type SigningKey } from '@multaqa/shared/crypto/sign';
import { hash } from '@multaqa/shared/crypto/hash';
import { secretOf, startForum, type TestForum } from './testing/forum.ts';
import { headless, openHeadless } from './testing/headless.ts';
import { createLiar } from './testing/liar.ts';
import { asServed, readLinks } from './testing/links.ts';
import { forged, found } from './testing/lied-to.ts';
import { bob, forum, liar, looks, served } from './testing/each-lie.ts';

/** A server that lies, about invitations. The table in SECURITY.md names these stories. */

describe('G7: an invitation', () => {
	test('is not led into a false forum that repeats its public half and its letter', async () => {
		// The hostile server founds a forum of its own, with the true invitation's id and the true letter in it.
		const fragment = await forum.invitation();
		const [, secret] = fragment.split('.');
		const keys = await invitationKeys(fromBase64url(secret!));
		const truth = await invitedAnswer(fragment);
		const other = await startForum();
		const eve = await evilInvitation(other, keys.id, keys.kem.publicKey);
		const mallory = createLiar();
		mallory.about(invitations.open, (answer) => ({ ...answer, links: eve.links, sealed: truth.sealed, wraps: [] }));
		const invitee = await openHeadless(headless(forum.server.url, { send: mallory.send, deaf: true }));
		await expect(invitee.readInvitation(fragment)).rejects.toMatchObject({ code: 'invitation-invalid' });
		await expect(invitee.join({ fragment, person: 'هدى', secret: secretOf('huda') })).rejects.toMatchObject({ code: 'invitation-invalid' });
		await other.stop();
	});

	test('is not used by a second coordinator who saw its public half, nor by the server', async () => {
		const fragment = await forum.invitation();
		const [, , forumId] = fragment.split('.');
		const created = (await served()).filter(({ type }) => type === 'invitation.create').at(-1)!;
		const invitation = idOf<InvitationId>(created.body['invitation'] as Uint8Array);
		const identity = await signingKeyFromSeed(crypto.getRandomValues(new Uint8Array(32)));
		const thief = await generateSigningKey();
		const key = idOf(hash('public-key', new Uint8Array(1216)));
		const proof = await sign(thief, 'admission', admissionMessage(forumId as ChainId, invitation, identity.publicKey, key as never));
		const head = (await served()).filter(({ kind }) => kind === 'directory').at(-1)!;
		const account = idOf<AccountId>(hash('account', identity.publicKey));
		const first = await forged(
			{
				kind: 'user',
				chain: account as string as ChainId,
				seq: 0,
				prev: null,
				type: 'identity.create',
				body: { ik: identity.publicKey, key: idBytes(key) },
				by: account,
				device: null,
				time: head.time,
				log: null,
				directory: null,
			},
			identity,
		);
		const admission = await forged(
			{
				kind: 'directory',
				chain: forumId as ChainId,
				seq: head.seq + 1,
				prev: head.hash,
				type: 'account.admit',
				body: { ik: identity.publicKey, key: idBytes(key), invitation: idBytes(invitation), proof },
				by: account,
				device: null,
				time: head.time,
				log: null,
				directory: null,
			},
			identity,
		);
		liar.about(chains.read, (answer) => ({
			...answer,
			links: [...answer.links, asServed(first), asServed(admission)],
			position: answer.position + 2,
		}));
		const before = bob.client.forum?.people.length;
		await looks(bob);
		expect(bob.client.forum?.people.length).toBe(before ?? 0);
		expect(found(bob)).toContain('link-refused:invitation-key-signed');
	});
});

async function invitedAnswer(fragment: string) {
	const liar = createLiar();
	let sealed: Uint8Array = new Uint8Array();
	liar.about(invitations.open, (answer) => {
		sealed = answer.sealed;
		return answer;
	});
	const client = await openHeadless(headless(forum.server.url, { send: liar.send, deaf: true }));
	await client.readInvitation(fragment);
	return { sealed };
}

/** In another forum, an invitation under an id that belongs to this one, by a coordinator there. */
async function evilInvitation(other: TestForum, id: InvitationId, kem: Uint8Array) {
	const { transport } = other.alice.device.ports;
	const { links } = await transport.call(chains.read, { params: {}, request: { after: 0 } });
	const read = readLinks(links);
	const head = read.filter(({ kind }) => kind === 'directory').at(-1)!;
	const log = read.filter((link) => link.kind === 'user').at(-1)!;
	const self = (await other.alice.device.store.get<{ key: SigningKey }>('device', 'self'))!.key;
	const device = other.alice.client.devices[0]!.id;
	const organisation = read.find(({ type }) => type === 'forum.create')!.body['host']!;
	const link = await forged(
		{
			kind: 'directory',
			chain: head.chain,
			seq: head.seq + 1,
			prev: head.hash,
			type: 'invitation.create',
			body: {
				invitation: idBytes(id),
				kem: hash('public-key', kem),
				organisation,
				role: 'member',
				spaces: [idBytes(other.space.id)],
				expires: head.time + 86_400,
				approval: false,
				replaces: null,
			},
			by: other.alice.client.status.account!,
			device,
			time: head.time,
			log: { seq: log.seq, head: log.hash },
			directory: null,
		},
		self,
	);
	const request = { roster: 0, after: 0, generation: 1, whole: null };
	const { links: rosters } = await transport.call(spaces.sync, { params: { space: other.space.id }, request });
	return { links: [...links, asServed(link), ...rosters] };
}

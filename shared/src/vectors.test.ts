import { hexToBytes, bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import cborVectors from '../vectors/cbor.json' with { type: 'json' };
import chainVectors from '../vectors/chain.json' with { type: 'json' };
import eventVectors from '../vectors/event.json' with { type: 'json' };
import keyVectors from '../vectors/keys.json' with { type: 'json' };
import peopleVectors from '../vectors/people.json' with { type: 'json' };
import primitiveVectors from '../vectors/primitives.json' with { type: 'json' };
import { loginHandle, openInvitationMessage, proofMessage, sessionMessage } from './api/proof.ts';
import { concatBytes, toBase64url, utf8, type Bytes } from './bytes/bytes.ts';
import { decodeCbor, encodeCbor } from './bytes/cbor.ts';
import type { AccountId, ChainId, InvitationId, SpaceId, StreamId } from './bytes/ids.ts';
import { pad, paddedLength, unpad } from './bytes/padding.ts';
import { decodeLink } from './chain/link.ts';
import { accountOf } from './chain/user-log.ts';
import { acceptLink, emptyWorld, type World } from './chain/world.ts';
import { accountSecretOf, passkeySalt, passkeyUnlockSecret, passphraseUnlockSecret, sheetUnlockSecret } from './client/credentials.ts';
import { commitmentOf, unwrapGeneration } from './client/generations.ts';
import { invitationFragment, invitationKeys } from './client/invitation.ts';
import { admissionWords } from './client/words.ts';
import { derive } from './crypto/derive.ts';
import { hash, type Label } from './crypto/hash.ts';
import { importSealingKey, open, seal } from './crypto/seal.ts';
import { admitKey, sign, signingKeyFromSeed, verify } from './crypto/sign.ts';
import { kemKeyFromSeed, unwrap, wrap } from './crypto/wrap.ts';
import { envelopeId, openEvent, readEnvelope, sealEvent, streamKey } from './log/envelope.ts';
import { decodeEvent, verifyEvent } from './log/event.ts';
import { describeWorld, worldDigest } from './testing/describe-world.ts';
import { mutationsDigest } from './testing/mutated-links.ts';
import { flipBit } from './testing/random.ts';
import { refusalOf } from './testing/refusal.ts';
import { readSheetCode, sheetCode } from './vault/sheet.ts';

const bytesOf = (hex: string): Bytes => new Uint8Array(hexToBytes(hex));
const hex = bytesToHex;
const inBrowser = 'document' in globalThis;

describe('deterministic CBOR', () => {
	test.each(cborVectors.accepted)('takes $name', ({ hex: encoded }) => {
		expect(hex(encodeCbor(decodeCbor(bytesOf(encoded))))).toBe(encoded);
	});

	test.each(cborVectors.refused)('refuses $name', async ({ hex: encoded }) => {
		expect(await refusalOf(() => decodeCbor(bytesOf(encoded)))).toBe('malformed');
	});

	test('names its limits', async () => {
		const { bytes } = cborVectors.limits;
		expect(await refusalOf(() => decodeCbor(new Uint8Array(bytes + 1)))).toBe('too-large');
	});
});

describe('public keys at the door', () => {
	const { good, admitted, smallOrder, refused, badSignatures } = keyVectors;
	const label = keyVectors.label as Label;

	test.each(admitted)('a good key is let in: %s', (key) => {
		expect(hex(admitKey(bytesOf(key)))).toBe(key);
	});

	test.each([...smallOrder, ...refused])('refused: $name', async ({ key }) => {
		expect(await refusalOf(() => admitKey(bytesOf(key)))).toBe('weak-key');
	});

	test('a good signature verifies', async () => {
		expect(await verify(bytesOf(good.key), label, bytesOf(good.message), bytesOf(good.signature))).toBe(true);
		expect(hex(await sign(await signingKeyFromSeed(bytesOf(good.seed)), label, bytesOf(good.message)))).toBe(good.signature);
	});

	test('it does not verify under another label, or for another message', async () => {
		const [key, message, signature] = [good.key, good.message, good.signature].map(bytesOf) as [Bytes, Bytes, Bytes];
		expect(await verify(key, 'event', message, signature)).toBe(false);
		expect(await verify(key, label, flipBit(message, 0), signature)).toBe(false);
	});

	test.each(badSignatures)('a signature that careless verifiers take does not verify: $name', async ({ signature }) => {
		expect(await verify(bytesOf(good.key), label, bytesOf(good.message), bytesOf(signature))).toBe(false);
	});

	test.runIf(inBrowser)('the browser alone would believe signatures that nobody made', async () => {
		const believed = await Promise.all(
			smallOrder.map(({ key, message, signature }) => verify(bytesOf(key), label, bytesOf(message), bytesOf(signature))),
		);
		expect(believed).toContain(true);
	});
});

describe('hashes and keys', () => {
	test.each(primitiveVectors.hash)('hash under $label', ({ label, parts, hash: expected }) => {
		expect(hex(hash(label as Label, ...parts.map(bytesOf)))).toBe(expected);
	});

	test.each(primitiveVectors.derive)('key for $label', async ({ label, secret, context, length, key }) => {
		expect(hex(await derive(bytesOf(secret), label as Label, [bytesOf(context)], length))).toBe(key);
	});

	test('the label stands in front, with a zero byte', async () => {
		const [{ label, parts, hash: expected } = { label: '', parts: [], hash: '' }] = primitiveVectors.hash;
		const plain = await crypto.subtle.digest('SHA-256', concatBytes(utf8(`multaqa/v1/${label}\0`), ...parts.map(bytesOf)));
		expect(hex(new Uint8Array(plain))).toBe(expected);
	});
});

describe('sealed and wrapped texts', () => {
	const { label, key, iv, context, plaintext, sealed } = primitiveVectors.seal;

	test('are sealed and opened byte for byte', async () => {
		const sealing = await importSealingKey(bytesOf(key));
		expect(hex(await seal(sealing, label as Label, bytesOf(plaintext), bytesOf(context), () => bytesOf(iv)))).toBe(sealed);
		expect(hex(await open(sealing, label as Label, bytesOf(sealed), bytesOf(context)))).toBe(plaintext);
	});

	test('open with nothing else than their key, label and context', async () => {
		const sealing = await importSealingKey(bytesOf(key));
		expect(await refusalOf(open(sealing, 'vault', bytesOf(sealed), bytesOf(context)))).toBe('tampered');
		expect(await refusalOf(open(sealing, label as Label, bytesOf(sealed), flipBit(bytesOf(context), 5)))).toBe('tampered');
		expect(await refusalOf(open(await importSealingKey(bytesOf(context)), label as Label, bytesOf(sealed), bytesOf(context)))).toBe(
			'tampered',
		);
		expect(await refusalOf(open(sealing, label as Label, bytesOf(sealed).subarray(0, 27), bytesOf(context)))).toBe('malformed');
		for (const bit of [0, 100, sealed.length * 4 - 1])
			expect(await refusalOf(open(sealing, label as Label, flipBit(bytesOf(sealed), bit), bytesOf(context)))).toBe('tampered');
	});

	test('a wrap opens with its seed, and not with one bit turned over', async () => {
		const { seed, publicKey, wrapped, ...rest } = primitiveVectors.wrap;
		expect(hex((await kemKeyFromSeed(bytesOf(seed))).publicKey)).toBe(publicKey);
		const opening = (bytes: Bytes) => unwrap(bytesOf(seed), rest.label as Label, bytes, bytesOf(rest.context));
		expect(hex(await opening(bytesOf(wrapped)))).toBe(rest.plaintext);
		for (const bit of [0, 8_000, 8_900, wrapped.length * 4 - 1])
			expect(await refusalOf(opening(flipBit(bytesOf(wrapped), bit)))).toBe('wrong-key');
	});

	test('nothing is wrapped for what is no key', async () => {
		for (const length of [0, 32, 1_215, 1_216, 1_217]) {
			const noKey = new Uint8Array(length);
			expect(await refusalOf(wrap(noKey, 'generation', new Uint8Array(32), new Uint8Array()))).toBe('malformed');
		}
	});

	test.each(primitiveVectors.padding)('$length bytes are padded to $padded', ({ length, padded }) => {
		expect(paddedLength(length + 4)).toBe(padded);
		expect(pad(new Uint8Array(length))).toHaveLength(padded);
		expect(unpad(pad(new Uint8Array(length)))).toHaveLength(length);
	});

	test('padding is zeros, of exactly the right length', async () => {
		const { payload, padded } = primitiveVectors.padded;
		expect(hex(pad(bytesOf(payload)))).toBe(padded);
		expect(hex(unpad(bytesOf(padded)))).toBe(payload);
		const last = bytesOf(padded);
		last[last.length - 1] = 1;
		for (const wrong of [last, bytesOf(`${padded}00`), bytesOf(padded.slice(2)), new Uint8Array(3), new Uint8Array(512)]) {
			expect(await refusalOf(() => unpad(wrong))).toBe('malformed');
		}
	});
});

describe('people', () => {
	const { sheet, passphrase, passkey, invitation, handles, words, session, deviceProof } = peopleVectors;

	test('everything comes back from the printed sheet', async () => {
		const root = readSheetCode(sheet.code);
		expect([hex(root), sheetCode(root)]).toEqual([sheet.root, sheet.code]);
		const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
		expect([hex(identity.publicKey), accountOf(identity.publicKey)]).toEqual([sheet.identityKey, sheet.account]);
		expect([hex(await accountSecretOf(root)), hex(await sheetUnlockSecret(root))]).toEqual([sheet.accountSecret, sheet.unlockSecret]);
	});

	test('a passphrase and a passkey give their unlock secrets', async () => {
		expect(hex(await passphraseUnlockSecret(bytesOf(passphrase.exportKey), bytesOf(passphrase.accountSecret)))).toBe(
			passphrase.unlockSecret,
		);
		expect(hex(passkeySalt(passkey.forum as ChainId))).toBe(passkey.salt);
		expect(hex(await passkeyUnlockSecret(bytesOf(passkey.prf)))).toBe(passkey.unlockSecret);
	});

	test('an invitation is all in its secret', async () => {
		const [, secret] = invitation.fragment.split('.');
		expect(secret).toBe(toBase64url(bytesOf(invitation.secret)));
		const keys = await invitationKeys(bytesOf(invitation.secret));
		expect([keys.id, hex(keys.kem.publicKey)]).toEqual([invitation.id, invitation.kemPublicKey]);
		expect(invitationFragment(bytesOf(invitation.secret), invitation.forum as ChainId, bytesOf(sheet.identityKey))).toBe(
			invitation.fragment,
		);
		expect(hex(openInvitationMessage(invitation.forum as ChainId))).toBe(invitation.openMessage);
		expect(hex(await sign(keys.signing, 'invitation-open', bytesOf(invitation.openMessage)))).toBe(invitation.openSignature);
	});

	test.each(handles)('the login name "$name" is known by its handle', ({ forum, name, handle }) => {
		expect(hex(loginHandle(forum as ChainId, name))).toBe(handle);
	});

	test('ways to write one login name give one handle, other names and forums another', () => {
		const { forum } = handles[0] as { forum: string };
		expect(new Set(['Layla', ' layla ', 'LAYLA', 'Ｌａｙｌａ'].map((name) => hex(loginHandle(forum as ChainId, name)))).size).toBe(1);
		expect(hex(loginHandle(forum as ChainId, 'layla'))).not.toBe(hex(loginHandle(words.invitation as ChainId, 'layla')));
		expect(hex(loginHandle(forum as ChainId, 'layla h'))).not.toBe(hex(loginHandle(forum as ChainId, 'laylah')));
	});

	test('six words come out of who was admitted by what', async () => {
		expect(await admissionWords(words.forum as ChainId, words.invitation as InvitationId, words.account as AccountId)).toEqual(
			words.places,
		);
		expect(await admissionWords(words.forum as ChainId, words.invitation as InvitationId, words.forum as never)).not.toEqual(words.places);
	});

	test('what identity and device keys sign to prove themselves', () => {
		expect(hex(sessionMessage(session.account as AccountId, bytesOf(session.nonce)))).toBe(session.message);
		const { method, path, nonce, body, message } = deviceProof;
		expect(hex(proofMessage(method, path, nonce, bytesOf(body)))).toBe(message);
		for (const other of [
			['GET', path, nonce],
			[method, '/api/x', nonce],
			[method, path, 'm'],
		] as [string, string, string][]) {
			expect(hex(proofMessage(...other, bytesOf(body)))).not.toBe(message);
		}
	});
});

async function worldOf(links: readonly { bytes: string }[]): Promise<World> {
	let world = emptyWorld;
	for (const { bytes } of links) world = await acceptLink(world, decodeLink(bytesOf(bytes)));
	return world;
}

describe('a small forum', () => {
	test.each(chainVectors.links)('link $seq of a $kind: $type', (link) => {
		const { kind, type, chain, seq, hash: of } = decodeLink(bytesOf(link.bytes));
		expect({ kind, type, chain, seq, hash: of, bytes: link.bytes }).toEqual(link);
	});

	test('says the same to everybody who reads it', async () => {
		const world = await worldOf(chainVectors.links);
		expect(describeWorld(world)).toEqual(chainVectors.state);
		expect(worldDigest(world)).toBe(chainVectors.digest);
	});

	test('refuses every link with one bit turned over, for the same reason in every runtime', async () => {
		const { tries, ...expected } = chainVectors.mutations;
		const links = chainVectors.links.map(({ bytes }) => bytesOf(bytes));
		expect(await mutationsDigest(links, tries)).toEqual(expected);
		expect(expected.accepted).toBe(0);
	});

	test('says something else with one link less', async () => {
		expect(worldDigest(await worldOf(chainVectors.links.slice(0, -1)))).not.toBe(chainVectors.digest);
	});
});

describe('a post', () => {
	const vector = eventVectors;
	const [space, stream] = [vector.space as SpaceId, vector.stream as StreamId];

	test('is read from what is signed', async () => {
		const event = await decodeEvent(bytesOf(vector.plaintext));
		expect({ id: event.id, signed: hex(event.signed), signature: hex(event.signature) }).toEqual({
			id: vector.id,
			signed: vector.signed,
			signature: vector.signature,
		});
		expect([event.author, event.device, event.space, event.stream]).toEqual([vector.author, vector.device, space, stream]);
		expect(event.content).toEqual({ text: vector.text, reply: null });
		expect(await verifyEvent(event)).toBe(true);
	});

	test('is sealed for its place', async () => {
		const key = await streamKey(bytesOf(vector.generationKey), space, stream);
		const { generation } = vector;
		expect(hex(await sealEvent(key, bytesOf(vector.plaintext), { space, stream, generation }, () => bytesOf(vector.iv)))).toBe(
			vector.envelope,
		);
		expect(hex(await openEvent(key, readEnvelope(bytesOf(vector.envelope)), space, stream))).toBe(vector.plaintext);
		expect(await envelopeId(bytesOf(vector.envelope))).toBe(vector.envelopeId);
	});

	test('is AES-GCM over the padded event, bound to label, space, stream and generation', async () => {
		const key = await streamKey(bytesOf(vector.generationKey), space, stream);
		const { sealed } = readEnvelope(bytesOf(vector.envelope));
		const additionalData = bytesOf(vector.additionalData);
		const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData }, key, sealed.slice(12));
		expect(hex(new Uint8Array(plain))).toBe(hex(pad(bytesOf(vector.plaintext))));
	});

	test('is opened with a key that was committed to', async () => {
		const { generation } = vector;
		expect(hex(commitmentOf(space, generation, bytesOf(vector.generationKey)))).toBe(vector.commitment);
		const roster = (await worldOf(chainVectors.links)).rosters.get(space);
		if (!roster) throw new Error('the space is not in the vectors');
		expect(hex(await unwrapGeneration(bytesOf(vector.recipientSeed), bytesOf(vector.wrapped), roster, generation))).toBe(
			vector.generationKey,
		);
	});
});

/**
 * Writes the vectors beside it: `node shared/vectors/make.ts`. Run it when the protocol changes on purpose, never
 * to make a failing test pass. Everything but the wraps comes out the same each time.
 */
import { writeFileSync } from 'node:fs';
import { bytesToHex } from '@noble/hashes/utils.js';
import { openInvitationMessage, loginHandle, proofMessage, sessionMessage } from '../src/api/proof.ts';
import { concatBytes, toBase64url, utf8 } from '../src/bytes/bytes.ts';
import { CBOR_LIMITS, encodeCbor, type Cbor } from '../src/bytes/cbor.ts';
import { idBytes, type ChainId } from '../src/bytes/ids.ts';
import { pad, paddedLength } from '../src/bytes/padding.ts';
import { accountSecretOf, passkeySalt, passkeyUnlockSecret, passphraseUnlockSecret, sheetUnlockSecret } from '../src/client/credentials.ts';
import { commitmentOf, wrapGeneration } from '../src/client/generations.ts';
import { invitationFragment, invitationKeys } from '../src/client/invitation.ts';
import { admissionWords } from '../src/client/words.ts';
import { derive } from '../src/crypto/derive.ts';
import { hash } from '../src/crypto/hash.ts';
import { importSealingKey, seal } from '../src/crypto/seal.ts';
import { sign, signingKeyFromSeed } from '../src/crypto/sign.ts';
import { kemKeyFromSeed, wrap } from '../src/crypto/wrap.ts';
import { envelopeId, sealEvent, streamKey } from '../src/log/envelope.ts';
import { signEvent } from '../src/log/event.ts';
import { StreamHistory } from '../src/log/history.ts';
import { courseDigest } from '../src/testing/course-steps.ts';
import { describeWorld, worldDigest } from '../src/testing/describe-world.ts';
import { forgeUnderSmallOrder, signWithTorsion, withLargeS } from '../src/testing/forged-signatures.ts';
import { mutationsDigest } from '../src/testing/mutated-links.ts';
import { unsafeTestingRandom } from '../src/testing/random.ts';
import { company } from '../src/testing/test-forum.ts';
import { canonicalSmallOrderKeys, mixedOrderKeys, nonCanonicalKeys, nonCanonicalSmallOrderKeys } from '../src/testing/weak-keys.ts';
import { newStreamId, nextEvent } from '../src/testing/writer.ts';
import { sheetCode } from '../src/vault/sheet.ts';

const hex = bytesToHex;
const random = unsafeTestingRandom('vectors');

function write(name: string, about: string, content: object): void {
	writeFileSync(new URL(`./${name}.json`, import.meta.url), `${JSON.stringify({ about, ...content }, null, '\t')}\n`);
}

function cborVectors(): object {
	const values: [name: string, value: Cbor][] = [
		['zero', 0],
		['last of one byte', 23],
		['first of two', 24],
		['first of three', 256],
		['first of five', 65_536],
		['first of nine', 2 ** 32],
		['largest', Number.MAX_SAFE_INTEGER],
		['minus one', -1],
		['null', null],
		['true', true],
		['false', false],
		['no bytes', new Uint8Array()],
		['bytes', Uint8Array.of(1, 2, 3)],
		['no text', ''],
		['Arabic text', 'ملتقى'],
		['text beyond the first plane', '𐤀'],
		['text that begins with a byte order mark', '\uFEFFa'],
		['no items', []],
		['items', [1, [2, [3]]]],
		['no keys', {}],
		['keys, shorter first', { b: 0, aa: 1, ab: [] }],
	];
	const deep = (depth: number) => `${'81'.repeat(depth)}00`;
	const refused: [name: string, hex: string][] = [
		['nothing', ''],
		['two values', '0000'],
		['a value cut off', '4201'],
		['a list cut off', '8200'],
		['a map cut off', 'a16161'],
		['zero in two bytes', '1800'],
		['23 in two bytes', '1817'],
		['255 in three bytes', '1900ff'],
		['65535 in five bytes', '1a0000ffff'],
		['2³²−1 in nine bytes', '1b00000000ffffffff'],
		['minus one in two bytes', '3800'],
		['a length in two bytes', '580101'],
		['a text length in two bytes', '780161'],
		['a list length in two bytes', '980100'],
		['a map length in two bytes', 'b801616100'],
		['an integer that is not safe', '1b0020000000000000'],
		['keys in wrong order', 'a2616200616100'],
		['a longer key first', 'a262616100616200'],
		['a key twice', 'a2616100616101'],
		['a number as key', 'a10000'],
		['bytes as key', 'a1416100'],
		['a key like an array index', 'a1613000'],
		['indefinite bytes', '5f4101ff'],
		['indefinite text', '7f6161ff'],
		['an indefinite list', '9f00ff'],
		['an indefinite map', 'bf616100ff'],
		['a half float', 'f90000'],
		['a single float', 'fa3f800000'],
		['a double float', 'fb3ff0000000000000'],
		['not a number', 'f97e00'],
		['infinity', 'f97c00'],
		['undefined', 'f7'],
		['an unassigned simple value', 'f0'],
		['false in two bytes', 'f814'],
		['a break', 'ff'],
		['a date', 'c100'],
		['a large number as tag', 'c2410a'],
		['tagged CBOR', 'd818420000'],
		['a reserved length', '1c'],
		['text that is not UTF-8', '61ff'],
		['a surrogate as UTF-8', '63eda080'],
		['an overlong slash', '62c0af'],
		['a key that is not UTF-8', 'a161ff00'],
		['nested once too deep', deep(CBOR_LIMITS.depth + 1)],
		['one item too many', hex(encodeCbor(Array.from({ length: CBOR_LIMITS.items }, () => 0)))],
		['a length without end', '9bffffffffffffffff'],
	];
	return {
		limits: CBOR_LIMITS,
		accepted: [
			...values.map(([name, value]) => ({ name, hex: hex(encodeCbor(value)) })),
			{ name: 'nested as deep as may be', hex: deep(CBOR_LIMITS.depth) },
		],
		refused: refused.map(([name, bytes]) => ({ name, hex: bytes })),
	};
}

async function keyVectors(): Promise<object> {
	const seed = random(32);
	const good = await signingKeyFromSeed(seed);
	const label = 'link';
	const message = utf8('message');
	const signature = await sign(good, label, message);
	const named = (name: string, keys: readonly Uint8Array[]) => keys.map((key, place) => ({ name: `${name} ${place + 1}`, key: hex(key) }));
	const forged = (name: string, keys: readonly Uint8Array[]) =>
		keys.map((key, place) => {
			const { message: text, signature: bytes } = forgeUnderSmallOrder(key, label);
			return { name: `${name} ${place + 1}`, key: hex(key), message: hex(text), signature: hex(bytes) };
		});
	return {
		label,
		good: { seed: hex(seed), key: hex(good.publicKey), message: hex(message), signature: hex(signature) },
		admitted: [
			hex(good.publicKey),
			...(await Promise.all([1, 2, 3].map(async () => hex((await signingKeyFromSeed(random(32))).publicKey)))),
		],
		smallOrder: [...forged('small order', canonicalSmallOrderKeys), ...forged('small order, not canonical', nonCanonicalSmallOrderKeys)],
		refused: [
			...named('y of p or more', nonCanonicalKeys),
			...named('good key with torsion', mixedOrderKeys(good.publicKey)),
			{ name: 'no point', key: '0200000000000000000000000000000000000000000000000000000000000000' },
			{ name: 'too short', key: hex(good.publicKey.subarray(1)) },
			{ name: 'too long', key: `${hex(good.publicKey)}00` },
		],
		badSignatures: [
			{ name: 'torsion in R', signature: hex(signWithTorsion(seed, label, message)) },
			{ name: 'S with the order added', signature: hex(withLargeS(signature)) },
			{ name: 'all zero', signature: '00'.repeat(64) },
		],
	};
}

async function primitiveVectors(): Promise<object> {
	const secret = random(32);
	const context = random(32);
	const plaintext = utf8('اجتماع الثلاثاء');
	const iv = random(12);
	const kem = await kemKeyFromSeed(random(32));
	const labels = ['account', 'link', 'event', 'frontier', 'recipients', 'commitment', 'public-key', 'body-hash'] as const;
	const lengths = [0, 1, 252, 253, 4_092, 4_093, 5_000, 10_000, 100_000, 190_000];
	return {
		hash: labels.map((label) => ({ label, parts: [hex(secret), hex(context)], hash: hex(hash(label, secret, context)) })),
		derive: await Promise.all(
			(['identity-key', 'stream', 'account-secret'] as const).map(async (label) => ({
				label,
				secret: hex(secret),
				context: hex(context),
				length: 32,
				key: hex(await derive(secret, label, [context])),
			})),
		),
		seal: {
			label: 'event',
			key: hex(secret),
			iv: hex(iv),
			context: hex(context),
			plaintext: hex(plaintext),
			sealed: hex(await seal(await importSealingKey(secret), 'event', plaintext, context, () => iv)),
		},
		wrap: {
			label: 'generation',
			seed: hex(kem.seed),
			publicKey: hex(kem.publicKey),
			context: hex(context),
			plaintext: hex(plaintext),
			wrapped: hex(await wrap(kem.publicKey, 'generation', plaintext, context)),
		},
		padding: lengths.map((length) => ({ length, padded: paddedLength(length + 4) })),
		padded: { payload: hex(plaintext), padded: hex(pad(plaintext)) },
	};
}

async function peopleVectors(): Promise<object> {
	const root = random(19);
	const secret = random(16);
	const forum = toBase64url(random(32)) as ChainId;
	const keys = await invitationKeys(secret);
	const identity = await signingKeyFromSeed(await derive(root, 'identity-key'));
	const exportKey = random(64);
	const prf = random(32);
	const account = toBase64url(hash('account', identity.publicKey));
	const nonce = random(32);
	return {
		sheet: {
			root: hex(root),
			code: sheetCode(root),
			identityKey: hex(identity.publicKey),
			account,
			accountSecret: hex(await accountSecretOf(root)),
			unlockSecret: hex(await sheetUnlockSecret(root)),
		},
		passphrase: {
			exportKey: hex(exportKey),
			accountSecret: hex(await accountSecretOf(root)),
			unlockSecret: hex(await passphraseUnlockSecret(exportKey, await accountSecretOf(root))),
		},
		passkey: { forum, salt: hex(passkeySalt(forum)), prf: hex(prf), unlockSecret: hex(await passkeyUnlockSecret(prf)) },
		invitation: {
			fragment: invitationFragment(secret, forum, identity.publicKey),
			secret: hex(secret),
			forum,
			inviter: account,
			id: keys.id,
			kemPublicKey: hex(keys.kem.publicKey),
			openMessage: hex(openInvitationMessage(forum)),
			openSignature: hex(await sign(keys.signing, 'invitation-open', openInvitationMessage(forum))),
		},
		handles: ['Layla', ' layla ', 'LAYLA', 'ليلى', 'layla  haddad', 'Ｌａｙｌａ'].map((name) => ({
			forum,
			name,
			handle: hex(loginHandle(forum, name)),
		})),
		words: { forum, invitation: keys.id, account, places: await admissionWords(forum, keys.id, account as never) },
		session: { account, nonce: hex(nonce), message: hex(sessionMessage(account as never, nonce)) },
		deviceProof: {
			method: 'PUT',
			path: '/api/vault',
			nonce: 'n',
			body: hex(secret),
			message: hex(proofMessage('PUT', '/api/vault', 'n', secret)),
		},
	};
}

/** A small forum from its first link, and one post in it. */
async function forumVectors(): Promise<[chain: object, event: object]> {
	const { forum, alice, bob, carol, space } = await company();
	await forum.setRole(alice, space, carol, 'observer');
	await forum.removeMember(alice, space, bob);
	await forum.rotate(alice, space);
	const chain = {
		forum: forum.directory.id,
		space,
		links: forum.links.map(({ kind, type, chain: id, seq, hash: of, bytes }) => ({
			kind,
			type,
			chain: id,
			seq,
			hash: of,
			bytes: hex(bytes),
		})),
		digest: worldDigest(forum.world),
		mutations: {
			tries: 40,
			...(await mutationsDigest(
				forum.links.map(({ bytes }) => bytes),
				40,
			)),
		},
		state: describeWorld(forum.world),
	};
	const stream = newStreamId();
	const content = nextEvent(alice, { forum, space, stream }, new StreamHistory());
	const { event, bytes } = await signEvent(content, alice.device);
	const generationKey = forum.generationKeys.get(`${space}/${content.generation}`) ?? new Uint8Array();
	const iv = random(12);
	const envelope = await sealEvent(await streamKey(generationKey, space, stream), bytes, content, () => iv);
	const wrapped = await wrapGeneration(alice.userKey.publicKey, space, content.generation, generationKey);
	return [
		chain,
		{
			space,
			stream,
			generation: content.generation,
			generationKey: hex(generationKey),
			commitment: hex(commitmentOf(space, content.generation, generationKey)),
			recipientSeed: hex(alice.userKey.seed),
			wrapped: hex(wrapped),
			device: alice.deviceId,
			author: alice.account,
			text: 'سلام',
			signed: hex(event.signed),
			signature: hex(event.signature),
			id: event.id,
			plaintext: hex(bytes),
			iv: hex(iv),
			additionalData: hex(
				concatBytes(utf8('multaqa/v1/event\0'), idBytes(space), idBytes(stream, 16), new Uint8Array(7), Uint8Array.of(content.generation)),
			),
			envelope: hex(envelope),
			envelopeId: await envelopeId(envelope),
		},
	];
}

/** Whole courses of a forum, honest and dishonest: `src/testing/course-steps.ts` says how they come out of their seeds. */
async function courseVectors(): Promise<object> {
	const courses = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].map((seed) => ({ seed, steps: 150 }));
	const came: object[] = [];
	for (const course of courses) came.push({ ...course, ...(await courseDigest(course.seed, course.steps)) });
	return { courses: came };
}

const [chain, event] = await forumVectors();
write('cbor', 'Deterministic CBOR (RFC 8949 §4.2.1) as this protocol takes it. Hex.', cborVectors());
write(
	'keys',
	'Ed25519 public keys that must be refused before a signature is looked at, and signatures that must not verify. Every message is preceded by `multaqa/v1/<label>` and a zero byte. Hex.',
	await keyVectors(),
);
write(
	'primitives',
	'Hashes, keys, sealed and wrapped texts, padding. Labels stand in front as `multaqa/v1/<label>` and a zero byte. Hex.',
	await primitiveVectors(),
);
write(
	'people',
	'What comes out of a root secret, a passphrase, a passkey and an invitation. Hex; ids are base64url.',
	await peopleVectors(),
);
write(
	'chain',
	'All links of a small forum in the order they are accepted, and what they say together. Ids are base64url, bytes hex.',
	chain,
);
write(
	'courses',
	'What comes of long courses of links, honest and dishonest: how many were accepted, and SHA-256 of what came of each and of what they say together. base64url.',
	await courseVectors(),
);
write('event', 'One post in that forum: what is signed, what is sealed, what the server sees. Hex; ids are base64url.', event);

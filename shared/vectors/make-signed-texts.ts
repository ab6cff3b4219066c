/**
 * Writes `signed-texts.json` beside it: `node shared/vectors/make-signed-texts.ts`. Run it when the form of what
 * organisations sign for the world changes on purpose, never to make a failing test pass. Signatures come out the same
 * each time (RFC 8032 §5.1.6).
 */
import { writeFileSync } from 'node:fs';
import { bytesToHex } from '@noble/hashes/utils.js';
import { fromUtf8, toBase64url } from '../src/bytes/bytes.ts';
import { signFile, signingKeyFromSeed } from '../src/crypto/sign.ts';
import {
	digestOf,
	listText,
	signatureText,
	withdrawalText,
	withheldText,
	withheldWithdrawalText,
	type SignatureText,
} from '../src/publication/signed-text.ts';
import { markOf } from '../src/statements/withheld.ts';

const seed = new Uint8Array(32).fill(9);
const key = await signingKeyFromSeed(seed);
const round = 'AAECAwQFBgcICQoLDA0ODw';
const organisation = { ar: 'اتحاد النساء', en: 'Women’s Union' };
const statement = digestOf(new TextEncoder().encode('سلام\nPeace\n'));

const signed: SignatureText = {
	multaqa: 'statement-signature/1',
	statement,
	document: '84VFwD9i8TN1tclWYiAhAgib7OEDdAavtSANX7jdREU',
	round,
	organisation,
	signed: '2026-11-23T09:00:00Z',
};
const signature = signatureText.write(signed);
const withdrawal = withdrawalText.write({
	multaqa: 'statement-withdrawal/1',
	signature: digestOf(signature),
	organisation,
	withdrawn: '2026-11-24T09:00:00Z',
	reason: { ar: 'تغيّر السياق', en: '' },
});
const withheld = withheldText.write({ multaqa: 'statement-withheld/1', round });
const withheldWithdrawal = withheldWithdrawalText.write({
	multaqa: 'statement-withheld-withdrawal/1',
	round,
	withdrawn: '2026-11-24T09:00:00Z',
});
const list = listText.write({
	multaqa: 'statement-list/1',
	statement,
	document: signed.document,
	round,
	address: 'abcdefg234',
	edition: 2,
	previous: digestOf(new TextEncoder().encode('the list before')),
	published: '2026-11-23T12:00:00Z',
	edited: '2026-11-24T09:05:00Z',
	order: 'sealed',
	publisher: { name: organisation, key: toBase64url(key.publicKey) },
	signatories: [{ name: organisation, key: toBase64url(key.publicKey), signature: digestOf(signature), withdrawal: digestOf(withdrawal) }],
	reservations: [{ organisation, paragraph: 0, type: 'wording', text: 'متى؟' }],
	withheld: 'some',
	corrections: [{ at: '2026-11-24T09:05:00Z', text: { ar: 'صُحّح تاريخ', en: 'A date was corrected' } }],
	files: [{ name: 'statement-ar.pdf', digest: statement }],
});

const texts = { signature, withdrawal, withheld, withheldWithdrawal, list };
const content = {
	about:
		'What organisations sign for the world: JSON in one spelling, under Ed25519 of the file itself. Keys, signatures and hashes in base64url, digests (SHA-256) in hex.',
	seed: bytesToHex(seed),
	publicKey: toBase64url(key.publicKey),
	texts: await Promise.all(
		Object.entries(texts).map(async ([name, file]) => ({
			name,
			text: fromUtf8(file),
			digest: digestOf(file),
			signature: toBase64url(await signFile(key, file)),
		})),
	),
	mark: markOf(await signFile(key, withheld)),
};

writeFileSync(new URL('./signed-texts.json', import.meta.url), `${JSON.stringify(content, null, '\t')}\n`);

import { toBase64url, type Bytes } from '../bytes/bytes.ts';
import { signFile, signingKeyFromSeed, type SigningKey } from '../crypto/sign.ts';
import { canonicalBytes, textHash } from '../documents/canonical.ts';
import type { Bilingual, BilingualText } from '../documents/pair.ts';
import type { Publication, SignatoryFiles, SignedFile } from '../publication/publication.ts';
import { digestOf, isoOf, listText, signatureText, withdrawalText, type ListText } from '../publication/signed-text.ts';
import { statementFile } from '../publication/statement-file.ts';

/** An organisation that signs statements. */
export interface SigningOrganisation {
	readonly name: Bilingual;
	readonly key: SigningKey;
}

/** Seconds since 1970. */
const START = 1_795_000_000;
export const ROUND = 'AAAAAAAAAAAAAAAAAAAAAA';
export const ADDRESS = 'k7qf2m3xab';

/** @param place makes the key: the same one again for the same place */
export async function signingOrganisation(place: number, ar: string, en: string): Promise<SigningOrganisation> {
	return { name: { ar, en }, key: await signingKeyFromSeed(new Uint8Array(32).fill(place + 1)) };
}

/** A statement of two paragraphs in both languages. */
export const STATEMENT: BilingualText = {
	authority: 'both',
	pairs: [
		{ kind: 'title', level: 1, ar: 'بيان بشأن المفقودين في سوريا', en: 'Statement on the missing in Syria' },
		{
			kind: 'paragraph',
			level: 1,
			ar: 'ندعو إلى كشف مصير 130,000 مفقود.',
			en: 'We call for clarity on the fate of 130,000 missing persons.',
		},
		{ kind: 'paragraph', level: 1, ar: 'ويستند ذلك إلى القرار A/RES/77/301.', en: 'This is grounded in resolution A/RES/77/301.' },
	],
};

export const signedBy = async (key: SigningKey, file: Bytes): Promise<SignedFile> => ({ file, signature: await signFile(key, file) });

export async function signatoryOf(
	{ name, key }: SigningOrganisation,
	text: BilingualText,
	{ round = ROUND, time = START }: { readonly round?: string; readonly time?: number } = {},
): Promise<SignatoryFiles> {
	const bytes = canonicalBytes(text);
	const file = signatureText.write({
		multaqa: 'statement-signature/1',
		statement: digestOf(statementFile(text)),
		document: textHash(bytes),
		round,
		organisation: name,
		signed: isoOf(time),
	});
	return { ...(await signedBy(key, file)), key: key.publicKey, withdrawal: null };
}

/** The same signatory, having taken its name back. */
export async function withdrawn(organisation: SigningOrganisation, one: SignatoryFiles, time = START + 86_400): Promise<SignatoryFiles> {
	const file = withdrawalText.write({
		multaqa: 'statement-withdrawal/1',
		signature: digestOf(one.file),
		organisation: organisation.name,
		withdrawn: isoOf(time),
		reason: { ar: 'تغيّر موقف مجلس الإدارة', en: 'The board has changed its position' },
	});
	return { ...one, withdrawal: { ...(await signedBy(organisation.key, file)), key: organisation.key.publicKey } };
}

/** A whole publication; the first organisation publishes. `changes`: what the list says instead. */
export async function published(
	organisations: readonly SigningOrganisation[],
	{
		text = STATEMENT,
		signatories,
		changes = {},
	}: { readonly text?: BilingualText; readonly signatories?: readonly SignatoryFiles[]; readonly changes?: Partial<ListText> } = {},
): Promise<Publication> {
	const [publisher] = organisations;
	if (!publisher) throw new Error('nobody publishes');
	const all = signatories ?? (await Promise.all(organisations.map((one) => signatoryOf(one, text))));
	const bytes = canonicalBytes(text);
	const file = listText.write({
		multaqa: 'statement-list/1',
		statement: digestOf(statementFile(text)),
		document: textHash(bytes),
		round: ROUND,
		address: ADDRESS,
		edition: 1,
		previous: null,
		published: isoOf(START),
		edited: isoOf(START),
		order: 'arabic',
		publisher: { name: publisher.name, key: toBase64url(publisher.key.publicKey) },
		signatories: all.map((one) => ({
			name: signatureText.read(one.file).organisation,
			key: toBase64url(one.key),
			signature: digestOf(one.file),
			withdrawal: one.withdrawal && digestOf(one.withdrawal.file),
		})),
		reservations: [],
		withheld: 0,
		corrections: [],
		files: [],
		...changes,
	});
	return { text: bytes, list: await signedBy(publisher.key, file), signatories: all, files: [] };
}

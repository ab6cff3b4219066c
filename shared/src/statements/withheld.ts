import * as v from 'valibot';
import { equalBytes, toBase64url, type Bytes } from '../bytes/bytes.ts';
import type { AccountId, Hash, OrganisationId, SpaceId } from '../bytes/ids.ts';
import type { LetterView } from '../client/types.ts';
import { hash } from '../crypto/hash.ts';
import { admitKey, verifyFile } from '../crypto/sign.ts';
import { streamId } from '../log/content.ts';
import { signatureText, withheldText, type SignatureText } from '../publication/signed-text.ts';
import { readOrNull } from './rules.ts';
import type { SigningStanding } from './standing.ts';
import type { Round, Statement } from './statement-types.ts';

/** What the letter is called that brings a signature to a coordinator. */
export const WITHHELD = 'withheld-signature';

const bytes = (most: number, least = 1) =>
	v.pipe(
		v.instance(Uint8Array),
		v.check((value) => value.length >= least && value.length <= most),
	);
const letter = v.strictObject({
	stream: streamId,
	/** What the organisation signed, as an open signature. */
	file: bytes(16 * 1024),
	signature: bytes(64, 64),
	key: bytes(32, 32),
	/** The key's signature over {@link markFile}. */
	mark: bytes(64, 64),
});
export type WithheldLetter = v.InferOutput<typeof letter>;

/** What an organisation signs so that its withheld signature counts once, whoever is told of it. @param stream of the statement */
export const markFile = (stream: string): Bytes => withheldText.write({ multaqa: 'statement-withheld/1', round: stream });

/** What coordinators call a withheld signature before everybody: it tells nothing of whose it is. Ed25519 signs alike each time (RFC 8032 §5.1.6). */
export const markOf = (signature: Uint8Array): Hash => toBase64url(hash('withheld', signature)) as Hash;

/** A signature that somebody brought to this coordinator, and that holds. */
export interface KeptSignature {
	readonly mark: Hash;
	readonly organisation: OrganisationId;
	/** The representative who brought it. */
	readonly from: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	readonly said: SignatureText;
}

/**
 * Signatures to a round that came by letter, each organisation's last one: of a representative, by the organisation's
 * key, of exactly this text. All others are none.
 */
export async function withheldIn(
	letters: readonly LetterView[],
	{
		round,
		stream,
		space,
		standing,
	}: { readonly round: Round; readonly stream: string; readonly space: SpaceId; readonly standing: SigningStanding },
): Promise<readonly KeptSignature[]> {
	const kept = new Map<OrganisationId, KeptSignature>();
	for (const one of letters) {
		if (!one.holds || one.kind !== WITHHELD || one.space !== space) continue;
		const result = v.safeParse(letter, one.content);
		const organisation = standing.isRepresentative(one.from, null) ? standing.organisationOf(one.from, null) : null;
		if (!result.success || result.output.stream !== stream || !organisation) continue;
		const said = await saidIn(result.output, round, standing.keyOf(organisation, null));
		if (said) kept.set(organisation, { mark: markOf(result.output.mark), organisation, from: one.from, time: one.time, said });
	}
	return [...kept.values()];
}

/** An organisation counts once: who signs openly too is no longer counted among those withheld. */
export const signsOpenly = (
	{ organisation }: Pick<KeptSignature, 'organisation'>,
	{ signatures }: Pick<Statement, 'signatures'>,
): boolean => signatures.some((one) => one.organisation === organisation && one.state !== 'withdrawn' && one.state !== 'false');

async function saidIn(
	{ stream, file, signature, key, mark }: WithheldLetter,
	round: Round,
	known: Bytes | null,
): Promise<SignatureText | null> {
	const said = readOrNull(signatureText, file);
	const isAbout = said?.document === round.hash && said.statement === round.digest && said.round === stream;
	if (!said || !isAbout || !known || !equalBytes(known, key)) return null;
	const holds = (await verifyFile(admitKey(known), file, signature)) && (await verifyFile(known, markFile(stream), mark));
	return holds ? said : null;
}

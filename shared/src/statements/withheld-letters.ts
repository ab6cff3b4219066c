import type { AccountId, Hash, OrganisationId, SpaceId } from '../bytes/ids.ts';
import type { LetterView } from '../client/types.ts';
import { admitKey, verifyFile } from '../crypto/sign.ts';
import { secondsIn, signatureText, withheldWithdrawalText, type SignatureText } from '../publication/signed-text.ts';
import { isInTime, readOrNull } from './rules.ts';
import type { SigningStanding } from './standing.ts';
import type { Round, Statement } from './statement-types.ts';
import {
	markFile,
	markOf,
	WITHHELD,
	WITHHELD_WITHDRAWAL,
	withdrawalLetterIn,
	withheldLetterIn,
	type WithdrawalLetter,
	type WithheldLetter,
} from './withheld.ts';

/**
 * `stands`: it counts. `waits-for-second`: the organisation asks for two persons, and one brought it. `taken-back`: by
 * letter, by signing openly since, or by signing anew with another key. `unclear`: whoever brought it represents nobody
 * any more, or an open signature is still being looked at; what was said about it stays.
 */
export type WithheldState = 'stands' | 'waits-for-second' | 'taken-back' | 'unclear';

/** A signature that somebody brought to this coordinator, and that holds. */
export interface KeptSignature {
	readonly mark: Hash;
	readonly organisation: OrganisationId;
	/** The representative who brought it. */
	readonly from: AccountId;
	/** Seconds since 1970. */
	readonly time: number;
	readonly said: SignatureText;
	readonly state: WithheldState;
}

/** What letters are held against. */
export interface WithheldReading {
	readonly statement: Pick<Statement, 'signatures'>;
	readonly round: Round;
	readonly stream: string;
	readonly space: SpaceId;
	readonly standing: SigningStanding;
}

/** One letter that holds. `isOfThem`: whoever sent it represents the organisation now. */
type Brought = Omit<KeptSignature, 'state'> & { readonly isOfThem: boolean };
type TakenBack = { readonly organisation: OrganisationId; readonly at: number };

/**
 * Signatures to a round that came by letter, each mark once: by a key of the organisation, of exactly this text, in
 * time. All others are none. What an organisation said last by its own clock stands, in whatever order letters came;
 * of a signature and its withdrawal in the same second, the withdrawal.
 */
export async function withheldIn(letters: readonly LetterView[], reading: WithheldReading): Promise<readonly KeptSignature[]> {
	const all = await Promise.all(letters.map((one) => broughtBy(one, reading)));
	const withdrawals = (await Promise.all(letters.map((one) => withdrawalIn(one, reading)))).filter((one) => one !== null);
	const brought = all.filter((one) => one !== null);
	return newestOfEachMark(brought).map(({ isOfThem, ...one }) => ({
		...one,
		state: stateOf({ isOfThem, ...one }, brought, withdrawals, reading),
	}));
}

function newestOfEachMark(brought: readonly Brought[]): readonly Brought[] {
	const marks = new Map<Hash, Brought>();
	// Whoever represents nobody any more stands in nobody's way.
	const weighed = brought.toSorted((a, b) => Number(a.isOfThem) - Number(b.isOfThem) || signedAt(a) - signedAt(b));
	for (const one of weighed) marks.set(one.mark, one);
	return [...marks.values()];
}

const signedAt = ({ said }: Pick<Brought, 'said'>): number => secondsIn(said.signed);

function stateOf(
	one: Brought,
	brought: readonly Brought[],
	withdrawals: readonly TakenBack[],
	{ statement, standing }: WithheldReading,
): WithheldState {
	const { organisation, mark } = one;
	const open = statement.signatures.filter((other) => other.organisation === organisation && other.state !== 'false');
	if (open.some(({ state }) => state === 'checking')) return 'unclear';
	const away = Math.max(
		...withdrawals.filter((other) => other.organisation === organisation).map(({ at }) => at),
		...open.flatMap(({ said, withdrawal }) => [secondsIn(said.signed), withdrawal ? secondsIn(withdrawal.said.withdrawn) : 0]),
		0,
	);
	const since = brought.filter((other) => other.organisation === organisation && other.isOfThem && signedAt(other) > away);
	const isReplaced = since.some((other) => other.mark !== mark && signedAt(other) > signedAt(one));
	if (signedAt(one) <= away || isReplaced || open.some(({ state }) => state !== 'withdrawn')) return 'taken-back';
	if (!one.isOfThem) return 'unclear';
	const persons = new Set(since.map(({ from }) => standing.personOf(from)));
	return standing.asksForTwo(organisation, null) && persons.size < 2 ? 'waits-for-second' : 'stands';
}

async function broughtBy(letter: LetterView, reading: WithheldReading): Promise<Brought | null> {
	if (!letter.holds || letter.kind !== WITHHELD || letter.space !== reading.space) return null;
	const content = withheldLetterIn(letter.content);
	const organisation = content && signerOf(content, reading);
	const said = content && saidIn(content, reading);
	if (!content || !organisation || !said) return null;
	const isSigned = await isSignedBy(content);
	const isMarked = isSigned && (await verifyFile(content.key, markFile(reading.stream), content.mark));
	const { from, time } = letter;
	return isMarked
		? { mark: markOf(content.mark), organisation, from, time, said, isOfThem: represents(letter, organisation, reading) }
		: null;
}

/** Of nobody who represents the organisation now: somebody else passes on what was never meant to be. */
async function withdrawalIn(letter: LetterView, reading: WithheldReading): Promise<TakenBack | null> {
	if (!letter.holds || letter.kind !== WITHHELD_WITHDRAWAL || letter.space !== reading.space) return null;
	const content = withdrawalLetterIn(letter.content);
	const organisation = content && signerOf(content, reading);
	const said = content && readOrNull(withheldWithdrawalText, content.file);
	if (!content || !organisation || said?.round !== reading.stream || !represents(letter, organisation, reading)) return null;
	return (await isSignedBy(content)) ? { organisation, at: secondsIn(said.withdrawn) } : null;
}

const represents = ({ from }: { readonly from: AccountId }, organisation: OrganisationId, { standing }: WithheldReading): boolean =>
	standing.isRepresentative(from, null) && standing.organisationOf(from, null) === organisation;

const signerOf = ({ key, stream: about }: WithdrawalLetter, { stream, standing }: WithheldReading): OrganisationId | null =>
	about === stream ? standing.organisationOfKey(key) : null;

function saidIn({ file }: WithheldLetter, { round, stream }: WithheldReading): SignatureText | null {
	const said = readOrNull(signatureText, file);
	const isAbout = said?.document === round.hash && said.statement === round.digest && said.round === stream;
	return isAbout && isInTime(said, round) ? said : null;
}

const isSignedBy = ({ key, file, signature }: WithdrawalLetter): Promise<boolean> => verifyFile(admitKey(key), file, signature);

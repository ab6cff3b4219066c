import { equalBytes, fromBase64url } from '../bytes/bytes.ts';
import { sealSeed } from '../documents/sealed-order.ts';
import {
	listText,
	secondsIn,
	signatureText,
	withdrawalText,
	digestOf,
	type SignatureText,
	type SignedText,
} from '../publication/signed-text.ts';
import type { Act, ContentOf } from './events.ts';
import { readText } from './round-text.ts';
import type { StatementRule } from './rule-names.ts';
import type { Edition, Round, Signature, Statement } from './statement-types.ts';
import { signsFor, type Actor, type SigningStanding } from './standing.ts';

/** How long a round may run, in seconds: a call that nobody ends is none. */
export const LONGEST_ROUND = 366 * 86_400;
/** A signature may have been made offline: its time is its own word, and lies between the call and the close. */
const CLOCKS_APART = 86_400;

/** A statement as acts are held against it. */
export interface Held {
	readonly statement: Statement;
	readonly standing: SigningStanding;
	/** Names the round in what is signed. */
	readonly stream: string;
}

type OwnAct = Exclude<Act, { type: 'statement.open' }>;

/** Why an act about a statement is none, or `null`. The same for whoever wants to act and for everybody who reads it. */
export function refusalOf(act: OwnAct, actor: Actor, held: Held): StatementRule | null {
	switch (act.type) {
		case 'round.open':
			return refusalOfOpening(act.content, actor, held.statement);
		case 'order.seal':
			return refusalOfSeal(actor, held.statement);
		case 'order.open':
			return refusalOfSeed(act.content, actor, held);
		case 'round.extend':
			return refusalOfExtension(act.content, actor, held.statement.round);
		case 'round.end':
			return refusalOfEnd(actor, held.statement.round);
		case 'signature.give':
			return refusalOfSignature(act.content, actor, held);
		case 'signature.second':
			return refusalOfSecond(act.content, actor, held);
		case 'signature.withdraw':
			return refusalOfWithdrawal(act.content, actor, held);
		case 'withheld.keep':
		case 'withheld.drop':
			return refusalOfMark(act, actor, held);
		case 'publication.propose':
			return refusalOfEdition(act.content, actor, held);
		case 'publication.confirm':
			return refusalOfConfirmation(act.content, actor, held);
	}
}

const coordinates = ({ role }: Actor): boolean => role === 'coordinator';

function refusalOfOpening(
	{ text, order, sealed, closes }: ContentOf<'round.open'>,
	actor: Actor,
	{ round }: Statement,
): StatementRule | null {
	if (!coordinates(actor)) return 'coordinators-call-for-signatures';
	if (round) return 'round-is-opened-once';
	if (!readText(text)) return 'text-is-whole';
	if ((order === 'sealed') !== (sealed !== null)) return 'order-was-sealed';
	return closes > actor.time && closes <= actor.time + LONGEST_ROUND ? null : 'close-time-is-bounded';
}

function refusalOfSeal(actor: Actor, { round, signatures, marks }: Statement): StatementRule | null {
	if (!coordinates(actor)) return 'coordinators-call-for-signatures';
	if (round?.order !== 'sealed') return 'order-was-sealed';
	const isEarly = signatures.length + marks.length === 0;
	return isEarly && !round.seeds.some(({ by }) => by === actor.account) ? null : 'order-is-sealed-before-anybody-signs';
}

function refusalOfSeed(
	{ seed }: ContentOf<'order.open'>,
	{ account }: Actor,
	{ statement: { round }, stream }: Held,
): StatementRule | null {
	if (!round?.ended) return 'sealed-seed-is-opened-after-the-end';
	const own = round.seeds.find(({ by }) => by === account);
	return own?.seed === null && sealSeed(stream, seed) === own.sealed ? null : 'order-was-sealed';
}

function refusalOfExtension({ closes }: ContentOf<'round.extend'>, actor: Actor, round: Round | null): StatementRule | null {
	if (!coordinates(actor)) return 'coordinators-call-for-signatures';
	if (!round || round.ended) return 'round-is-open';
	if (actor.time > round.closes) return 'close-time-has-not-passed';
	if (closes <= round.closes) return 'extension-is-later';
	return closes <= round.time + LONGEST_ROUND ? null : 'close-time-is-bounded';
}

function refusalOfEnd(actor: Actor, round: Round | null): StatementRule | null {
	if (!coordinates(actor)) return 'coordinators-call-for-signatures';
	if (!round || round.ended) return 'round-is-open';
	return actor.time >= round.closes ? null : 'close-time-has-come';
}

/** Whether somebody may sign now, whatever the signature: what a page asks before it shows a button. */
export function refusalOfSigning(actor: Actor, { statement, standing }: Held): StatementRule | null {
	const { round, signatures } = statement;
	const organisation = signsFor(actor, standing);
	if (!organisation) return 'representatives-sign';
	if (!round || round.ended) return 'round-is-open';
	if (actor.time > round.closes) return 'close-time-has-not-passed';
	return signatures.some((one) => one.organisation === organisation && counts(one)) ? 'organisation-signs-once' : null;
}

/** A signature that nobody believes keeps its organisation from nothing. */
const counts = ({ state }: Signature): boolean => state !== 'withdrawn' && state !== 'false';

function refusalOfSignature(content: ContentOf<'signature.give'>, actor: Actor, held: Held): StatementRule | null {
	const refusal = refusalOfSigning(actor, held);
	const { round } = held.statement;
	if (refusal || !round) return refusal ?? 'round-is-open';
	const said = readOrNull(signatureText, content.file);
	const isAbout = said?.document === round.hash && said.statement === round.digest && said.round === held.stream;
	if (!said || !isAbout) return 'signature-is-of-this-text';
	if (!isInTime(said, round)) return 'close-time-has-not-passed';
	return isKeyOf(content.key, actor, held.standing) ? null : 'organisation-key-signs';
}

/** Signed between the call and its close, by the signer's own clock. */
export function isInTime({ signed }: Pick<SignatureText, 'signed'>, { time, closes }: Pick<Round, 'time' | 'closes'>): boolean {
	const at = secondsIn(signed);
	return at <= closes && at >= time - CLOCKS_APART;
}

function isKeyOf(key: Uint8Array, actor: Actor, standing: SigningStanding): boolean {
	const organisation = signsFor(actor, standing);
	const known = organisation && standing.keyOf(organisation, actor.at);
	return known ? equalBytes(known, key) : false;
}

function refusalOfSecond({ said }: ContentOf<'signature.second'>, actor: Actor, { statement, standing }: Held): StatementRule | null {
	const signature = statement.signatures.find(({ id }) => id === said);
	if (signature?.state !== 'waits-for-second' && signature?.state !== 'checking') return 'signature-is-there';
	if (statement.round?.ended) return 'round-is-open';
	if (signsFor(actor, standing) !== signature.organisation) return 'second-is-of-the-same-organisation';
	return standing.personOf(actor.account) === standing.personOf(signature.by) ? 'second-is-another-person' : null;
}

function refusalOfWithdrawal(content: ContentOf<'signature.withdraw'>, actor: Actor, { statement, standing }: Held): StatementRule | null {
	const signature = statement.signatures.find(({ id }) => id === content.said);
	if (!signature || !counts(signature)) return 'signature-is-there';
	if (signsFor(actor, standing) !== signature.organisation) return 'organisation-withdraws-itself';
	const said = readOrNull(withdrawalText, content.file);
	if (said?.signature !== digestOf(signature.file)) return 'signature-is-there';
	const { ar, en } = signature.said.organisation;
	if (said.organisation.ar !== ar || said.organisation.en !== en) return 'organisation-withdraws-itself';
	return isKeyOf(content.key, actor, standing) ? null : 'organisation-key-signs';
}

/** Those who hold a withheld signature: two coordinators, neither of whom has to believe the other. */
const KEEPERS = 2;
export const isWithheld = ({ keepers }: Statement['marks'][number]): boolean => keepers.length >= KEEPERS;

function refusalOfMark(
	{ type, content: { mark } }: Extract<Act, { type: `withheld.${string}` }>,
	actor: Actor,
	{ statement: { round, marks }, standing }: Held,
): StatementRule | null {
	if (!coordinates(actor)) return 'withheld-is-kept-by-coordinators';
	if (!round) return 'round-is-open';
	const known = marks.find((one) => one.mark === mark);
	if (type === 'withheld.drop') return known?.keepers.includes(actor.account) ? null : 'mark-is-there';
	if (round.ended) return 'round-is-open';
	const isKeeper = known?.keepers.some((keeper) => standing.personOf(keeper) === standing.personOf(actor.account));
	return isKeeper || (known && isWithheld(known)) ? 'mark-is-kept-once' : null;
}

/** The last edition that everybody may read, or will at its hour. */
export const lastConfirmed = ({ editions }: Pick<Statement, 'editions'>): Edition | null =>
	editions.findLast(({ confirmed }) => confirmed !== null) ?? null;

function refusalOfEdition(content: ContentOf<'publication.propose'>, actor: Actor, { statement, standing }: Held): StatementRule | null {
	const { round } = statement;
	if (!coordinates(actor)) return 'coordinators-publish';
	if (!round?.ended) return 'round-has-ended';
	const list = readOrNull(listText, content.list);
	const before = lastConfirmed(statement);
	const follows = before
		? list?.edition === before.list.edition + 1 && list.previous === digestOf(before.file) && content.address === before.address
		: list?.edition === 1 && list.previous === null;
	if (!follows || list?.document !== round.hash || list.address !== content.address) return 'edition-follows';
	// An organisation answers for the list: who lays it down represents one.
	return isKeyOf(fromBase64url(list.publisher.key), { ...actor, voice: 'organisation' }, standing) ? null : 'organisation-key-signs';
}

function refusalOfConfirmation(
	{ said }: ContentOf<'publication.confirm'>,
	actor: Actor,
	{ statement, standing }: Held,
): StatementRule | null {
	if (!coordinates(actor)) return 'coordinators-publish';
	const edition = statement.editions.at(-1);
	if (edition?.id !== said || edition.confirmed) return 'edition-is-there';
	return standing.personOf(edition.by) === standing.personOf(actor.account) ? 'another-coordinator-confirms' : null;
}

/** `null` for what is of no form. */
export function readOrNull<Terms>(form: SignedText<Terms>, file: Uint8Array): Terms | null {
	try {
		return form.read(file);
	} catch {
		return null;
	}
}

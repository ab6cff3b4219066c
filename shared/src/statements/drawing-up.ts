import { equalBytes, fromBase64url, type Bytes } from '../bytes/bytes.ts';
import { alphabetical } from '../documents/neutral-order.ts';
import type { Bilingual } from '../documents/pair.ts';
import { sealedOrder } from '../documents/sealed-order.ts';
import { LEAST_COUNTED } from '../documents/withheld.ts';
import { Problem } from '../problem.ts';
import { admitKey, verifyFile } from '../crypto/sign.ts';
import type { SignatoryFiles } from '../publication/publication.ts';
import { digestOf, isoOf, listText, type ListText } from '../publication/signed-text.ts';
import { isWithheld, lastConfirmed } from './rules.ts';
import { keyName } from './signing.ts';
import type { Edition, Round, Signature, Statement } from './statement-types.ts';

/** What coordinators choose for an edition; all else follows from what organisations signed. */
export interface EditionChoices {
	readonly address: string;
	/** From when it is shown: seconds since 1970. */
	readonly published: number;
	/** When the edition is made. */
	readonly edited: number;
	readonly publisher: { readonly name: Bilingual; readonly key: Uint8Array };
	/** Those that signatories keep (`reservations.ts`). */
	readonly reservations: ListText['reservations'];
	readonly corrections: ListText['corrections'];
	readonly files: ListText['files'];
}

/**
 * The list of an edition, drawn up from the statement: the same for everybody who draws it up from the same events.
 * Before the first edition whoever withdrew is not named; afterwards the withdrawal is.
 * @throws Problem `not-allowed` (`every-seed-is-opened`) while a sealed order cannot be opened
 */
export function drawUp(statement: Statement, round: Round, stream: string, choices: EditionChoices): ListText {
	const before = lastConfirmed(statement);
	const { address, published, edited, publisher, reservations, corrections, files } = choices;
	return {
		multaqa: 'statement-list/1',
		statement: round.digest,
		document: round.hash,
		round: stream,
		address,
		edition: (before?.list.edition ?? 0) + 1,
		previous: before && digestOf(before.file),
		published: before?.list.published ?? isoOf(published),
		edited: isoOf(edited),
		order: round.order,
		publisher: { name: publisher.name, key: keyName(publisher.key) },
		signatories: signatoriesOf(statement, round, stream).map(rowOf),
		reservations: [...reservations],
		withheld: withheldOf(statement),
		corrections: [...corrections],
		files: [...files],
	};
}

/** Who stands in the next edition, in its order. @throws Problem `not-allowed` as {@link drawUp} */
export function signatoriesOf(statement: Statement, round: Round, stream: string): readonly Signature[] {
	const before = lastConfirmed(statement);
	const named = new Set(before?.list.signatories.map(({ signature }) => signature));
	const those = statement.signatures.filter(
		({ state, file }) => state === 'standing' || (state === 'withdrawn' && named.has(digestOf(file))),
	);
	return inOrder(those, round, stream);
}

function inOrder(signatures: readonly Signature[], { order, seeds }: Round, stream: string): readonly Signature[] {
	const filed = signatures.map((signature) => ({ id: signature.organisation as string, name: signature.said.organisation, signature }));
	if (order !== 'sealed') return alphabetical(filed, order === 'arabic' ? 'arabic' : 'latin').map(({ signature }) => signature);
	const opened = seeds.flatMap(({ seed }) => (seed ? [seed] : []));
	return sealedOrder(filed, { round: stream, sealed: seeds.map(({ sealed }) => sealed), seeds: opened }).map(({ signature }) => signature);
}

const rowOf = ({ said, key, file, withdrawal }: Signature): ListText['signatories'][number] => ({
	name: said.organisation,
	key: keyName(key),
	signature: digestOf(file),
	withdrawal: withdrawal && digestOf(withdrawal.file),
});

/** The rule of three: with fewer, a number would tell too much (E-6). */
export function withheldOf({ marks }: Statement): ListText['withheld'] {
	const count = marks.filter(isWithheld).length;
	return count === 0 ? 0 : count < LEAST_COUNTED ? 'some' : count;
}

/** What organisations signed, as a publication holds it. */
export const filesOf = ({ file, signature, key, withdrawal }: Signature): SignatoryFiles => ({
	file: own(file),
	signature: own(signature),
	key: own(key),
	withdrawal: withdrawal && { file: own(withdrawal.file), signature: own(withdrawal.signature), key: own(withdrawal.key) },
});

const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

/**
 * Whether an edition that another coordinator laid down says what this device would say: who signed, in which order,
 * how many are withheld, what it follows. What they could choose (hour, corrections, files) is for the person to read.
 * @throws Problem `tampered` with what differs as its reason; `not-allowed` as {@link drawUp}
 */
export async function checkEdition(
	statement: Statement,
	round: Round,
	stream: string,
	edition: Edition,
	reservations: ListText['reservations'],
): Promise<void> {
	const { list } = edition;
	const here = drawUp(statement, round, stream, {
		...list,
		reservations,
		published: Date.parse(list.published) / 1000,
		edited: Date.parse(list.edited) / 1000,
		publisher: { name: list.publisher.name, key: new Uint8Array(32) },
	});
	for (const part of [
		'statement',
		'document',
		'round',
		'edition',
		'previous',
		'published',
		'order',
		'signatories',
		'reservations',
		'withheld',
	] as const)
		if (JSON.stringify(here[part]) !== JSON.stringify(list[part])) throw new Problem('tampered', { reason: part });
	if (!equalBytes(listText.write(list), edition.file)) throw new Problem('tampered', { reason: 'spelling' });
	if (!(await verifyFile(admitKey(fromBase64url(list.publisher.key)), edition.file, edition.signature)))
		throw new Problem('tampered', { reason: 'publisher' });
}

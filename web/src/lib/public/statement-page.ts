import { decodeText, shortHash } from '@multaqa/shared/documents/canonical';
import { numbered } from '@multaqa/shared/documents/numbering';
import type { Bilingual, BilingualText, Language, PairKind } from '@multaqa/shared/documents/pair';
import { withheldWords } from '@multaqa/shared/documents/withheld';
import { fingerprint } from '@multaqa/shared/publication/pem';
import { titleOf, type Publication } from '@multaqa/shared/publication/publication';
import { listText, secondsIn, withdrawalText, type ListText } from '@multaqa/shared/publication/signed-text';

/** A paragraph of a statement in one language. */
export interface PublicPart {
	readonly kind: PairKind;
	readonly level: number;
	readonly number: number | null;
	readonly text: string;
	/** Numbers of the footnotes that belong to it. */
	readonly notes: readonly number[];
}

/** An organisation under a statement. Times are seconds since 1970. */
export interface PublicSignatory {
	readonly name: string;
	readonly withdrawn: { readonly time: number; readonly reason: string } | null;
}

/** A statement in one language. */
export interface PublicText {
	readonly title: string;
	/** Of the footnotes to the title. */
	readonly titleNotes: readonly number[];
	readonly footnotes: readonly { readonly number: number; readonly text: string }[];
	readonly parts: readonly PublicPart[];
	readonly signatories: readonly PublicSignatory[];
	/** «و3 منظمات حُجبت أسماؤها لدواعٍ أمنية»; empty when there are none. */
	readonly withheld: string;
	/** What signatories hold against a paragraph (by its number), or against the whole text. */
	readonly reservations: readonly { readonly organisation: string; readonly paragraph: number | null; readonly text: string }[];
	readonly corrections: readonly { readonly time: number; readonly text: string }[];
	readonly publisher: string;
}

/** An organisation's key, as people compare it. */
export interface PublicKey {
	readonly name: Bilingual;
	readonly fingerprint: string;
}

/** All that the page of a statement shows. */
export interface StatementPage {
	readonly address: string;
	readonly texts: Readonly<Record<Language, PublicText>>;
	readonly published: number;
	readonly edited: number;
	readonly edition: number;
	readonly order: ListText['order'];
	readonly shortHash: string;
	/** SHA-256 of `statement.txt`. */
	readonly digest: string;
	/** By which those in the list signed, in its order. */
	readonly keys: readonly PublicKey[];
	/** Who issues the list. */
	readonly publisher: PublicKey;
	readonly files: readonly { readonly name: string; readonly size: number }[];
}

/** What stands in a language, or in the other one where it was not written: a name is a name. */
const inOne = (both: Bilingual, language: Language): string => both[language] || both.ar || both.en;

export function statementPage(publication: Publication): StatementPage {
	const list = listText.read(publication.list.file);
	const text = decodeText(publication.text);
	return {
		address: list.address,
		texts: { ar: textIn('ar', publication, list, text), en: textIn('en', publication, list, text) },
		published: secondsIn(list.published),
		edited: secondsIn(list.edited),
		edition: list.edition,
		order: list.order,
		shortHash: shortHash(list.document),
		digest: list.statement,
		keys: list.signatories.map(keyOf),
		publisher: keyOf(list.publisher),
		files: publication.files.map(({ name, bytes }) => ({ name, size: bytes.length })),
	};
}

const keyOf = ({ name, key }: { readonly name: Bilingual; readonly key: string }): PublicKey => ({ name, fingerprint: fingerprint(key) });

function textIn(language: Language, publication: Publication, list: ListText, text: BilingualText): PublicText {
	const signatories = list.signatories.map((row, place) => ({
		name: inOne(row.name, language),
		withdrawn: withdrawnIn(language, publication.signatories[place]),
	}));
	const standing = signatories.filter(({ withdrawn }) => !withdrawn).length;
	return {
		title: inOne(titleOf(publication), language),
		...textsIn(language, text),
		signatories,
		withheld: withheldWords(list.withheld === 'some' ? 1 : list.withheld, standing, language),
		reservations: reservationsIn(language, list, text),
		corrections: list.corrections.map(({ at, text: said }) => ({ time: secondsIn(at), text: inOne(said, language) })),
		publisher: inOne(list.publisher.name, language),
	};
}

/** The title stands above, footnotes below; a paragraph that this language lacks is left out and keeps its number. */
function textsIn(language: Language, { pairs }: BilingualText): Pick<PublicText, 'parts' | 'footnotes' | 'titleNotes'> {
	const numbers = numbered(pairs);
	const notes = pairs.flatMap(({ kind, [language]: text }, place) => {
		const { number, of } = numbers[place] ?? { number: null, of: null };
		return kind === 'footnote' && text !== '' && number !== null ? [{ number, text, of }] : [];
	});
	const notesOf = (place: number): number[] => notes.flatMap(({ number, of }) => (of === place ? [number] : []));
	return {
		parts: pairs.flatMap(({ kind, level, [language]: text }, place) => {
			const isPart = kind !== 'title' && kind !== 'footnote' && text !== '';
			return isPart ? [{ kind, level, text, number: numbers[place]?.number ?? null, notes: notesOf(place) }] : [];
		}),
		footnotes: notes.map(({ number, text }) => ({ number, text })),
		titleNotes: notesOf(pairs.findIndex(({ kind }) => kind === 'title')),
	};
}

/** Whoever withdrew holds nothing against it any more. A heading has no number: then it is told as of the whole text. */
function reservationsIn(language: Language, { reservations, signatories }: ListText, { pairs }: BilingualText): PublicText['reservations'] {
	const numbers = numbered(pairs);
	const standing = new Set(signatories.filter(({ withdrawal }) => withdrawal === null).map(({ name }) => `${name.ar}/${name.en}`));
	return reservations
		.filter(({ organisation: { ar, en } }) => standing.has(`${ar}/${en}`))
		.map(({ organisation, paragraph, text }) => ({
			organisation: inOne(organisation, language),
			paragraph: paragraph === null ? null : (numbers[paragraph]?.number ?? null),
			text,
		}));
}

function withdrawnIn(language: Language, one: Publication['signatories'][number] | undefined): PublicSignatory['withdrawn'] {
	if (!one?.withdrawal) return null;
	const { withdrawn, reason } = withdrawalText.read(one.withdrawal.file);
	return { time: secondsIn(withdrawn), reason: reason ? inOne(reason, language) : '' };
}

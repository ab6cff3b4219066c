import type { Bilingual, Language } from '../documents/pair.ts';
import { normalText } from '../documents/normal-text.ts';
import type { Block } from './blocks.ts';
import type { ExportedReservation, ExportedText } from './exported-text.ts';
import { dayWords, filled, RESERVATION_WORDS, WORDING } from './wording.ts';

/** What stands after the text: who signed, what is reserved, and which version it is. */
export function closingOf(text: ExportedText, language: Language): readonly Block[] {
	return [
		...part(WORDING.signatories, signatories(text, language), language),
		...reservations(text, language),
		...part(WORDING.about, aboutLines(text, language), language),
	];
}

const block = (kind: Block['kind'], text: string, language: Language): Block => ({
	kind,
	level: 1,
	number: null,
	text: normalText(text),
	notes: [],
	language,
});

function part(heading: Bilingual, lines: readonly string[], language: Language): readonly Block[] {
	const said = lines.filter((line) => line !== '').map((line) => block('line', line, language));
	return said.length === 0 ? [] : [block('subheading', heading[language], language), ...said];
}

/** A name that an organisation has in one language only is given in that one. */
const named = (name: Bilingual, language: Language): string => name[language] || name[language === 'ar' ? 'en' : 'ar'];

const signatories = ({ signatories: signed }: ExportedText, language: Language): readonly string[] =>
	signed === null ? [] : [...signed.names.map((name) => named(name, language)), signed.withheld[language]];

/** Each under its organisation, type and paragraph; its words in the language in which they were written. */
function reservations({ reservations: kept }: ExportedText, language: Language): readonly Block[] {
	if (kept.length === 0) return [];
	const told = kept.flatMap((reservation) => [
		block('line', reservationHead(reservation, language), language),
		block('line', reservation.text, reservation.language),
	]);
	return [block('subheading', WORDING.reservations[language], language), ...told];
}

function reservationHead({ organisation, type, paragraph }: ExportedReservation, language: Language): string {
	const place = paragraph === null ? WORDING.wholeText[language] : filled(WORDING.paragraph, language, { number: String(paragraph) });
	const comma = language === 'ar' ? '،' : ',';
	return `${named(organisation, language)} (${RESERVATION_WORDS[type][language]}${comma} ${place}):`;
}

function aboutLines(text: ExportedText, language: Language): readonly string[] {
	const { number, hash, day, authority } = text;
	const decides = authority === 'both' ? WORDING.bothDecide : authority === 'ar' ? WORDING.arabicDecides : WORDING.englishDecides;
	const version = hash === null ? WORDING.draft : WORDING.frozen;
	return [
		credit(text, language),
		filled(version, language, { number: String(number), hash: apart(hash ?? '') }),
		day === null ? '' : dayWords(day, language),
		decides[language],
	];
}

/** Letters of Latin in whatever direction stands around them: a hash may begin and end with a hyphen. */
export const apart = (hash: string): string => `\u200E${hash}\u200E`;

function credit({ credit: names }: ExportedText, language: Language): string {
	if (names === null) return WORDING.jointly[language];
	const list = names.map((name) => named(name, language)).join(language === 'ar' ? '، ' : ', ');
	return filled(WORDING.draftedBy, language, { names: list });
}

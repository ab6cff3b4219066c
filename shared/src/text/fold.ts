/**
 * What a reader hears in a word, for finding it again: two spellings of one word fold to the same letters. Unlike the
 * skeleton of a name (`skeleton.ts`), which says what the eye confuses, dots and letters that are spoken differently
 * stay apart. The folding of Arabic is that of Lucene's normaliser (alef, teh marbuta, yeh, tatweel, vowel marks) and
 * of those letters for which an Arabic keyboard has no key; a hamza inside of a word is told besides.
 */
export interface FoldedWord {
	/** As most people type it: without hamza where many leave it out. */
	readonly word: string;
	/** With every hamza, whatever it sits on («مسؤول» and «مسئول» are one); `null` when there is none that counts. */
	readonly hamza: string | null;
	/** Where it stands in the text, in UTF-16 units; marks on its last letter belong to it. */
	readonly start: number;
	readonly end: number;
	/** Begins with a hamza: its first two letters are not the article («إلهام»). */
	readonly led: boolean;
	/** Ends in teh marbuta. */
	readonly marbuta: boolean;
}

/** A letter without what does not count; `''`: heard of nobody, inside of a word or not; `null`: no letter. */
interface FoldedLetter {
	readonly plain: string | null;
	readonly seat: boolean;
	/** A mark that stands on the letter before it. */
	readonly mark: boolean;
	readonly marbuta: boolean;
}

/** Longer words are nothing that people look for, but could fill a memory. */
const LONGEST = 64;

const SAME: Readonly<Record<string, string>> = {
	ا: 'ٱ',
	ه: 'ةھہەۃۿ',
	ي: 'ىیېۍێےؽۑ',
	ك: 'کڪګگڭ',
	و: 'ۆۇۈۉۋۅۄ',
	ن: 'ں',
	ب: 'پ',
	ج: 'چ',
	ز: 'ژ',
	ف: 'ڤ',
	ر: 'ڕړ',
	ل: 'ڵ',
	ss: 'ß',
	ae: 'æ',
	oe: 'œ',
	th: 'þ',
	o: 'ø',
	l: 'ł',
	d: 'đð',
	h: 'ħ',
	i: 'ı',
	t: 'ŧ',
	σ: 'ς',
};
const letters = new Map([
	...Object.entries(SAME).flatMap(([same, all]) => Array.from(all, (letter) => [letter, same] as const)),
	...Array.from('٠١٢٣٤٥٦٧٨٩', (digit, value) => [digit, String(value)] as const),
	...Array.from('۰۱۲۳۴۵۶۷۸۹', (digit, value) => [digit, String(value)] as const),
]);

const LETTER = /[\p{L}\p{N}]/u;
const MARK = /[\p{M}\u0640]/u;
/** Controls of direction and joining, and apostrophes, which people write or leave out. */
const UNHEARD = /[\p{Cf}\u0674'’‘ʼʾʿ`´]/u;
const HAMZA = 'ء';
const LAST_HAMZA = /^(.{3,}?)ء+$/su;
const HAMZA_MARKS = '\u0654\u0655';
const MARBUTA = /^[ةﺓﺔ]$/;
/** What may stand before the first letter of a word: a hamza after it is still the first. */
const WORN = /^(?:[وف]?[بكل]?(?:ال)?|[وف]?لل)$/;

const known = new Map<number, FoldedLetter>();

function foldLetter(code: number): FoldedLetter {
	const before = known.get(code);
	if (before) return before;
	const folded = foldUnknown(String.fromCodePoint(code));
	known.set(code, folded);
	return folded;
}

function foldUnknown(letter: string): FoldedLetter {
	const nothing: FoldedLetter = { plain: '', seat: false, mark: false, marbuta: false };
	if (MARK.test(letter)) return { ...nothing, seat: HAMZA_MARKS.includes(letter), mark: true };
	if (UNHEARD.test(letter)) return nothing;
	const parts = Array.from(letter.normalize('NFKD').toLowerCase());
	const plain = parts
		.filter((part) => LETTER.test(part) && !MARK.test(part) && !UNHEARD.test(part))
		.map((part) => letters.get(part) ?? part);
	if (plain.length === 0) return { ...nothing, plain: null };
	const seat = parts.some((part) => part === HAMZA || HAMZA_MARKS.includes(part));
	return { ...nothing, plain: plain.join(''), seat, marbuta: MARBUTA.test(letter) };
}

/** The words of a text, folded, in order. */
export function wordsOf(text: string): FoldedWord[] {
	const words: FoldedWord[] = [];
	let open: OpenWord | null = null;
	for (let at = 0; at < text.length;) {
		const code = text.codePointAt(at) ?? 0;
		const next = at + (code > 0xffff ? 2 : 1);
		const letter = foldLetter(code);
		if (letter.plain === null) {
			if (open) words.push(closed(open));
			open = null;
		} else if (letter.plain !== '') {
			open ??= { start: at, end: at, word: '', seats: NO_SEATS, marbuta: false };
			take(open, letter, next);
		} else if (open && letter.mark) {
			open.end = next;
			if (letter.seat) open.seats = [...open.seats, open.word.length - 1];
		}
		at = next;
	}
	if (open) words.push(closed(open));
	return words;
}

interface OpenWord {
	start: number;
	end: number;
	word: string;
	/** Places in `word` of letters with a hamza, in UTF-16 units. */
	seats: readonly number[];
	marbuta: boolean;
}

const NO_SEATS: readonly number[] = [];

function take(open: OpenWord, { plain, seat, marbuta }: FoldedLetter, end: number): void {
	open.end = end;
	open.marbuta = marbuta;
	if (open.word.length >= LONGEST) return;
	open.word += plain;
	if (seat) open.seats = [...open.seats, open.word.length - 1];
}

function closed({ start, end, word, seats, marbuta }: OpenWord): FoldedWord {
	if (seats.length === 0) return { word, hamza: null, start, end, led: false, marbuta };
	const counting = seats.filter((seat) => word[seat] !== 'ا' || !WORN.test(word.slice(0, seat)));
	const hamza = counting.reduce((known, seat) => known.slice(0, seat) + HAMZA + known.slice(seat + 1), word);
	// «رجا» is often meant to be «رجاء»; of shorter words too little would be left.
	const plain = word.replace(LAST_HAMZA, '$1');
	return { word: plain, hamza: hamza === plain ? null : hamza, start, end, led: seats[0] === 0 && word[0] === 'ا', marbuta };
}

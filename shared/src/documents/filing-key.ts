import { wordsOf } from '../text/fold.ts';

/** By whose alphabet names are filed. */
export type Script = 'arabic' | 'latin';

/** A word as it is filed. */
export interface FiledWord {
	/** Numbers, then the script of the order, then all others. */
	readonly rank: 0 | 1 | 2;
	/** Of a number; 0 for all else. */
	readonly value: number;
	/** Folded (`text/fold.ts`), without the article; code points stand in the order of both alphabets. */
	readonly word: string;
}

/** A name, word by word; none: it has no letters. */
export type FilingKey = readonly FiledWord[];

/** Longer names are not told apart by what comes then. */
const MOST_WORDS = 40;
const NUMBER = /^[0-9]{1,15}$/;
const OF_SCRIPT: Readonly<Record<Script, RegExp>> = { arabic: /^[\u0621-\u064A]/, latin: /^[a-z]/ };

/**
 * What a name is filed under: of Arabic without «ال» before every word, also where «و ف ب ك ل» are joined to it («المركز
 * السوري للإعلام» as «مركز سوري لإعلام»), and without regard to hamza and vowel marks; of Latin without regard to case
 * and accents, and without a «The» at its beginning.
 */
export function filingKey(name: string, script: Script): FilingKey {
	// Whoever writes a name a thousand words long is cut before the words are found.
	const text = name.slice(0, 1_000);
	const words = wordsOf(text).slice(0, MOST_WORDS);
	const filed = words.map(({ word, start, end }) => withoutArticle(word, text.slice(start, end)));
	const named = filed[0] === 'the' && filed.length > 1 ? filed.slice(1) : filed;
	return named.map((word) => filedWord(word, script));
}

function filedWord(word: string, script: Script): FiledWord {
	if (NUMBER.test(word)) return { rank: 0, value: Number(word), word };
	return { rank: OF_SCRIPT[script].test(word) ? 1 : 2, value: 0, word };
}

const ARTICLE = /^(?<worn>[وف]?[بك]?)ال(?=.{2})/;
const JOINED_ARTICLE = /^(?<worn>[وف]?ل)ل(?=.{2})/;
/** «إلهام»: a hamza says that it is no article. */
const HAMZA_FIRST = /^[وفبك]{0,2}[أإآ]\p{M}*ل/u;

/** @param written the word as it stands in the name, with its hamzas */
function withoutArticle(word: string, written: string): string {
	if (HAMZA_FIRST.test(written) || OWN_WORDS.has(word)) return word;
	const worn = (ARTICLE.exec(word) ?? JOINED_ARTICLE.exec(word))?.groups?.['worn'];
	if (worn === undefined) return word;
	const rest = word.slice(worn.length + (ARTICLE.test(word) ? 2 : 1));
	return OWN_ARTICLE.has(`ال${rest}`) ? word : worn + rest;
}

/**
 * Words, folded, whose «ال» is their own: of the eighth form with ل as first root letter, foreign ones and names. Whole
 * words, since «التحاق» begins like «التحقيق», «التماس» like «التماسك» and «الياس» like «الياسمين».
 */
const OWN_ARTICLE: ReadonlySet<string> = new Set(
	`الله التزام التزامات التقا التقات التحاق التيام التماس التماسات التفاف التفات التهاب التباس التجا الياس اليكس
	الكسندر البرت البير الفريد المانيا الماني المانيه البانيا الكتروني الكترونيه الكترونيا الكترونيات`.split(/\s+/),
);

/** Words that only look as if they began with «بال», «وال», «كال», «فال» or «لل». */
const OWN_WORDS: ReadonlySet<string> = new Set(
	`بالميرا بالغ بالغه بالغين بالغون بالغات بالون بالي والد والده والدي والدين والدان والدات والي واليه فالح فالنسيا
	كاليفورنيا كالسيوم كالوري`.split(/\s+/),
);

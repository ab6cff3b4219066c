import type { FoldedWord } from '../text/fold.ts';
import type { Dictionary } from './dictionary.ts';
import { beginsWithOwnLetter } from './own-letters.ts';

/**
 * What an Arabic word wears in front: conjunctions and prepositions of one letter, and the article. Lucene's light
 * stemmer takes «ال وال بال كال فال لل و» off every word, and so makes one of «وزير» and «زير»; here they are put
 * before the word that is looked for instead, and what is found is asked whether the letter is its own.
 */
const WITH_ARTICLE = ['ال', 'وال', 'فال', 'بال', 'كال', 'لل', 'وبال', 'فبال', 'ولل', 'فلل', 'وكال'];
const WITHOUT = ['و', 'ف', 'ب', 'ك', 'ل', 'وب', 'ول', 'فب', 'فل', 'وك'];
const ARTICLE = /^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})/;
const BEFORE_ARTICLE = /^[وفبك]{1,2}ال/;
const ARABIC = /^[\u0621-\u064A]/;
/** So many letters of a word must be there before one letter may be before them, or more follow. */
const LEAST = 3;

/** One spelling under which a word is looked for. */
export interface Form {
	readonly spelling: string;
	/** What of it is worn: the length of its clitics. */
	readonly worn: number;
	/** The article is among them. */
	readonly article: boolean;
	/** Longer words that begin so are meant too; `more`: only those. */
	readonly open: boolean | 'more';
	/** How near it is to what was typed, at most 1. */
	readonly weight: number;
}

/** Everything under which a typed word may stand in a text. `open`: it may go on. */
export function formsOf(typed: FoldedWord, open: boolean): readonly Form[] {
	const worn = typed.led ? '' : (ARTICLE.exec(typed.word)?.[0] ?? '');
	const bare = spellingsOf(typed, open, 0);
	if (worn === '') return bare.flatMap(dressed);
	const whole = bare.filter(({ spelling }) => spelling.startsWith(worn));
	const base = spellingsOf(typed, open, worn.length).map((form) => ({ ...form, weight: form.weight * 0.9 }));
	return [...whole, ...base.flatMap(dressed)];
}

/** Only as it was written, whatever its hamzas sit on: for words in quotation marks. */
export function exactForms({ word, hamza }: FoldedWord, open: boolean): readonly Form[] {
	const spellings = hamza === null ? [word] : [word, hamza];
	return spellings.map((spelling) => ({ spelling, worn: 0, article: false, open, weight: 1 }));
}

/** Both ways to spell it without its first letters. Without its last hamza it does not go on: «رجاء» is not «رجال». */
function spellingsOf({ word, hamza, marbuta }: FoldedWord, open: boolean, from: number): readonly Form[] {
	const form = (spelling: string, goesOn: Form['open'], weight: number): Form => {
		return { spelling: spelling.slice(from), worn: 0, article: false, open: goesOn, weight };
	};
	const shortened = hamza !== null && hamza.length > word.length;
	const forms = [form(word, open && !shortened, 1)];
	if (hamza !== null) forms.push(form(hamza, open, 1));
	// «منظمة» is «منظمتنا» when it belongs to somebody.
	if (marbuta && word.length - from > LEAST) forms.push(form(`${word.slice(0, -1)}ت`, 'more', 0.6));
	return forms;
}

function dressed(form: Form): readonly Form[] {
	const { spelling, weight } = form;
	if (!ARABIC.test(spelling) || spelling.length < 2) return [form];
	const articles = WITH_ARTICLE.map((worn) => wearing(form, worn, true, weight * 0.95));
	const letters = spelling.length < LEAST ? [] : WITHOUT.map((worn) => wearing(form, worn, false, weight * 0.7));
	return [form, ...articles, ...letters];
}

function wearing(form: Form, worn: string, article: boolean, weight: number): Form {
	return { ...form, spelling: worn + form.spelling, worn: worn.length, article, weight };
}

/** Whether a word of the dictionary is what the form means, and not another that begins with the same letters. */
export function isMeant(number: number, { worn, article }: Form, dictionary: Dictionary): boolean {
	if (worn === 0) return true;
	const word = dictionary.wordOf(number);
	if (article && dictionary.isLed(number)) return false;
	for (let own = 0; own < worn; own++) {
		const rest = word.slice(own);
		if (rest.startsWith('ال')) return true;
		if (dictionary.has(`ال${rest}`) || (!BEFORE_ARTICLE.test(rest) && beginsWithOwnLetter(rest))) return false;
	}
	return true;
}

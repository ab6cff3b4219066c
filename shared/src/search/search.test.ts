import { describe, expect, test } from 'vitest';
import { markedPart, markedWhole, rangesOf, type Marked } from './marked.ts';
import { match } from './match.ts';
import { QUERY_LIMIT, queryText, readQuery, type QueryPart } from './query.ts';
import { TextIndex } from './text-index.ts';

function partsOf(typed: string): readonly QueryPart[] {
	const query = readQuery(typed);
	if (!('parts' in query)) throw new Error(`nothing is looked for: ${query.refused}`);
	return query.parts;
}

/** Looks in texts that somebody wrote; answers those that are found, the best first. */
function found(typed: string, texts: readonly string[]): readonly string[] {
	const index = new TextIndex();
	for (const text of texts) index.add(text);
	const matches = match(index, partsOf(typed));
	return matches.texts.toSorted((a, b) => matches.score(b) - matches.score(a)).map((number) => texts[number] ?? '');
}

/** The text with what is found in brackets. */
function highlighted(typed: string, text: string, show: typeof markedWhole = markedWhole): string {
	const index = new TextIndex();
	const number = index.add(text);
	const marked = show(text, rangesOf(text, match(index, partsOf(typed)).stretches(number)));
	return spelled(marked);
}

const spelled = ({ pieces, cutBefore, cutAfter }: Marked): string =>
	(cutBefore ? '…' : '') + pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('') + (cutAfter ? '…' : '');

describe('a word is found', () => {
	test.each([
		['اعلان', 'إعلان'],
		['اعلان', 'الإعلان'],
		['اعلان', 'إعـــلان'],
		['اعلان', 'إعلانٌ'],
		['إعلان', 'اعلان'],
		['الإعلان', 'إعلان'],
		['الاعلان', 'والإعلان'],
		['اعلان', 'والإعلان'],
		['اعلان', 'فالإعلان'],
		['اعلان', 'بالإعلان'],
		['اعلان', 'كالإعلان'],
		['اعلان', 'للإعلان'],
		['اعلان', 'وبالإعلان'],
		['اعلان', 'وللإعلان'],
		['بالإعلان', 'إعلان'],
		['اعلان', 'وإعلان'],
		['اعلان', 'بإعلان'],
		['اعلان', 'لإعلان'],
		['اعلان', 'إعلانات'],
		['اعلان', 'بإعلاناتهم'],
		['دستور', 'والدستور'],
		['دولة', 'والدولة'],
		['دمشق', 'بدمشق'],
		['دمشق', 'ودمشق'],
		['دمشق', 'ولدمشق'],
		['لبنان', 'ولبنان'],
		['لجنة', 'اللجنة'],
		['لجنة', 'للجنة'],
		['اللجنة', 'للجنة'],
		['منظمة', 'منظمه'],
		['منظمه', 'المنظمة'],
		['منظمة', 'منظمتنا'],
		['منظمة', 'ولمنظمتهم'],
		['مستشفى', 'مستشفي'],
		['على', 'علي'],
		['مسئول', 'المسؤول'],
		['المسؤولين', 'للمسئولين'],
		['شؤون', 'بشئون'],
		['موتمر', 'المؤتمر'],
		['رئيس', 'رييس'],
		['هيئة', 'الهيأة'],
		['قراءة', 'قرائة'],
		['رجاء', 'رجا'],
		['علما', 'علماء'],
		['مبادئ', 'المبادئ'],
		['الرقه', 'الرقة'],
		['الرقة', 'بالرقة'],
		['رقة', 'والرقة'],
		['2026', '٢٠٢٦'],
		['٢٠٢٦', '2026'],
		['۲۰۲۶', '٢٠٢٦'],
		['سوريه', 'سوريّة'],
		['کریم', 'كريم'],
		['فيينا', 'بڤيينا'],
		['COUNCIL', 'Council'],
		['coun', 'councils'],
		['resume', 'Résumé'],
		['celik', 'Çelik'],
		['quran', "Qur'an"],
		['A/HRC/58', 'القرار (A/HRC/58)'],
		['a/hrc/5', 'A/HRC/58/66'],
		['58', 'A/HRC/58'],
		['reem@example.org', 'reem@example.org'],
		['المحكمة الجنائية', 'أمام المحكمة الجنائية الدولية'],
		['جنايه محكم', 'المحكمة والجناية'],
	])('%s in «%s»', (typed, text) => {
		expect(found(typed, [text])).toEqual([text]);
	});
});

describe('a word is not found', () => {
	test.each([
		['اعلان', 'إعلام'],
		['اعلان', 'علان'],
		['اعلان', 'أعلن'],
		['اعلان', 'علانية'],
		['رقة', 'ورقة'],
		['الرقة', 'ورقة'],
		['الرقة', 'فرقة'],
		['الرقة', 'ورقتان'],
		['جنة', 'لجنة'],
		['جنة', 'للجنة'],
		['جنان', 'لجان'],
		['كره', 'فكرة'],
		['أمل', 'كامل'],
		['أمل', 'كاملة'],
		['أحد', 'واحد'],
		['أحد', 'واحدة'],
		['طاقة', 'بطاقة'],
		['عالية', 'فعالية'],
		['أنت', 'كانت'],
		['بئر', 'كبير'],
		['بئر', 'بر '],
		['أفق', 'وافق'],
		['أصل', 'واصل'],
		['عود', 'وعود'],
		['جود', 'وجود'],
		['ريق', 'فريق'],
		['لاب', 'كلاب'],
		['ماء', 'ما '],
		['رجاء', 'رجال'],
		['سماء', 'سمات'],
		['هام', 'إلهام'],
		['مان', 'ألمان'],
		['بان', 'ألبان'],
		['يد', 'بيد'],
		['زير', 'وزير'],
		['تاب', 'كتاب'],
		['سلام', 'الإسلام'],
		['سورة', 'صورة'],
		['خبر', 'حبر'],
		['قلب', 'كلب'],
		['علم', 'عمل'],
		['نص', 'نصر '],
		['سوريا ', 'سور'],
		['council', 'count'],
		['ounc', 'council'],
		['26', '2026'],
		['A/HRC/58', 'A/HRC/57 و 58'],
		['قرار 4', 'قرار 14'],
	])('%s in «%s»', (typed, text) => {
		// Where a space ends what was typed, the word is whole.
		const whole = text.endsWith(' ') ? `${typed} ` : typed;
		expect(found(whole, [text.trim()])).toEqual([]);
	});

	test('when the forum writes the article before the letter: it is the word’s own', () => {
		const texts = ['القرية بعيدة', 'بلقيس في القصر', 'البلقيس اسم', 'فبلقيس'];
		expect(found('لقيس', ['بلقيس في القصر'])).toEqual(['بلقيس في القصر']);
		expect(found('لقيس', texts)).toEqual([]);
	});

	test('in a text that has only some of the words', () => {
		expect(found('إعلان دمشق', ['إعلان', 'دمشق', 'إعلانٌ من دمشق'])).toEqual(['إعلانٌ من دمشق']);
	});
});

describe('the last word is still being typed', () => {
	test('two letters find what begins with them', () => {
		expect(found('اع', ['الإعلان', 'معاد'])).toEqual(['الإعلان']);
	});

	test('one letter more after a space changes nothing yet', () => {
		expect(found('اعلان د', ['إعلان'])).toEqual(['إعلان']);
	});

	test('and short words that were ended are whole', () => {
		expect(found('من ', ['منظمة'])).toEqual([]);
		expect(found('من', ['منظمة'])).toEqual(['منظمة']);
	});

	test('the word itself comes before longer ones, and before those that wear something', () => {
		const texts = ['إعلانات كثيرة هنا', 'وإعلان كثير هنا', 'إعلان كثير هنا', 'الإعلان كثير هنا'];
		expect(found('إعلان', texts)).toEqual(['إعلان كثير هنا', 'الإعلان كثير هنا', 'وإعلان كثير هنا', 'إعلانات كثيرة هنا']);
	});
});

describe('words in quotation marks', () => {
	test.each([['"حقوق الانسان"'], ['«حقوق الإنسان»'], ['“حقوق الإنسان”'], ['"حقوق الان']])('%s stand one after another', (typed) => {
		const texts = ['مجلس حقوق الإنسان', 'الإنسان وحقوقه، حقوق', 'حقوق هذا الإنسان'];
		expect(found(typed, texts)).toEqual(['مجلس حقوق الإنسان']);
	});

	test.each([
		['"اعلان"', 'الإعلان'],
		['"اعلان"', 'إعلانات'],
		['"حقوق الانسان"', 'وحقوق الإنسان'],
		['"الانسان حقوق"', 'حقوق الإنسان'],
	])('%s are not «%s»: they are as they are written', (typed, text) => {
		expect(found(typed, [text])).toEqual([]);
	});

	test('and others beside them are needed too', () => {
		expect(found('"حقوق الإنسان" مجلس', ['حقوق الإنسان', 'مجلس حقوق الإنسان'])).toEqual(['مجلس حقوق الإنسان']);
	});

	test('hamzas inside are heard whatever they sit on', () => {
		expect(found('"شئون اللاجئين"', ['في شؤون اللاجئين'])).toEqual(['في شؤون اللاجئين']);
	});
});

describe('what asks for more letters, or fewer', () => {
	test.each(['', '  ', 'ا', 'و ', '؟!', '"ا"', '«»', '5', 'a b', 'ـ', '😀'])('«%s» is too short', (typed) => {
		expect(readQuery(typed)).toEqual({ refused: 'too-short' });
	});

	test.each([
		['letters', 'ا'.repeat(QUERY_LIMIT + 1)],
		['words', 'كلمة '.repeat(17)],
	])('too many %s', (_, typed) => {
		expect(readQuery(typed)).toEqual({ refused: 'too-long' });
	});

	test('what is looked for can be told', () => {
		expect(queryText(partsOf(' الإعلانُ «حقوق الإنسان» A/HRC'))).toBe('الاعلان "حقوق الانسان" "a hrc"');
	});
});

describe('what was found is marked where it stands', () => {
	test.each([
		['اعلان', 'قال: «والإعـــلانُ» صدر.', 'قال: «[والإعـــلانُ]» صدر.'],
		['محمد', 'مُحَمَّدٌ، أحمد', '[مُحَمَّدٌ]، أحمد'],
		['لان', 'ﻷنّ ﻻ', '[ﻷنّ] ﻻ'],
		['الله', 'ﷲ 😀', '[ﷲ] 😀'],
		['hope', '😀 𝐇𝐨𝐩𝐞!', '😀 [𝐇𝐨𝐩𝐞]!'],
		['zein', 'Ze\u0301\u0308in ok', '[Ze\u0301\u0308in] ok'],
		['strasse', 'eine Straße', 'eine [Straße]'],
		['"حقوق الانسان"', 'حقوق، حقوق  الإنسان', 'حقوق، [حقوق  الإنسان]'],
		['دمشق حلب', 'بدمشق وحلب والدمشقي', '[بدمشق] [وحلب] [والدمشقي]'],
		['A/HRC/58', 'القرار A/HRC/58 و58', 'القرار [A/HRC/58] و58'],
		['رقة ', 'ورقة من الرقة', 'ورقة من [الرقة]'],
	])('%s in %s', (typed, text, marked) => {
		expect(highlighted(typed, text)).toBe(marked);
	});

	const long = (before: number, after: number) => `${'كلمة '.repeat(before)}الإعلان${' كلمة'.repeat(after)}`;

	test('a long text is cut around it, between words', () => {
		const shown = highlighted('اعلان', long(200, 200), markedPart);
		expect(shown).toMatch(/^…كلمة .*\[الإعلان\].* كلمة…$/);
		expect(shown.length).toBeLessThan(230);
	});

	test('at the beginning and the end nothing is cut', () => {
		expect(highlighted('اعلان', long(0, 200), markedPart)).toMatch(/^\[الإعلان\] .*…$/);
		expect(highlighted('اعلان', long(200, 0), markedPart)).toMatch(/^….* \[الإعلان\]$/);
	});

	test('where most is found', () => {
		const text = `إعلان ${'كلمة '.repeat(100)}إعلان دمشق ${'كلمة '.repeat(100)}`;
		expect(highlighted('اعلان دمشق', text, markedPart)).toContain('[إعلان] [دمشق]');
	});

	test('a text without any space is cut between characters', () => {
		const shown = highlighted('"x"  "hope"', `x ${'😀'.repeat(300)} hope ${'e\u0301'.repeat(300)}`, markedPart);
		expect(shown.isWellFormed()).toBe(true);
		expect(shown).not.toMatch(/^…[\u0301]/);
	});
});

describe('an index that changes', () => {
	test('finds what was added, and not what was removed', () => {
		const index = new TextIndex();
		const first = index.add('إعلان دمشق');
		const second = index.add('إعلان حلب');
		expect(match(index, partsOf('اعلان')).texts).toEqual([first, second]);
		index.remove(first);
		expect(match(index, partsOf('اعلان')).texts).toEqual([second]);
		expect(match(index, partsOf('دمشق')).texts).toEqual([]);
		const third = index.add('إعلان دمشق المعدَّل');
		expect(match(index, partsOf('"اعلان دمشق"')).texts).toEqual([third]);
	});

	test('forgets words that nobody writes any more', () => {
		const index = new TextIndex();
		index.remove(index.add('سرّ مسؤول'));
		expect([...index.dictionary.beginning('')]).toEqual([]);
		expect(index.dictionary.has('سر')).toBe(false);
	});
});

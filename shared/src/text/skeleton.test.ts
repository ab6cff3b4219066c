import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { skeleton } from './skeleton.ts';

test.each([
	['alef with and without hamza or madda', 'أحمد إبراهيم آغا ٱلشام', 'احمد ابراهيم اغا الشام'],
	['teh marbuta and heh', 'منظمة المرأة', 'منظمه المراه'],
	['the last yeh with and without dots', 'ليلى علي', 'ليلي على'],
	['yeh and kaf from a Persian or Kurdish keyboard', 'کریم زکی', 'كريم زكي'],
	['heh from an Urdu or Kurdish keyboard', 'ھدى ہاشم نورە', 'هدى هاشم نوره'],
	['hamza on its seat', 'رئيف مؤمن', 'رييف مومن'],
	['the hamza that many leave out', 'رجاء ضياء', 'رجا ضيا'],
	['a letter without its dots at the end', 'حسں', 'حسن'],
	['vowel marks', 'مُحَمَّد', 'محمد'],
	['tatweel', 'سـلـام', 'سلام'],
	['presentation forms', 'ﻣﺤﻤﺪ ﻋﺒﺪﷲ', 'محمد عبد الله'],
	['digits of three kinds', 'مركز ١٢٣', 'مركز 123'],
	['Persian digits', 'مركز ۴۵۶', 'مركز ٤٥٦'],
	['the digit one and alef', 'الفريق ١', 'الفريق ا'],
	['a space inside a name of two parts', 'عبد الله', 'عبدالله'],
	['a hyphen, a dot and quotation marks', '«دار-السلام».', 'دار السلام'],
	['a zero-width non-joiner', 'می\u200Cخواهم', 'میخواهم'],
	['characters of direction', '\u202Eنور\u202C\u200F', 'نور'],
])('%s makes no other name: %s = %s', (_, one, other) => {
	expect(skeleton(one)).toBe(skeleton(other));
	expect(skeleton(one)).not.toBe('');
});

test.each([
	['case', 'MERCY corps', 'Mercy Corps'],
	['Cyrillic', 'Норе', 'Hope'],
	['Cyrillic among Latin', 'Pаx Sуriа', 'Pax Syria'],
	['Greek capitals', 'ΗΟΡΕ ΤΑΝΙΑ', 'HOPE TANIA'],
	['Greek among Latin', 'Sοlidarity', 'Solidarity'],
	['Armenian', 'հօpe', 'hope'],
	['Cherokee', 'ᎷᎬᎡᏟᎩ', 'MERCY'],
	['capital i and small l', 'AIi', 'Ali'],
	['one and small l', 'A1i', 'Ali'],
	['zero and o', 'H0pe', 'Hope'],
	['two letters like one', 'Arnal', 'Amal'],
	['two strokes like one letter', 'vvater', 'water'],
	['a dotless i', 'Sırıa', 'Siria'],
	['small capitals', 'ʜᴏᴘᴇ', 'hope'],
	['full width', 'Ｈｏｐｅ', 'Hope'],
	['letters of mathematics', '𝐇𝓸𝖕𝚎', 'Hope'],
	['accents', 'Zéïn', 'Zein'],
	['letters with a stroke', 'Søłidariŧy', 'Solidarity'],
	['an accent on nothing', 'Hope\u0301\u0336', 'Hope'],
	['a soft hyphen and a byte order mark', 'Ho\u00ADpe\uFEFF', 'Hope'],
	['a variation selector and a tag', 'Hope\uFE0F\u{E0061}', 'Hope'],
	['an apostrophe of any kind', "Qur'an Qurʼan Qur’an", 'Quran Quran Quran'],
])('%s makes no other name: %s = %s', (_, one, other) => {
	expect(skeleton(one)).toBe(skeleton(other));
	expect(skeleton(one)).not.toBe('');
});

const people = `أحمد محمد محمود حامد حميد حمدي علي عالي علاء علياء ليلى لينا لمى سلمى سلام سلوى سالم سليم سليمان سامي سامر سمير سميرة
	حسن حسين حسنا حسان إحسان محسن كمال جمال جميل جميلة خليل جلال بلال هلال نور نورا نوران أنور منير منيرة باسم بسام بسيم باسل
	رنا رانيا ريم رامي رامز رمزي كريم كرم مكرم أكرم يوسف يونس عمر عمرو عمار عامر معمر هدى هادي مهدي ندى نادية زياد زيد يزيد زين زينب
	خالد خلود مازن ميسون ميساء مي مايا مها مهى صفاء صافي مصطفى وفاء وفيق رفيق توفيق فاطمة فطيم خديجة عائشة عبدالله عبدالرحمن عبير غدير قدير`.split(
	/\s+/,
);
const organisations = [
	'منظمة الأمل',
	'منظمة أمل',
	'جمعية الأمل',
	'مؤسسة الأمل',
	'منظمة العمل',
	'الأمل للتنمية',
	'الأمل للتنمية والإغاثة',
	'دار السلام',
	'دار الإسلام',
	'بيت السلام',
	'نساء الآن',
	'نساء الأمس',
	'مركز 1',
	'مركز 2',
	'مركز ١٢',
	'سوريون من أجل الحقيقة',
	'سوريات من أجل الحقيقة',
	'شبكة المرأة السورية',
	'شبكة المرأة الكردية',
	'Hope',
	'Hope Syria',
	'Hope for Syria',
	'Women Now',
	'Women Know',
	'Syria Relief',
	'Syria Release',
	'Mercy',
	'Mercury',
	'Dawlaty',
	'Adalaty',
	'Badael',
	'Bidayyat',
	'Радио',
	'Радар',
];

describe('to the eye, different', () => {
	test.each([
		['people', people],
		['organisations', organisations],
	])('names of %s that are really borne', (_, names) => {
		const first = new Map<string, string>();
		const clashes = names.filter((name) => {
			const look = skeleton(name);
			const before = first.get(look);
			first.set(look, before ?? name);
			return before !== undefined && before !== name;
		});
		expect(clashes).toEqual([]);
	});

	test('the article, which is heard', () => expect(skeleton('الأمل')).not.toBe(skeleton('أمل')));
	test('dots that make another letter', () => {
		const letters = [...'بتثنيجحخدذرزسشصضطظعغفقكلمهو'].map((letter) => skeleton(`${letter}ا`));
		expect(new Set(letters).size).toBe(letters.length);
	});
	test('letters of the Latin alphabet, but for i and l', () => {
		expect(new Set([...'abcdefghijklmnopqrstuvwxyz'].map(skeleton)).size).toBe(25);
	});
	test('emoji', () => expect(skeleton('🌷')).not.toBe(skeleton('🌹')));
});

describe('of every text', () => {
	const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...people, ...organisations));

	test('the skeleton of a skeleton is itself', () => {
		fc.assert(
			fc.property(text, (name) => {
				expect(skeleton(skeleton(name))).toBe(skeleton(name));
			}),
			{ numRuns: 3_000 },
		);
	});

	test('letters have the same skeleton together as one by one', () => {
		fc.assert(
			fc.property(text, text, (one, other) => {
				expect(skeleton(`${one} ${other}`)).toBe(skeleton(one) + skeleton(other));
			}),
			{ numRuns: 3_000 },
		);
	});

	test('nothing that cannot be seen makes a difference, wherever it stands', () => {
		const unseen = fc.constantFrom(
			'\u200B',
			'\u200C',
			'\u200D',
			'\u200E',
			'\u202E',
			'\u2069',
			'\u00AD',
			'\uFEFF',
			'\u0640',
			'\u064E',
			'\u0301',
			' ',
			'.',
		);
		fc.assert(
			fc.property(fc.constantFrom(...people, ...organisations), fc.nat(), unseen, (name, at, put) => {
				const place = at % (name.length + 1);
				expect(skeleton(name.slice(0, place) + put + name.slice(place))).toBe(skeleton(name));
			}),
		);
	});

	test('what cannot be seen at all has no skeleton', () => {
		for (const nothing of ['', ' ', '\u200B\u200D', '\u3164', '\u{E0001}', '…', '؟!', 'ـــ', '\u2800']) expect(skeleton(nothing)).toBe('');
	});
});

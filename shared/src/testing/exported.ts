import type { ExportedText } from '../exchange/exported-text.ts';
import type { Pair, PairKind } from '../documents/pair.ts';
import { hashOfText } from '../documents/canonical.ts';

const pair = (kind: PairKind, ar: string, en: string, level: Pair['level'] = 1): Pair => ({ kind, level, ar, en });

/** Real strings of both languages, in all that a text can hold. */
export const pairs: readonly Pair[] = [
	pair('title', 'بيان مشترك بشأن المفقودين والمختفين قسرًا في سوريا', 'Joint statement on the missing and forcibly disappeared in Syria'),
	pair(
		'footnote',
		'تشارك المنظمات التالية هذا الرأي: «مبادرة العدالة» و«نساء الآن».',
		'These organisations share the view: “Initiative for Justice” and “Women Now”.',
	),
	pair('heading', 'أولًا: الوقائع', 'I. Facts'),
	pair(
		'paragraph',
		'منذ القرار 1996/31 لم يتغيّر شيء، ولا يزال أكثر من 100,000 شخص في عداد المفقودين (وفق تقديرات الأمم المتحدة).',
		'Nothing has changed since resolution 1996/31, and more than 100,000 people are still missing (by UN estimates).',
	),
	pair('footnote', 'انظر الوثيقة A/HRC/58/L.1، الفقرة 12.', 'See A/HRC/58/L.1, paragraph 12.'),
	pair('footnote', 'أُخذت الأرقام في 15 آذار/مارس 2026.', 'Figures as of 15 March 2026.'),
	pair(
		'paragraph',
		'قالت UNHCR إن 25% من «اللاجئين» في Berlin عادوا؛ أمّا الآخرون فلا.',
		'UNHCR said that 25% of “refugees” in Berlin had returned; others had not.',
	),
	pair('heading', 'مطالب محدّدة', 'Specific demands', 2),
	pair('paragraph', 'نُطالِبُ السُّلُطاتِ الانتقاليّةَ بِما يَلي:', 'We ask the transitional authorities:'),
	pair('item', 'كشف مصير المفقودين وأماكن الاحتجاز؛', 'to disclose the fate of the missing and the places of detention;'),
	pair('item', 'للأطفال والأمهات أولًا، لأنّ الألم لا ينتظر؛', 'children and mothers first, since pain does not wait;', 2),
	pair('item', 'لجبر الضرر دون إبطاء.', 'to redress the harm without delay.'),
	pair('heading', 'كلمات الأهالي', 'Words of the families', 3),
	pair(
		'paragraph',
		'قالت أمّ من قامشلو: «هێڵەکان و ڕۆژئاوا، ژیان ئازادی» وأضافت 😀 ثم سكتت.',
		'A mother from Qamishlo said “هێڵەکان و ڕۆژئاوا” and added 😀 then fell silent: naïve, Çözüm, office, flow.',
	),
	pair('paragraph', 'السَّلامُ عليكم.', 'Peace be upon you; write to https://example.org/a_b?c=d&e=f or <a@b.org>.'),
];

/** A frozen text with all that may travel with it. */
export const exported = (more: Partial<ExportedText> = {}): ExportedText => ({
	authority: 'both',
	pairs,
	title: { ar: 'المفقودون', en: 'The missing' },
	number: 3,
	hash: hashOfText({ authority: more.authority ?? 'both', pairs: more.pairs ?? pairs }),
	day: '2027-03-15',
	credit: null,
	reservations: [
		{
			organisation: { ar: 'المركز السوري للإعلام', en: 'Syrian Centre for Media' },
			type: 'wording',
			paragraph: 2,
			text: 'لا نوافق على عبارة «أمّا الآخرون فلا».',
			language: 'ar',
		},
		{
			organisation: { ar: 'نساء الآن', en: 'Women Now' },
			type: 'scope',
			paragraph: null,
			text: 'We would have added detainees.',
			language: 'en',
		},
	],
	signatories: {
		names: [
			{ ar: 'مبادرة العدالة', en: 'Initiative for Justice' },
			{ ar: 'نساء الآن', en: 'Women Now' },
		],
		withheld: { ar: 'و3 منظمات حُجبت أسماؤها لدواعٍ أمنية', en: 'and 3 organisations whose names are withheld for security reasons' },
	},
	...more,
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { alphabetical, grouped, type Signatory } from './neutral-order.ts';
import { filingKey } from './filing-key.ts';
import { sealedOrder, sealSeed } from './sealed-order.ts';
import { withheldWords } from './withheld.ts';

const named = (ar: string, en: string): Signatory => ({ id: `${ar}/${en}`, name: { ar, en } });

const IN_ARABIC_ORDER = [
	'19 آذار',
	'الأرشيف السوري',
	'إلهام للتنمية',
	'إمباكت',
	'أورنمو',
	'بالميرا للتراث',
	'بدائل',
	'بيتنا',
	'تآزر',
	'الحركة السياسية النسوية السورية',
	'حلم',
	'الخوذ البيضاء',
	'دولتي',
	'رابطة عائلات قيصر',
	'رابطة معتقلي ومفقودي سجن صيدنايا',
	'سوريون من أجل الحقيقة والعدالة',
	'الشبكة السورية لحقوق الإنسان',
	'شبكة المرأة السورية',
	'عائلات من أجل الحرية',
	'مركز توثيق الانتهاكات',
	'مركز الحق',
	'المركز السوري للإعلام وحرية التعبير',
	'المركز السوري للعدالة والمساءلة',
	'مركز وصول لحقوق الإنسان',
	'مساواة',
	'المنظمة العربية لحقوق الإنسان',
	'منظمة محامون',
	'النساء الآن للتنمية',
	'اليوم التالي',
];

const IN_LATIN_ORDER = [
	'Access Center for Human Rights',
	'Adopt a Revolution',
	'Badael',
	'Caesar Families Association',
	'Çand û Jiyan',
	'Dawlaty',
	'The Day After',
	'Families for Freedom',
	'Release Me',
	'Şar for Development',
	'Syria Justice and Accountability Centre',
	'Syrian Archive',
	'Syrian Center for Media and Freedom of Expression',
	'Syrian Network for Human Rights',
	'Syrians for Truth and Justice',
	'URNAMMU',
	'The White Helmets',
	'Women Now for Development',
];

const shuffled = <Value>(values: readonly Value[]) => fc.shuffledSubarray([...values], { minLength: values.length });

describe('signatories in the order of an alphabet', () => {
	test.each([
		['arabic', IN_ARABIC_ORDER.map((name) => named(name, ''))],
		['latin', IN_LATIN_ORDER.map((name) => named('', name))],
	] as const)('%s stand so, whatever the order they come in', (script, all) => {
		fc.assert(
			fc.property(shuffled(all), (signatories) => {
				expect(alphabetical(signatories, script).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
			}),
		);
	});

	test.each([
		['المركز السوري للإعلام', 'مركز سوري لاعلام'],
		['حرية التعبير والصحافة', 'حريه تعبير وصحافه'],
		['الشهادة بالصوت فالصورة', 'شهاده بصوت فصوره'],
		['الحق والخير', 'حق وخير'],
		['إلهام والإلهام', 'الهام والهام'],
		['التزام الالتزام بالتزام للالتزام', 'التزام التزام بالتزام لالتزام'],
		['التقاء والتحاق', 'التقا والتحاق'],
		['التحقق والتحقيق للتقاضي والتماسك بالتجارة الياسمين اللهجات', 'تحقق وتحقيق لتقاضي وتماسك بتجاره ياسمين لهجات'],
		['اليسار الياس المانيا', 'يسار الياس المانيا'],
		['ألوان ألف إلكترونية', 'الوان الف الكترونيه'],
		['عبد الله ولله', 'عبد الله ولله'],
		['بالميرا والدة البالغين', 'بالميرا والده بالغين'],
		['لجنة لل ال', 'لجنه لل ال'],
		['المُنظَّمَة', 'منظمه'],
		['ٱلسلام', 'سلام'],
	])('%s is filed as %s', (name, filed) => {
		expect(
			filingKey(name, 'arabic')
				.map(({ word }) => word)
				.join(' '),
		).toBe(filed);
	});

	test('without a name in one script stand behind, by their other name; without any at the end', () => {
		const all = ['بدائل', 'يد'].map((name) => named(name, 'A'));
		all.push(named('', '19 Women'), named('', 'Badael'), named('', 'Dawlaty'), named('', ''));
		expect(alphabetical(all.toReversed(), 'arabic')).toEqual(all);
		expect(
			alphabetical([named('بيتنا', ''), named('', 'Zaytouna'), named('', 'Amal')], 'latin').map(({ name }) => name.en || name.ar),
		).toEqual(['Amal', 'Zaytouna', 'بيتنا']);
	});

	test('stand by the value of their numbers', () => {
		const all = ['Article 2', 'Article 19', 'Article 100', 'Article One'].map((name) => named('', name));
		expect(alphabetical(all.toReversed(), 'latin')).toEqual(all);
		expect(alphabetical([named('المادة ١٩', ''), named('المادة ٢', '')], 'arabic').map(({ name }) => name.ar)).toEqual([
			'المادة ٢',
			'المادة ١٩',
		]);
	});

	test('stand in groups where a body wants it, in their order within each', () => {
		const status = new Map([
			['Badael', 'special'],
			['Dawlaty', 'general'],
			['Amal', 'special'],
			['Zaytouna', 'none'],
		]);
		const all = alphabetical(
			Array.from(status.keys(), (name) => named('', name)),
			'latin',
		);
		const inGroups = grouped(all, ['general', 'special', 'roster'], ({ name }) => status.get(name.en) ?? 'none');
		expect(inGroups.map(({ name }) => name.en)).toEqual(['Dawlaty', 'Amal', 'Badael', 'Zaytouna']);
	});

	test('of one name are told apart by the other one', () => {
		const all = [named('أمل', 'Amal'), named('امل', 'Hope')];
		expect(alphabetical(all.toReversed(), 'arabic')).toEqual(all);
	});

	test('with any names stand in one order only', () => {
		const any = fc.array(
			fc.record({ id: fc.string(), name: fc.record({ ar: fc.string({ unit: 'binary' }), en: fc.string({ unit: 'grapheme' }) }) }),
			{ maxLength: 6 },
		);
		fc.assert(
			fc.property(any, fc.constantFrom('arabic', 'latin'), (all, script) => {
				expect(alphabetical(all.toReversed(), script)).toEqual(alphabetical(all, script));
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('the sealed order', () => {
	const seed = (byte: number) => new Uint8Array(32).fill(byte);
	const seeds = [seed(1), seed(2)];
	const sealed = seeds.map((one) => sealSeed('round', one));
	const all = IN_ARABIC_ORDER.map((name) => named(name, ''));
	const order = (seal: { round?: string; sealed?: readonly string[]; seeds?: readonly Uint8Array[] } = {}, signatories = all) =>
		sealedOrder(signatories, { round: 'round', sealed, seeds, ...seal }).map(({ id }) => id);
	const refused = (seal: Parameters<typeof order>[0]) => refusalOf(async () => order(seal));

	test('is the same for everybody, and no alphabet', () => {
		fc.assert(
			fc.property(shuffled(all), (signatories) => {
				expect(order({}, signatories)).toEqual(order());
			}),
		);
		expect(order()).not.toEqual(all.map(({ id }) => id));
		expect(order().toSorted()).toEqual(all.map(({ id }) => id).toSorted());
	});

	test('is another with either seed and in another round', () => {
		const other = [seed(1), seed(3)];
		expect(order({ seeds: other, sealed: other.map((one) => sealSeed('round', one)) })).not.toEqual(order());
		expect(order({ round: 'next', sealed: seeds.map((one) => sealSeed('next', one)) })).not.toEqual(order());
	});

	test('keeps who stands before whom when somebody withdraws', () => {
		const without = all.filter((_, place) => place !== 7);
		expect(order({}, without)).toEqual(order().filter((id) => id !== all[7]?.id));
	});

	test('is refused with another seed than the sealed one, one too few, or none at all', async () => {
		expect(await refused({ seeds: [seed(1), seed(9)] })).toBe('tampered');
		expect(await refused({ seeds: seeds.toReversed() })).toBe('tampered');
		expect(await refused({ round: 'next' })).toBe('tampered');
		expect(await refused({ seeds: [seed(1)] })).toBe('every-seed-is-opened');
		expect(await refused({ seeds: [], sealed: [] })).toBe('order-was-sealed');
		expect(await refused({ seeds: [new Uint8Array(31), seed(2)] })).toBe('malformed');
	});
});

test.each([
	[0, 5, '', ''],
	[1, 5, 'ومنظمات أخرى', 'and other organisations'],
	[2, 5, 'ومنظمات أخرى', 'and other organisations'],
	[3, 5, 'و3 منظمات حُجبت أسماؤها لدواعٍ أمنية', 'and 3 organisations whose names are withheld for security reasons'],
	[10, 5, 'و10 منظمات حُجبت أسماؤها لدواعٍ أمنية', 'and 10 organisations whose names are withheld for security reasons'],
	[11, 5, 'و11 منظمة حُجبت أسماؤها لدواعٍ أمنية', 'and 11 organisations whose names are withheld for security reasons'],
	[99, 1, 'و99 منظمة حُجبت أسماؤها لدواعٍ أمنية', 'and 99 organisations whose names are withheld for security reasons'],
	[102, 5, 'و102 منظمة حُجبت أسماؤها لدواعٍ أمنية', 'and 102 organisations whose names are withheld for security reasons'],
	[103, 5, 'و103 منظمات حُجبت أسماؤها لدواعٍ أمنية', 'and 103 organisations whose names are withheld for security reasons'],
	[1, 0, 'منظمات حُجبت أسماؤها لدواعٍ أمنية', 'organisations whose names are withheld for security reasons'],
	[4, 0, '4 منظمات حُجبت أسماؤها لدواعٍ أمنية', '4 organisations whose names are withheld for security reasons'],
	[Number.NaN, 5, '', ''],
	[-3, 5, '', ''],
	[2.5, 5, '', ''],
])('%d withheld beside %d named reads «%s»', (withheld, named, ar, en) => {
	expect([withheldWords(withheld, named, 'ar'), withheldWords(withheld, named, 'en')]).toEqual([ar, en]);
});

import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { canonicalBytes } from '@multaqa/shared/documents/canonical';
import type { Bilingual, BilingualText } from '@multaqa/shared/documents/pair';
import { Signatory } from '../e2e/testing/signatory.ts';
import type { PersonKey } from './people.ts';
import { clientOf, type Cast } from './perform.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);
const ADDRESS = 'waitingfam';

const text: BilingualText = {
	authority: 'both',
	pairs: [
		{ kind: 'title', level: 1, ar: 'بيان في اليوم العالمي للمختفين', en: 'Statement on the International Day of the Disappeared' },
		{
			kind: 'paragraph',
			level: 1,
			ar: 'في هذا اليوم نجدد وقوفنا إلى جانب العائلات التي ما زالت تنتظر خبرًا عن أحبائها.',
			en: 'On this day we stand again with the families who still wait for word of those they love.',
		},
		{
			kind: 'paragraph',
			level: 1,
			ar: 'نطالب بإتاحة سجلات الاعتقال للعائلات، وبحماية مواقع الدفن إلى حين فحصها.',
			en: 'We ask that records of detention be open to families, and that burial sites be protected until they are examined.',
		},
		{
			kind: 'paragraph',
			level: 1,
			ar: 'ونذكّر بأن للضحايا وعائلاتهم الحق في المشاركة في كل خطوة تعنيهم.',
			en: 'We recall that victims and their families have a right to take part in every step that concerns them.',
		},
	],
};

type Signing = readonly [person: PersonKey, name: Bilingual];
const signing: readonly [Signing, ...Signing[]] = [
	['reem', { ar: 'مركز الضفة للعدالة', en: 'Riverbank Justice Centre' }],
	['umSamer', { ar: 'رابطة عائلات الانتظار', en: 'Association of Waiting Families' }],
	['daniel', { ar: 'مبادرة السجل المفتوح', en: 'Open Record Initiative' }],
	['jwan', { ar: 'تجمع شباب النهرين', en: 'Two Rivers Youth Assembly' }],
];

/** Calls for signatures, which four organisations give; answers how it is published once its time has come. */
export async function statement(cast: Cast, space: SpaceId, patience: number): Promise<() => Promise<void>> {
	const reem = clientOf(cast, 'reem');
	const index = reem.spaces.find(({ id }) => id === space)?.index;
	if (!index) throw new Error('there is no such space');
	const stream = reem.newStream();
	const as = (person: PersonKey) => new Signatory(clientOf(cast, person), space, stream);
	const [title] = text.pairs;
	await reem.append(space, index, 'statement.open', { stream, title: { ar: title?.ar ?? '', en: title?.en ?? '' } });
	const closes = seconds() + patience;
	await as('reem').says('round.open', { text: canonicalBytes(text), document: null, order: 'arabic', sealed: null, closes });
	for (const [person, name] of signing) await as(person).signs(name);
	return async () => {
		while (seconds() <= closes) await new Promise((resolve) => setTimeout(resolve, 500));
		await as('reem').says('round.end', {});
		await as('karim').confirms(ADDRESS, await as('reem').proposes(ADDRESS, signing[0][1]));
	};
}

import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { openDocumentAs, Scribe } from '../e2e/testing/scribe.ts';
import type { PersonKey } from './people.ts';
import { clientOf, type Cast } from './perform.ts';

type Words = readonly (readonly [place: number, language: 'ar' | 'en', text: string])[];

const strategyTitle = 'استراتيجية المناصرة المشتركة 2027–2029';
const byHozan: Words = [
	[0, 'en', 'Joint advocacy strategy 2027–2029'],
	[2, 'ar', 'تغيّرت الجهات التي نخاطبها، ولم تتغيّر حقوق من نعمل معهم. نحتاج إلى خطة واحدة قبل دورة آذار.'],
	[4, 'ar', 'لا قرار بشأن الضحايا دون الضحايا، والسلامة قبل الظهور.'],
	[6, 'ar', 'أن تدخل مطالب منظمات المجتمع المدني السوري في كل وثيقة أممية عن المفقودين.'],
];
const byDaniel: Words = [
	[
		2,
		'en',
		'Those whom we address have changed; the rights of those with whom we work have not. One plan is needed before the March session.',
	],
	[4, 'en', 'No decision about victims without victims; safety before visibility.'],
];
const laterByHozan: Words = [
	[2, 'ar', 'تغيّرت الجهات التي نخاطبها مرتين في سنة واحدة، ولم تتغيّر حقوق من نعمل معهم. نحتاج إلى خطة واحدة قبل دورة آذار.'],
];

const statementTitle = 'رسالة مفتوحة بشأن المفقودين';
const statement: Words = [
	[0, 'en', 'Open letter on the missing'],
	[1, 'ar', 'إلى السيد الأمين العام للأمم المتحدة'],
	[1, 'en', 'To the Secretary-General of the United Nations'],
	[3, 'ar', 'نكتب باسم عائلات تنتظر منذ أكثر من عقد.'],
	[3, 'en', 'We write on behalf of families who have waited for more than a decade.'],
	[4, 'ar', 'أُنشئت المؤسسة المستقلة المعنية بالمفقودين في 29 حزيران 2023، وما زال وصولها إلى المواقع محدودًا.'],
	[4, 'en', 'The Independent Institution on Missing Persons was established on 29 June 2023; its access to sites is still limited.'],
	[6, 'ar', 'ضمان وصول المؤسسة إلى كل موقع احتجاز قبل نهاية السنة.'],
	[6, 'en', 'Guarantee the Institution access to every place of detention before the end of the year.'],
];

/** A strategy in work by two authors, with comments and a translation that is older than its source, and a frozen letter. */
export async function documents(cast: Cast, space: SpaceId): Promise<void> {
	const hozan = clientOf(cast, 'hozan');
	const strategy = await openDocumentAs(hozan, space, strategyTitle, 'strategy');
	await settled(hozan);
	await write(cast, space, strategy, 'hozan', byHozan);
	await write(cast, space, strategy, 'daniel', byDaniel);
	await write(cast, space, strategy, 'hozan', laterByHozan);
	await comment(cast, space, strategy);
	const letter = await openDocumentAs(hozan, space, statementTitle, 'open-letter');
	await settled(hozan);
	await write(cast, space, letter, 'hozan', statement);
	const scribe = new Scribe(hozan, space, letter);
	await scribe.freezes();
	await settled(hozan);
}

async function write(cast: Cast, space: SpaceId, stream: StreamId, by: PersonKey, words: Words): Promise<void> {
	const client = clientOf(cast, by);
	await client.refresh(space);
	await new Scribe(client, space, stream).writes((editing, { pairs }) => {
		for (const [place, language, text] of words) editing.write(pairs[place]?.id ?? '', language, text);
	});
	await settled(client);
}

async function comment(cast: Cast, space: SpaceId, stream: StreamId): Promise<void> {
	const [daniel, nour] = [clientOf(cast, 'daniel'), clientOf(cast, 'nour')];
	await daniel.refresh(space);
	const scribe = new Scribe(daniel, space, stream);
	const pair = scribe.text.pairs[6]?.id ?? null;
	const asked = await scribe.says('document.comment', {
		pair,
		language: 'ar',
		quote: 'كل وثيقة أممية',
		text: 'Is “every” realistic by 2029? A number would be easier to measure.',
	});
	await settled(daniel);
	await nour.refresh(space);
	await new Scribe(nour, space, stream).says('document.comment.reply', {
		comment: asked,
		text: 'يمكن أن نبدأ بوثائق المجلس واللجنة الثالثة.',
	});
	await settled(nour);
}

async function settled(client: Client): Promise<void> {
	while (client.status.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

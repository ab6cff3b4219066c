import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client } from '@multaqa/shared/client/types';
import { canonicalBytes } from '@multaqa/shared/documents/canonical';
import type { Bilingual, BilingualText } from '@multaqa/shared/documents/pair';
import { encodePublication } from '@multaqa/shared/publication/publication';
import { digestOf, listText } from '@multaqa/shared/publication/signed-text';
import { SignatureChecks } from '@multaqa/shared/statements/checks';
import { drawUp, filesOf, signatoriesOf } from '@multaqa/shared/statements/drawing-up';
import { signatureFile } from '@multaqa/shared/statements/signing';
import { signingStandingOf } from '@multaqa/shared/statements/standing';
import { statementOf } from '@multaqa/shared/statements/statement';
import type { Round, Statement } from '@multaqa/shared/statements/statement-types';
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

const signing: readonly (readonly [PersonKey, Bilingual])[] = [
	['reem', { ar: 'مركز الضفة للعدالة', en: 'Riverbank Justice Centre' }],
	['umSamer', { ar: 'رابطة عائلات الانتظار', en: 'Association of Waiting Families' }],
	['daniel', { ar: 'مبادرة السجل المفتوح', en: 'Open Record Initiative' }],
	['jwan', { ar: 'تجمع شباب النهرين', en: 'Two Rivers Youth Assembly' }],
];

const say = (client: Client, space: SpaceId, stream: StreamId, type: string, content: object, voice?: 'organisation') =>
	client.append(space, stream, type, content as Cbor, voice);

/** Calls for signatures, which four organisations give; answers how it is published once its time has come. */
export async function statement(cast: Cast, space: SpaceId, patience: number): Promise<() => Promise<void>> {
	const reem = clientOf(cast, 'reem');
	const { index } = reem.spaces.find(({ id }) => id === space) ?? {};
	if (!index) throw new Error('there is no such space');
	const stream = reem.newStream();
	const [title] = text.pairs;
	await say(reem, space, index, 'statement.open', { stream, title: { ar: title?.ar ?? '', en: title?.en ?? '' } });
	const closes = seconds() + patience;
	await say(reem, space, stream, 'round.open', { text: canonicalBytes(text), document: null, order: 'arabic', sealed: null, closes });
	for (const [person, name] of signing) await sign(clientOf(cast, person), space, stream, name);
	return async () => {
		while (seconds() <= closes) await new Promise((resolve) => setTimeout(resolve, 500));
		await publish(cast, space, stream);
	};
}

async function sign(client: Client, space: SpaceId, stream: StreamId, name: Bilingual): Promise<void> {
	await client.refresh(space);
	const { round } = await read(client, space, stream);
	const { file, signature, key } = await client.representation.sign(signatureFile(round, { stream, name, time: seconds() }));
	await say(client, space, stream, 'signature.give', { file, signature, key }, 'organisation');
}

async function publish(cast: Cast, space: SpaceId, stream: StreamId): Promise<void> {
	const [reem, karim] = [clientOf(cast, 'reem'), clientOf(cast, 'karim')];
	await reem.refresh(space);
	await say(reem, space, stream, 'round.end', {});
	const { statement: now, round } = await read(reem, space, stream);
	const list = listText.write(
		drawUp(now, round, stream, {
			address: ADDRESS,
			published: seconds(),
			edited: seconds(),
			publisher: { name: signing[0]?.[1] ?? { ar: '', en: '' }, key: await reem.representation.prepare() },
			reservations: [],
			corrections: [],
			files: [],
		}),
	);
	const { file, signature } = await reem.representation.sign(list);
	const signatories = signatoriesOf(now, round, stream).map(filesOf);
	const bytes: Bytes = encodePublication({ text: new Uint8Array(round.bytes), list: { file, signature }, signatories, files: [] });
	await reem.publishing.propose(space, ADDRESS, bytes);
	const digest = digestOf(bytes);
	const said = await say(reem, space, stream, 'publication.propose', { address: ADDRESS, list: file, signature, digest });
	await karim.publishing.confirm(space, ADDRESS, digest);
	await say(karim, space, stream, 'publication.confirm', { said });
}

async function read(client: Client, space: SpaceId, stream: StreamId): Promise<{ statement: Statement; round: Round }> {
	const checks = new SignatureChecks();
	const events = client.events(space, stream);
	await checks.look(events);
	const now = statementOf(events, { standing: signingStandingOf(client, space), stream, holds: checks.holds, withWaiting: true });
	if (!now.round) throw new Error('nobody has called for signatures');
	return { statement: now, round: now.round };
}

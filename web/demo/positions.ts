import type { Cbor } from '@multaqa/shared/bytes/cbor';
import type { Hash, OrganisationId, SpaceId, StreamId } from '@multaqa/shared/bytes/ids';
import type { Client, Voice } from '@multaqa/shared/client/types';
import { SETTINGS } from '@multaqa/shared/organisations/settings';
import { aYearAfter } from '@multaqa/shared/positions/days';
import { snapshotOf } from '@multaqa/shared/positions/decision-rules';
import type { Stance, StanceValue } from '@multaqa/shared/positions/events';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import type { PersonKey } from './people.ts';
import { clientOf, type Cast } from './perform.ts';

const DAY = 24 * 60 * 60;
const seconds = (): number => Math.floor(Date.now() / 1000);

/** What one organisation says, by whoever represents it. */
interface Said {
	readonly by: PersonKey;
	readonly value: StanceValue;
	readonly reason?: string;
	readonly principle?: string;
	/** To which paragraph, and what. */
	readonly reserves?: readonly [paragraph: number, text: string];
	readonly condition?: string;
	/** Suggested words that would do, for the reservation and the condition. */
	readonly words?: Hash | null;
}

type Text = readonly (readonly [ar: string, en: string])[];

const delegation = {
	title: { ar: 'تشكيل الوفد إلى جنيف', en: 'Who goes to Geneva' },
	question: {
		ar: 'بأي معايير يُختار أعضاء الوفد إلى دورة آذار، ومن يتحدث باسمه؟',
		en: 'By which criteria are members of the delegation to the March session chosen, and who speaks for it?',
	},
	first: [
		['يتألف الوفد من خمسة أعضاء، ولا تقل حصة النساء فيه عن الثلث.', 'The delegation has five members, at least a third of them women.'],
		['يُخصَّص مقعد واحد على الأقل لمن يعيش داخل البلاد.', 'At least one seat is kept for somebody living inside the country.'],
		['تختار رابطات الضحايا من يتحدث باسمها، ولا يُختار عنها.', 'Victims’ associations choose who speaks for them; nobody chooses for them.'],
		['يُعلن اسم المتحدث قبل أسبوعين من السفر.', 'The name of the speaker is announced two weeks before travel.'],
	],
	second: [
		['يتألف الوفد من خمسة أعضاء، ولا تقل حصة النساء فيه عن النصف.', 'The delegation has five members, at least half of them women.'],
		['يُخصَّص مقعد واحد على الأقل لمن يعيش داخل البلاد.', 'At least one seat is kept for somebody living inside the country.'],
		['تختار رابطات الضحايا من يتحدث باسمها، ولا يُختار عنها.', 'Victims’ associations choose who speaks for them; nobody chooses for them.'],
		[
			'لا يُعلن أي اسم إلا بموافقة صاحبه المكتوبة، وبعد تقدير المخاطر على العائلة.',
			'No name is announced without written consent and an assessment of the risk to the family.',
		],
	],
} as const satisfies Record<string, object>;

const storage = {
	title: { ar: 'حفظ الشهادات خارج البريد', en: 'Testimonies are kept out of e-mail' },
	question: {
		ar: 'هل تلتزم المنظمات بحفظ الشهادات خارج البريد والمحادثات؟',
		en: 'Do organisations commit to keeping testimonies out of e-mail and chat?',
	},
	text: [
		['لا تُرسل شهادة ولا تُحفظ في البريد أو المحادثات.', 'No testimony is sent or kept in e-mail or chat.'],
		[
			'تُكتب موافقة صاحب الشهادة قبل التسجيل، وتُحفظ الأسماء منفصلة عن المضمون.',
			'Consent is written down before recording; names are kept apart from content.',
		],
	],
} as const;

const declared: readonly (readonly [PersonKey, readonly string[]])[] = [
	['reem', ['المهجر']],
	['hozan', ['الداخل', 'منظمات نسائية']],
	['umSamer', ['الداخل', 'رابطات الضحايا']],
	['daniel', ['المهجر']],
	['fadi', ['الداخل']],
	['jwan', ['المهجر']],
];

/** Two issues: on one a decision runs, after a second version; the other one was decided. */
export async function positions(cast: Cast, space: SpaceId): Promise<void> {
	const room = new Room(cast, space);
	for (const [by, constituencies] of declared)
		await room.says(by, room.index, SETTINGS, { two: by === 'umSamer', constituencies: [...constituencies] }, 'organisation');
	await running(room);
	await decided(room);
}

async function running(room: Room): Promise<void> {
	const stream = await room.opens('reem', delegation);
	const first = await room.proposes('reem', stream, delegation.first, null);
	await room.takes(stream, first, { by: 'jwan', value: 'support' });
	const reserved = await room.takes(stream, first, {
		by: 'umSamer',
		value: 'support-with-reservations',
		reserves: [4, 'إعلان الاسم قبل السفر قد يعرّض العائلة في الداخل للخطر. نطلب أن يكون بموافقة مكتوبة.'],
	});
	await room.seconds('nour', stream, room.last);
	await room.takes(stream, first, { by: 'hozan', value: 'objection', reason: 'الثلث أقل مما اتفقنا عليه في اجتماع أيلول: النصف.' });
	await room.takes(stream, first, {
		by: 'daniel',
		value: 'support-with-reservations',
		reserves: [2, '“At least one” is thin: with two seats for those inside the country we would support it fully.'],
	});
	const consent = await room.suggests('jwan', stream, first, 4, delegation.second[3], { stance: reserved, place: 0 });
	const second = await room.proposes('reem', stream, delegation.second, 'بعد ملاحظات رابطة العائلات وشبكة خطوات', [consent]);
	await room.takes(stream, second, { by: 'hozan', value: 'support' });
	const seats = ['يُخصَّص مقعدان على الأقل لمن يعيش داخل البلاد.', 'At least two seats are kept for people living inside the country.'] as const;
	const words = await room.suggests('fadi', stream, second, 2, seats, null, 'organisation');
	await room.takes(stream, second, {
		by: 'fadi',
		value: 'support-with-reservations',
		reserves: [2, 'مقعد واحد لا يكفي لمن يعمل في الداخل. نقترح مقعدين، أحدهما من القطاع الصحي.'],
		words,
		condition: 'تؤيد المنظمة النص كاملًا إذا صار المقعد مقعدين.',
	});
	await room.decides('hozan', stream, second, { kind: 'double-majority', threshold: 'two-thirds' }, seconds() + 6 * DAY);
	await room.takes(stream, second, { by: 'jwan', value: 'stand-aside', reason: 'لا مقعد للشباب في هذه النسخة.' });
}

async function decided(room: Room): Promise<void> {
	const stream = await room.opens('hozan', storage);
	const version = await room.proposes('hozan', stream, storage.text, null);
	const closes = seconds() + 3;
	const decision = await room.decides('hozan', stream, version, { kind: 'consent' }, closes);
	for (const by of ['reem', 'hozan', 'jwan'] as const) await room.takes(stream, version, { by, value: 'support' });
	await room.takes(stream, version, {
		by: 'fadi',
		value: 'support-with-reservations',
		reserves: [2, 'في العيادات يلزم الاسم للمتابعة الطبية: سجل منفصل لا يخرج من العيادة.'],
	});
	while (seconds() <= closes) await new Promise((resolve) => setTimeout(resolve, 200));
	await room.says('hozan', stream, 'decision.end', { decision });
	await room.says('hozan', stream, 'decision.close', {
		decision,
		result: 'passed',
		outcome: {
			ar: 'تلتزم المنظمات بحفظ الشهادات خارج البريد والمحادثات منذ اليوم.',
			en: 'From today the organisations keep testimonies out of e-mail and chat.',
		},
		reasons: 'لم يعترض أحد. يُنشر تحفّظ «أطباء من أجل الجوار» مع النص: سجل العيادة منفصل.',
		review: Math.floor(seconds() / DAY) + 182,
	});
	await room.says('reem', stream, 'decision.sign-off', { decision, signs: true, reason: null }, 'organisation');
}

/** A space in which one thing is said after another, each once the one before is on the server. */
class Room {
	readonly index: StreamId;
	/** What was said last. */
	last = '' as Hash;
	readonly #cast: Cast;
	readonly #space: SpaceId;
	/** Names of the paragraphs of each issue, by place. */
	readonly #paragraphs = new Map<StreamId, readonly string[]>();

	constructor(cast: Cast, space: SpaceId) {
		this.#cast = cast;
		this.#space = space;
		const view = clientOf(cast, 'reem').spaces.find(({ id }) => id === space);
		if (!view) throw new Error('there is no such space');
		this.index = view.index;
	}

	async says(by: PersonKey, stream: StreamId, type: string, content: Cbor, voice: Voice = 'person'): Promise<Hash> {
		const client = clientOf(this.#cast, by);
		await client.refresh(this.#space);
		this.last = await client.append(this.#space, stream, type, content, voice);
		while (client.status.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
		return this.last;
	}

	async opens(by: PersonKey, { title, question }: { readonly title: Cbor; readonly question: Cbor }): Promise<StreamId> {
		const stream = clientOf(this.#cast, by).newStream();
		await this.says(by, this.index, 'issue.open', { stream, title, question });
		return stream;
	}

	/** Other words for a paragraph, by its number. */
	suggests(
		by: PersonKey,
		stream: StreamId,
		version: Hash,
		number: number,
		[ar, en]: Text[number],
		reservation: Cbor,
		voice: Voice = 'person',
	): Promise<Hash> {
		const paragraph = this.#paragraphs.get(stream)?.[number - 1] ?? '';
		return this.says(by, stream, 'wording.suggest', { version, paragraph, ar, en, reason: null, for: reservation }, voice);
	}

	async proposes(by: PersonKey, stream: StreamId, text: Text, reason: string | null, takes: readonly Hash[] = []): Promise<Hash> {
		const known = this.#paragraphs.get(stream) ?? text.map((_, at) => `paragraph-${at + 1}`);
		this.#paragraphs.set(stream, known);
		const paragraphs = text.map(([ar, en], at) => ({ id: known[at] ?? `paragraph-${at + 1}`, ar, en }));
		const after = reason === null ? null : (this.#versions.get(stream) ?? null);
		const version = await this.says(by, stream, 'position.propose', { after, paragraphs, reason, frozen: null, takes: [...takes] });
		this.#versions.set(stream, version);
		return version;
	}

	readonly #versions = new Map<StreamId, Hash>();

	takes(stream: StreamId, version: Hash, { by, value, reason, principle, reserves, condition, words = null }: Said): Promise<Hash> {
		const paragraph = reserves ? (this.#paragraphs.get(stream)?.[reserves[0] - 1] ?? null) : null;
		const stance: Stance = {
			version,
			after: null,
			value,
			reason: reason ?? null,
			principle: principle ?? null,
			reservations: reserves ? [{ type: 'wording', paragraph, text: reserves[1], suggestion: words, from: null }] : [],
			condition: condition ? { text: condition, suggestion: words } : null,
			mandate: { by: 'board', day: Math.floor(seconds() / DAY) - 2 },
			visibility: 'named',
			validUntil: aYearAfter(seconds()),
			confirms: null,
		};
		return this.says(by, stream, 'stance.take', { ...stance, opens: null } as unknown as Cbor, 'organisation');
	}

	/** Another representative stands by it; nobody does where one is enough. */
	async seconds(by: PersonKey, stream: StreamId, said: Hash): Promise<void> {
		const client = clientOf(this.#cast, by);
		const may = client.spaces.find(({ id }) => id === this.#space)?.may.speakForOrganisation;
		if (may) await this.says(by, stream, 'stance.second', { said }, 'organisation');
	}

	async decides(by: PersonKey, stream: StreamId, version: Hash, model: Cbor, closes: number): Promise<Hash> {
		const client = clientOf(this.#cast, by);
		await client.refresh(this.#space);
		const eligible = organisationsOf(client, this.#space);
		const constituencies = snapshotOf(eligible, standingOf(client, this.#space), null);
		const terms = { version, model, quorum: 50, closes, eligible: [...eligible], constituencies, hidden: null };
		return this.says(by, stream, 'decision.open', terms as unknown as Cbor);
	}
}

const organisationsOf = (client: Client, space: SpaceId): readonly OrganisationId[] => [
	...new Set(client.spaces.find(({ id }) => id === space)?.members.flatMap(({ organisation }) => organisation ?? [])),
];

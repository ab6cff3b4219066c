import type { Reaction } from '@multaqa/shared/threads/events';
import type { DemoFile } from './files.ts';
import type { PersonKey, SpaceKey } from './people.ts';

export interface DemoPost {
	readonly by: PersonKey;
	readonly text: string;
	/** For the author's organisation. */
	readonly forOrganisation?: true;
	/** Place of the post it answers. */
	readonly answers?: number;
	/** What its author wrote a little later in its place. */
	readonly edited?: string;
	readonly deleted?: true;
	readonly reactions?: Partial<Record<Reaction, readonly PersonKey[]>>;
	/** Who asks everybody to confirm it, and who already has. */
	readonly notice?: { readonly by: PersonKey; readonly seen: readonly PersonKey[] };
	readonly milestone?: { readonly by: PersonKey; readonly label: string };
	/** What hangs on it. */
	readonly files?: readonly DemoFile[];
}

export interface DemoThread {
	readonly space: SpaceKey;
	readonly title: string;
	readonly posts: readonly DemoPost[];
	readonly tags?: readonly string[];
	readonly pinned?: PersonKey;
	readonly closed?: { readonly by: PersonKey; readonly reason: string };
	/** Up to the post at this place. */
	readonly summary?: { readonly by: PersonKey; readonly text: string; readonly until: number };
}

const priorities: DemoThread = {
	space: 'common',
	title: 'الأولويات قبل دورة آذار لمجلس حقوق الإنسان',
	tags: ['جنيف', 'بيانات خطية'],
	pinned: 'hozan',
	summary: {
		by: 'hozan',
		until: 5,
		text: 'اتفاق على أولويتين: **مصير المفقودين** و**مشاركة النساء بأرقام**. النص المرجعي بالإنكليزية، والترجمة العربية تُعرض قبل الإرسال.',
	},
	posts: [
		{
			by: 'reem',
			text: 'يُفتتح باب البيانات الخطية قريبًا. ما الأولويتان اللتان لا غنى عنهما لكل منظمة؟\n\nيرجى الرد قبل نهاية الأسبوع، ثم نجمعها في مسودة واحدة.',
			notice: { by: 'reem', seen: ['hozan', 'umSamer', 'daniel'] },
		},
		{
			by: 'umSamer',
			forOrganisation: true,
			text: 'الأولوية الأولى لنا: **مصير المفقودين** وحق العائلات في المعرفة. لا نوقّع على نص يخلو منها.',
			answers: 0,
			reactions: { '🙏': ['hozan', 'daniel', 'fadi'], '👍': ['reem'] },
			milestone: { by: 'hozan', label: 'الأولوية الأولى' },
		},
		{
			by: 'hozan',
			forOrganisation: true,
			text: 'نؤيد ذلك، ونضيف مشاركة النساء في كل مسار تفاوضي:\n\n- حصة لا تقل عن الثلث\n- بأرقام واضحة لا بعبارات عامة\n- مع كلفة الوصول والحماية',
			answers: 1,
			reactions: { '👏': ['nour', 'salma'] },
		},
		{
			by: 'daniel',
			text: 'Supporting both. One caution on wording: the Council does not accept Arabic in written statements, so the English text will be the one that counts.\n\nيمكننا إعداد الترجمة خلال يومين.',
			answers: 0,
		},
		{
			by: 'reem',
			text: 'ملاحظة مهمة من Daniel: النص المرجعي بالإنكليزية، حدّه 1500 كلمة.',
			edited: 'ملاحظة مهمة من Daniel: النص المرجعي بالإنكليزية، حدّه 1,500 كلمة مع الحواشي.',
			answers: 3,
		},
		{
			by: 'umSamer',
			text: 'موافقون، بشرط أن تُعرض علينا الترجمة العربية قبل الإرسال.',
			answers: 4,
			milestone: { by: 'hozan', label: 'شرط الترجمة' },
		},
		{ by: 'tareq', text: 'أقترح تأجيل البيان كله.', answers: 0, deleted: true },
		{ by: 'salma', text: 'هل من قالب للبيان الخطي نبدأ منه؟', answers: 0 },
	],
};

const agenda: DemoThread = {
	space: 'common',
	title: 'Draft agenda for the dialogue session on detention',
	tags: ['sessions'],
	posts: [
		{
			by: 'hozan',
			text: 'Proposed:\n\n1. What each organisation has documented since June\n2. Risks for those who speak in public\n3. Who speaks at the side event\n\nهل من بنود أخرى؟',
			files: [
				{
					kind: 'document',
					name: 'جدول الأعمال',
					lines: ['جلسة الحوار: الاحتجاز', '1. ما وُثّق منذ حزيران', '2. المخاطر على من يتحدث علنًا', '3. المتحدثون في الفعالية الجانبية'],
				},
				{ kind: 'text', name: 'Agenda', lines: ['1. What each organisation has documented since June', '2. Risks', '3. Side event', ''] },
			],
		},
		{
			by: 'daniel',
			text: 'Please add ten minutes on how we store testimonies. Two partners still keep them in e-mail.',
			answers: 0,
			reactions: { '⚠️': ['hozan', 'fadi'] },
		},
		{
			by: 'umSamer',
			text: 'نقترح أن يبدأ البند الثاني بالعائلات نفسها، من دون ذكر أسماء.',
			answers: 0,
			reactions: { '👍': ['reem', 'fadi'] },
		},
	],
};

/** Somebody's words that were too hard, and what the facilitator did about it: all of it stays to be read. */
const heated: DemoThread = {
	space: 'common',
	title: 'من يتحدث باسم العائلات؟',
	closed: { by: 'hozan', reason: 'توقف النقاش حتى الجلسة القادمة: خرج عن الموضوع إلى أشخاص بعينهم.' },
	posts: [
		{ by: 'nour', text: 'في الفعالية الأخيرة تحدثت ثلاث منظمات باسم العائلات ولم تكن بينها عائلة واحدة.' },
		{ by: 'tareq', text: 'من لم يحضر الاجتماعات لا يحق له الاعتراض الآن.', answers: 0 },
		{ by: 'umSamer', text: 'لم تصلنا الدعوة أصلًا.', answers: 1, reactions: { '🙏': ['salma', 'fadi', 'jwan'] } },
		{ by: 'hozan', text: 'يُرجى العودة إلى السؤال: كيف تُختار المتحدثات والمتحدثون، لا من قصّر.', answers: 1 },
	],
};

const sideEvent: DemoThread = {
	space: 'geneva',
	title: 'الفعالية الجانبية: القاعة والتوقيت',
	tags: ['جنيف'],
	posts: [
		{
			by: 'karim',
			text: 'حُجزت القاعة XXII مبدئيًا، 14 آذار، 13:00–14:00 بتوقيت جنيف (15:00 بتوقيت دمشق).',
			files: [
				{
					kind: 'plan',
					name: 'مخطط القاعة',
					description: 'القاعة من أعلى: المنصة إلى اليسار، وأربعة صفوف من ستة مقاعد، والباب إلى اليمين.',
				},
			],
		},
		{ by: 'jwan', text: 'نحتاج ترجمة فورية في الاتجاهين. سألنا مترجمتين، وننتظر الرد حتى الخميس.', answers: 0 },
		{ by: 'daniel', text: 'Interpretation booths in XXII: two channels only. We should confirm by Thursday 18:00 CET.', answers: 1 },
	],
};

const storage: DemoThread = {
	space: 'records',
	title: 'How we keep testimonies',
	tags: ['security', 'حماية'],
	posts: [
		{
			by: 'maya',
			text: '## What we ask of every partner\n\n- No testimony in e-mail or chat\n- Consent written down **before** recording\n- Names apart from what was said\n\n> «لا يُجمع ما لا يلزم.»',
		},
		{ by: 'fadi', text: 'في العيادات نحتاج استثناء: الاسم يلزم للمتابعة الطبية. نقترح سجلًا منفصلًا لا يخرج من العيادة.', answers: 0 },
		{
			by: 'maya',
			text: 'Agreed, as long as the link between the two stays with one person.',
			answers: 1,
			reactions: { '👍': ['fadi', 'umSamer'] },
		},
	],
};

/** A draft gone through paragraph by paragraph: long enough to scroll. */
const draft: DemoThread = {
	space: 'common',
	title: 'قراءة المسودة الثانية فقرة فقرة',
	tags: ['بيانات خطية'],
	posts: paragraphs(26),
};

function paragraphs(count: number): readonly DemoPost[] {
	const openers: readonly [PersonKey, (n: number) => string][] = [
		['karim', (n) => `**الفقرة ${n}.** الصياغة الحالية أطول مما يلزم. نقترح جملتين: الوقائع أولًا، ثم المطلوب من المجلس.`],
		['jwan', (n) => `**الفقرة ${n}.** لا مصدر للرقم الوارد هنا. هل من إحالة يمكن نشرها؟`],
		['daniel', (n) => `**Paragraph ${n}.** “Should ensure” is weaker than what we agreed; suggest “must guarantee”.`],
		['nour', (n) => `**الفقرة ${n}.** كلمة «الضحايا» وحدها تخفي العائلات. نقترح «الضحايا وعائلاتهم».`],
	];
	const answers: readonly [PersonKey, string][] = [
		['reem', 'موافقة. أُدخل التعديل في النسخة الثالثة.'],
		['salma', 'من جهتنا لا مانع، على أن يبقى المعنى الطبي كما هو.'],
		['fadi', 'الرقم من تقريرنا في أيار، الصفحة 12، ويمكن نشره.'],
		['hozan', 'For the English text this works as well.'],
	];
	return Array.from({ length: count }).flatMap((_, place): DemoPost[] => {
		const [by, text] = openers[place % openers.length]!;
		const [answering, answer] = answers[(place + (place >> 2)) % answers.length]!;
		return [
			{ by, text: text(place + 1) },
			{ by: answering, text: answer, answers: place * 2 },
		];
	});
}

export const conversations: readonly DemoThread[] = [priorities, agenda, sideEvent, storage, heated, draft];

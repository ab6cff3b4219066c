import type { Role } from '@multaqa/shared/chain/roles';

/** People, organisations and words of the demo are invented. */
export interface DemoPerson {
	readonly name: string;
	readonly organisation: string;
	readonly role: Role;
}

export const organisations: Record<string, string> = {
	host: 'مركز الضفة للعدالة',
	women: 'شبكة خطوات النسائية',
	survivors: 'رابطة عائلات الانتظار',
	media: 'Open Record Initiative',
};

export const people: readonly DemoPerson[] = [
	{ name: 'ريم', organisation: 'host', role: 'coordinator' },
	{ name: 'هوزان', organisation: 'women', role: 'facilitator' },
	{ name: 'أم سامر', organisation: 'survivors', role: 'member' },
	{ name: 'Daniel', organisation: 'media', role: 'member' },
	{ name: 'ليان', organisation: 'women', role: 'observer' },
];

interface DemoPost {
	/** Place in {@link people}. */
	readonly by: number;
	readonly text: string;
	/** Place of the post it answers. */
	readonly answers?: number;
}

export const conversations: readonly { readonly title: string; readonly posts: readonly DemoPost[] }[] = [
	{
		title: 'الأولويات قبل دورة آذار لمجلس حقوق الإنسان',
		posts: [
			{
				by: 0,
				text: 'يُفتتح باب البيانات الخطية قريبًا. ما الأولويتان اللتان لا غنى عنهما لكل منظمة؟\n\nيرجى الرد قبل نهاية الأسبوع، ثم نجمعها في مسودة واحدة.',
			},
			{ by: 2, text: 'الأولوية الأولى لنا: مصير المفقودين وحق العائلات في المعرفة. لا نوقّع على نص يخلو منها.', answers: 0 },
			{ by: 1, text: 'نؤيد ذلك، ونضيف مشاركة النساء في كل مسار تفاوضي، بأرقام واضحة لا بعبارات عامة.', answers: 1 },
			{
				by: 3,
				text: 'Supporting both. One caution on wording: the Council does not accept Arabic in written statements, so the English text will be the one that counts.\n\nيمكننا إعداد الترجمة خلال يومين.',
				answers: 0,
			},
			{ by: 0, text: 'ملاحظة مهمة من Daniel: النص المرجعي بالإنكليزية، حدّه 1,500 كلمة مع الحواشي.', answers: 3 },
			{ by: 2, text: 'موافقون، بشرط أن تُعرض علينا الترجمة العربية قبل الإرسال.', answers: 4 },
		],
	},
	{
		title: 'Draft agenda for the dialogue session on detention',
		posts: [
			{
				by: 1,
				text: 'Proposed: (1) what each organisation has documented since June, (2) risks for those who speak in public, (3) who speaks at the side event.\n\nهل من بنود أخرى؟',
			},
			{ by: 3, text: 'Please add ten minutes on how we store testimonies. Two partners still keep them in e-mail.', answers: 0 },
			{ by: 2, text: 'نقترح أن يبدأ البند الثاني بالعائلات نفسها، من دون ذكر أسماء.', answers: 0 },
		],
	},
];

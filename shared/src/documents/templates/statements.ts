import { block, heading, part, phrase, type Template } from './template.ts';

/** For a regular session of the Human Rights Council; words, footnotes included, by OHCHR's guidelines for NGO written statements. */
export const writtenStatement: Template = {
	id: 'hrc-written-statement',
	name: { ar: 'بيان خطي لمجلس حقوق الإنسان', en: 'Human Rights Council: written statement' },
	about: {
		ar: 'يُقدَّم بالإنكليزية أو الفرنسية أو الإسبانية، من منظمة ذات صفة استشارية، دون خط غليظ أو مائل أو تسطير. تُذكر المنظمات التي لا تحمل الصفة في حاشية العنوان.',
		en: 'Handed in in English, French or Spanish by an organisation with consultative status, without bold, italics or underlining. Organisations without status are named in a footnote to the title.',
	},
	submission: 'hrc-written',
	authority: 'en',
	blocks: { recommendation: { ar: 'توصية', en: 'Recommendation' } },
	parts: [
		part('title', 'عنوان يسمّي الموضوع والبلد', 'A title that names the subject and the country'),
		part('paragraph', 'من يخاطب المجلس، وبشأن أي بند من جدول الأعمال', 'Who addresses the Council, under which agenda item'),
		heading(1, 'الوقائع', 'Facts'),
		part('paragraph', 'ما حدث، ومتى، وأين، ومصدر كل معلومة', 'What happened, when and where, and the source of each fact'),
		heading(1, 'التقييم القانوني', 'Legal assessment'),
		part('paragraph', 'الالتزامات الدولية ذات الصلة ورموز الوثائق', 'The international obligations concerned, with document symbols'),
		heading(1, 'التوصيات', 'Recommendations'),
		...block('recommendation', part('item', 'الجهة المخاطَبة والمطلوب منها', 'Who is asked, and to do what')),
	],
};

/** Ninety seconds in a general debate: about 250 English words (ISHR Academy). Spoken, so there are no headings. */
export const oralStatement: Template = {
	id: 'oral-statement',
	name: { ar: 'بيان شفهي', en: 'Oral statement' },
	about: {
		ar: 'تسعون ثانية في المناقشة العامة، أي نحو 250 كلمة بالإنكليزية. يُلقى باسم المنظمة ذات الصفة الاستشارية التي سجّلت الكلمة.',
		en: 'Ninety seconds in a general debate, about 250 English words. It is delivered in the name of the organisation with consultative status that registered.',
	},
	submission: 'hrc-oral-general-debate',
	authority: 'both',
	blocks: { request: { ar: 'مطلب', en: 'Request' } },
	parts: [
		part('title', 'البند والموضوع، ولا يُقرأ', 'Item and subject; not read out'),
		phrase('شكرًا، حضرة رئاسة المجلس.', 'Thank you, President.'),
		part('paragraph', 'باسم من يُلقى البيان', 'In whose name it is delivered'),
		part('paragraph', 'الرسالة الرئيسة في جملة واحدة', 'The main message in one sentence'),
		part(
			'paragraph',
			'واقعة أو شهادة تسندها، بموافقة أصحابها',
			'A fact or testimony that bears it out, with the consent of those concerned',
		),
		...block('request', part('paragraph', 'ما يُطلب من المجلس أو الدولة', 'What is asked of the Council or the State')),
		phrase('وشكرًا.', 'I thank you.'),
	],
};

/** Of several organisations together, for the review of one State; 5,630 words without footnotes (to be confirmed for each cycle). */
export const uprSubmission: Template = {
	id: 'upr-submission',
	name: { ar: 'مساهمة مشتركة في الاستعراض الدوري الشامل', en: 'Universal Periodic Review: joint submission' },
	about: {
		ar: 'تُذكر أسماء المنظمات كلها في مطلع النص، وتُرقَّم الفقرات والصفحات، ولا تُرفَق تقارير جهات أخرى. لا تُشترط الصفة الاستشارية.',
		en: 'All organisations are named at the beginning of the text, paragraphs and pages are numbered, and no reports of others are annexed. Consultative status is not needed.',
	},
	submission: 'upr-stakeholder-joint',
	authority: 'both',
	blocks: {
		theme: { ar: 'محور', en: 'Theme' },
		recommendation: { ar: 'توصية', en: 'Recommendation' },
	},
	parts: [
		part('title', 'الدولة المستعرَضة والدورة', 'The State under review and the session'),
		part('paragraph', 'أسماء المنظمات المقدِّمة وتعريف موجز بكل منها', 'The submitting organisations, each with a line about it'),
		heading(1, 'المنهجية والتشاور', 'Methodology and consultation'),
		part('paragraph', 'كيف جُمعت المعلومات ومن استُشير', 'How the information was gathered and who was consulted'),
		heading(1, 'متابعة الاستعراض السابق', 'Follow-up to the previous review'),
		part('paragraph', 'التوصيات المقبولة وما نُفّذ منها، برموزها', 'Supported recommendations by their numbers, and what was done'),
		heading(1, 'حالة حقوق الإنسان', 'Human rights situation'),
		...block(
			'theme',
			heading(2, 'المحور', 'Theme', { ar: 'حق واحد أو مسألة واحدة', en: 'One right or one question' }),
			part('paragraph', 'الوقائع منذ الاستعراض السابق ومصادرها', 'Facts since the previous review, and their sources'),
			heading(3, 'التوصيات', 'Recommendations'),
			...block(
				'recommendation',
				part('item', 'توصية محددة قابلة للقياس ولها أجل', 'A recommendation that is specific, can be measured and has a time'),
			),
		),
	],
};

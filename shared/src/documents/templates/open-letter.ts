import { block, heading, part, phrase, type Template } from './template.ts';

/** To somebody, before everybody. */
export const openLetter: Template = {
	id: 'open-letter',
	name: { ar: 'رسالة مفتوحة', en: 'Open letter' },
	about: {
		ar: 'رسالة إلى جهة محددة تُنشر للعموم وتوقّعها المنظمات.',
		en: 'A letter to somebody in particular that is published and signed by organisations.',
	},
	submission: null,
	authority: 'both',
	blocks: { request: { ar: 'مطلب', en: 'Request' } },
	parts: [
		part('title', 'موضوع الرسالة', 'What the letter is about'),
		part('paragraph', 'إلى من: الاسم والصفة', 'To whom: name and office'),
		phrase('أصحاب السعادة، تحية طيبة وبعد،', 'Excellencies,'),
		part('paragraph', 'من يكتب، ولماذا الآن', 'Who writes, and why now'),
		part('paragraph', 'الوقائع التي تستند إليها الرسالة', 'The facts that the letter rests on'),
		heading(1, 'مطالبنا', 'What we ask'),
		...block('request', part('item', 'مطلب واضح وموعده', 'A clear request, and by when')),
		phrase('وتفضلوا بقبول فائق الاحترام.', 'Please accept the assurances of our highest consideration.'),
	],
};

import { block, heading, part, type Template } from './template.ts';

/** Goals → objectives → activities → who is responsible → indicator. */
export const strategy: Template = {
	id: 'strategy',
	name: { ar: 'استراتيجية', en: 'Strategy' },
	about: {
		ar: 'خطة مشتركة تتدرّج من الأهداف العامة إلى الأنشطة، ولكل نشاط جهة مسؤولة ومؤشر يُقاس به.',
		en: 'A shared plan that leads from goals to activities, each with somebody responsible and an indicator to measure it by.',
	},
	submission: null,
	authority: 'both',
	blocks: {
		goal: { ar: 'هدف عام', en: 'Goal' },
		objective: { ar: 'هدف محدّد', en: 'Objective' },
		activity: { ar: 'نشاط', en: 'Activity' },
	},
	parts: [
		part('title', 'عنوان الاستراتيجية والمدة التي تشملها', 'Title of the strategy and the years it covers'),
		heading(1, 'السياق', 'Context'),
		part('paragraph', 'ما الذي تغيّر، ولماذا الآن، ومن يتأثر بذلك', 'What has changed, why now, and whom it concerns'),
		heading(1, 'الرؤية والمبادئ', 'Vision and principles'),
		part('paragraph', 'ما تتفق عليه المنظمات الموقّعة قبل أي هدف', 'What the organisations agree on before any goal'),
		...block(
			'goal',
			heading(1, 'الهدف العام', 'Goal', { ar: 'التغيير المنشود خلال مدة الاستراتيجية', en: 'The change to be reached in these years' }),
			part('paragraph', 'وصف الهدف العام في جملة أو جملتين', 'The goal in one or two sentences'),
			...block(
				'objective',
				heading(2, 'الهدف المحدّد', 'Objective', {
					ar: 'نتيجة قابلة للقياس تخدم الهدف العام',
					en: 'A result that can be measured and serves the goal',
				}),
				part('paragraph', 'النتيجة المتوقعة وموعدها', 'The expected result and by when'),
				...block(
					'activity',
					heading(3, 'الأنشطة', 'Activities'),
					part('item', 'النشاط وتوقيته', 'The activity and its time'),
					heading(3, 'الجهة المسؤولة', 'Responsible'),
					part('paragraph', 'المنظمة التي تقود التنفيذ، ومن يشارك فيه', 'The organisation that leads, and those taking part'),
					heading(3, 'المؤشر', 'Indicator'),
					part(
						'paragraph',
						'ما يُقاس، وقيمته اليوم، وقيمته المنشودة، ومصدر البيانات',
						'What is measured, its value today and the one to reach, and where the data come from',
					),
				),
			),
		),
		heading(1, 'المخاطر وعدم الإضرار', 'Risks and do no harm'),
		part(
			'paragraph',
			'ما قد يعرّض أشخاصًا أو منظمات للخطر، وكيف يُتجنَّب',
			'What could endanger people or organisations, and how it is avoided',
		),
		heading(1, 'المتابعة والمراجعة', 'Follow-up and review'),
		part('paragraph', 'موعد المراجعة ومن يدعو إليها', 'When it is reviewed, and who calls for it'),
	],
};

import { describe, expect, test } from 'vitest';
import { m } from '../paraglide/messages.js';
import { formatFor } from './format.ts';

const counts = [0, 1, 2, 3, 11, 100];
const latin = formatFor('ar', 'latn');
const said = (message: (values: { count: number; shown: string }, options: { locale: 'ar' | 'en' }) => string, format = latin) =>
	counts.map((count) => message({ count, shown: format.number(count) }, { locale: 'ar' }));

describe('what is counted, at 0, 1, 2, 3, 11 and 100', () => {
	test.each([
		[
			'unread posts',
			m.unread_count,
			[
				'لا مشاركات غير مقروءة',
				'مشاركة واحدة غير مقروءة',
				'مشاركتان غير مقروءتين',
				'3 مشاركات غير مقروءة',
				'11 مشاركة غير مقروءة',
				'100 مشاركة غير مقروءة',
			],
		],
		['posts', m.posts_count, ['لا مشاركات', 'مشاركة واحدة', 'مشاركتان', '3 مشاركات', '11 مشاركة', '100 مشاركة']],
		['discussions', m.threads_count, ['لا نقاشات', 'نقاش واحد', 'نقاشان', '3 نقاشات', '11 نقاشًا', '100 نقاش']],
		[
			'further discussions',
			m.threads_more,
			[
				'لا نقاشات أخرى فيها جديد',
				'نقاش آخر فيه جديد',
				'نقاشان آخران فيهما جديد',
				'3 نقاشات أخرى فيها جديد',
				'11 نقاشًا آخر فيها جديد',
				'100 نقاش آخر فيها جديد',
			],
		],
		['posts that wait', m.queue_posts, ['لا مشاركات', 'مشاركة واحدة', 'مشاركتان', '3 مشاركات', '11 مشاركة', '100 مشاركة']],
		['changes that wait', m.queue_changes, ['لا تعديلات', 'تعديل واحد', 'تعديلان', '3 تعديلات', '11 تعديلًا', '100 تعديل']],
		['reactions that wait', m.queue_reactions, ['لا تفاعلات', 'تفاعل واحد', 'تفاعلان', '3 تفاعلات', '11 تفاعلًا', '100 تفاعل']],
	])('%s', (_what, message, texts) => {
		expect(said(message)).toEqual(texts);
	});

	test('follows the digits the reader has chosen', () => {
		expect(said(m.posts_count, formatFor('ar', 'arab')).slice(3)).toEqual(['٣ مشاركات', '١١ مشاركة', '١٠٠ مشاركة']);
	});

	test.each([
		[0, '0 unread posts'],
		[1, '1 unread post'],
		[2, '2 unread posts'],
		[100, '100 unread posts'],
	])('%i in English', (count, text) => {
		expect(m.unread_count({ count, shown: String(count) }, { locale: 'en' })).toBe(text);
	});
});

describe('the months of the Levant', () => {
	test.each(
		['كانون الثاني', 'شباط', 'آذار', 'نيسان', 'أيار', 'حزيران', 'تموز', 'آب', 'أيلول', 'تشرين الأول', 'تشرين الثاني', 'كانون الأول'].map(
			(name, month) => [month, name] as const,
		),
	)('month %i is %s', (month, name) => {
		const day = Date.UTC(2027, month, 15, 12) / 1000;
		expect(latin.day(day).replaceAll(/[\u200E\u200F\u061C]/g, '')).toBe(`15 ${name} 2027`);
	});
});

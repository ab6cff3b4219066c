import { describe, expect, test } from 'vitest';
import { brokenNoticeRule } from './notice-text.ts';

const names = ['المرصد المضيف', 'ملتقى التجربة', 'Harbour House', 'نور', 'Al'];

describe('a notice is refused that could ever say more than that there is something new', () => {
	test.each([
		['لديك جديد في {title}', 'notice-holds-no-variables'],
		['New: %s', 'notice-holds-no-variables'],
		['Hello $name', 'notice-holds-no-variables'],
		['<thread> has news', 'notice-holds-no-variables'],
		['[[space]]', 'notice-holds-no-variables'],
		['اقرأ forum.example.org', 'notice-holds-no-address'],
		['https:// here', 'notice-holds-no-address'],
		['write to a@b', 'notice-holds-no-address'],
		['', 'notice-is-short'],
		['   ', 'notice-is-short'],
		['ا'.repeat(121), 'notice-is-short'],
		['two\nlines', 'notice-is-plain'],
		['turned \u202Eround', 'notice-is-plain'],
		['hid\u200Bden', 'notice-is-plain'],
		['أخبار مـرصـد المضيف', 'notice-names-nobody'],
		['HARBOUR-house calling', 'notice-names-nobody'],
		['كتبت نور', 'notice-names-nobody'],
	])('%j breaks %s', (text, rule) => {
		expect(brokenNoticeRule(text, names)).toBe(rule);
	});
});

test.each(['لديك جديد', 'وصلت رسالة.', 'Something is waiting', 'تذكير: موعدك اليوم عند 5', 'ا'.repeat(120)])(
	'%j may stand there',
	(text) => {
		expect(brokenNoticeRule(text, names)).toBeNull();
	},
);

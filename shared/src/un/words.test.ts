import { expect, test } from 'vitest';
import { countWords } from './words.ts';

test.each([
	['', 0],
	[' \n\t\u00A0 ', 0],
	['1996/31', 1],
	['ECOSOC resolution 1996/31, paras 36–37', 5],
	['A/HRC/58/L.1', 1],
	['A/HRC/RES/46/22 and CCPR/C/SYR/CO/4.', 3],
	['S/PV.9816 (Resumption 1)', 3],
	['at 14:00 on 2027-02-22', 4],
	['22 February 2027', 3],
	['well-known, long-term, state-of-the-art', 3],
	['truth—justice—reparation', 1],
	['truth — justice – reparation - now', 4],
	['and/or', 1],
	['write to ngo@example.org', 3],
	['https://example.org/a?b=c#d is an address', 4],
	["the organisation's members’ views", 4],
	['5 000 people, 1,500 words, 60 %, $3.5m', 7],
	['* * *', 0],
	['• first • second', 2],
	['(a) the (b)', 3],
	['§ 5 & more', 2],
	['COVID-19 U.N. e.g.', 3],
	['¹ ½ Ⅳ', 3],
	['one\u2028two\u2029three\u0085four\u3000five', 5],
	['one\u200Bword', 1],
	['tab\tand\nline\r\nbreak', 4],
	['🙂 🇸🇾', 0],
	['Şêx Maqsûd û Efrîn', 4],
	['المركز السوري للإعلام وحرية التعبير', 5],
	['وبالعدالة وللضحايا', 2],
	['و 3 منظمات', 3],
	['و3 منظمات حُجبت أسماؤها', 4],
	['القرار 1996/31 (الفقرتان 36–37)', 4],
	['الوثيقة A/HRC/58/66 المؤرخة ٢٢ شباط/فبراير ٢٠٢٧', 6],
	['المُنظَّمَةُ', 1],
	['عـــدالـــة', 1],
	['المادة 5 ـ الحق في الحياة', 5],
	['ـــــ', 0],
	['«الحقيقة»، و«العدالة»؛ وجبر الضرر!', 4],
	['سوريا؟ نعم.', 2],
	['٪ ، ؛', 0],
	['٥٠٪ من النساء', 3],
	['می‌خواهم', 1],
	['\u200Fمجلس حقوق الإنسان\u200F (HRC)', 4],
])('%j is %i words', (text, count) => {
	expect(countWords(text)).toBe(count);
});

test('a token without end, of letters or of none, is counted at once', () => {
	for (const [piece, count] of [
		['a', 1],
		['-', 0],
		['\u0640', 0],
		['\u0301', 0],
		['\uD800', 0],
	] as const) {
		expect(countWords(piece.repeat(1_000_000))).toBe(count);
	}
	expect(countWords('- '.repeat(500_000))).toBe(0);
});

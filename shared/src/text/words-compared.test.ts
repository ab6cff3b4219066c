import { expect, test } from 'vitest';
import { wordsCompared } from './words-compared.ts';

/** `-removed-`, `+added+`, paragraphs apart. */
const shown = (before: string, after: string) =>
	wordsCompared(before, after)
		.map((paragraph) => paragraph.map(({ kind, text }) => ({ same: text, added: `+${text}+`, removed: `-${text}-` })[kind]).join(''))
		.join(' / ');

test.each([
	['نلتقي يوم الأحد في جنيف', 'نلتقي يوم الاثنين في جنيف', 'نلتقي يوم -الأحد-+الاثنين+ في جنيف'],
	['كتب المنظمة', 'كتبت المنظمة', '-كتب-+كتبت+ المنظمة'],
	['المُنظَّمة موافقة', 'المنظمة موافقة', '-المُنظَّمة-+المنظمة+ موافقة'],
	['نوافق على البند 4.', 'نوافق على البند 5.', 'نوافق على البند -4-+5+.'],
	['We agree (نعم).', 'We disagree (لا).', 'We -agree-+disagree+ (-نعم-+لا+).'],
	['واحد', 'واحد اثنان', 'واحد+ اثنان+'],
	['واحد اثنان', 'واحد', 'واحد- اثنان-'],
	['one two end', 'three four end', '-one two-+three four+ end'],
	['سطر أول\nسطر ثان', 'سطر أول\nسطر ثالث', 'سطر أول / سطر -ثان-+ثالث+'],
	['سلام\n\nWe agree', 'سلام', 'سلام / -We agree-'],
	['', 'جديد', '+جديد+'],
])('%j and %j are compared by words', (before, after, expected) => {
	expect(shown(before, after)).toBe(expected);
});

test('nothing is lost: what stays and was removed is the earlier text, what stays and was added the later', () => {
	const before = 'قال الفريق: نعم، ثم 3 نقاط — and a line';
	const after = 'قال فريقنا: نعم ثم 4 نقاط — and another line!';
	const text = (left: 'added' | 'removed') =>
		wordsCompared(before, after)
			.flat()
			.filter(({ kind }) => kind !== left)
			.map((stretch) => stretch.text)
			.join('');
	expect(text('added')).toBe(before);
	expect(text('removed')).toBe(after);
});

test('two whole posts that share nothing are compared', () => {
	const long = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`).join(' ');
	expect(wordsCompared(long('a'), long('b')).length).toBeGreaterThan(1);
});

import { expect, test } from 'vitest';
import { limitFor } from '../un/limits.ts';
import { submissionOf } from '../un/submissions.ts';
import { pair, statement } from '../testing/drafted.ts';
import { WordCounter } from './counted.ts';
import { numbered } from './numbering.ts';

test('words are counted by part, in the language that is handed in', () => {
	const counter = new WordCounter();
	expect(counter.count(statement().pairs, 'ar')).toEqual({ title: 4, body: 10, footnotes: 5 });
	expect(counter.count(statement().pairs, 'en')).toEqual({ title: 5, body: 14, footnotes: 5 });
});

test('a counter that has counted before, another text among it, says what a new one says', () => {
	const counter = new WordCounter();
	const drafts = [statement(), statement(pair('footnote', 'واحد اثنان', 'one')), statement(), { pairs: [] }];
	for (const { pairs } of drafts) {
		for (const language of ['ar', 'en'] as const) expect(counter.count(pairs, language)).toEqual(new WordCounter().count(pairs, language));
	}
});

test('the 1,501st word of a written statement is one too many, as it is typed', () => {
	const counter = new WordCounter();
	const written = (words: number) => statement(pair('paragraph', '', `word `.repeat(words - 19).trim(), { translation: null }));
	const answer = (words: number) => limitFor(submissionOf('hrc-written')!, 'special', counter.count(written(words).pairs, 'en'));
	expect(answer(1_500)).toMatchObject({ count: 1_500, over: 0, verdict: 'unsure', more: 5 });
	expect(answer(1_501)).toMatchObject({ count: 1_501, over: 1, verdict: 'over' });
});

test('paragraphs and footnotes are numbered through the text, items anew in each list', () => {
	const text = statement(
		pair('item', 'ثان', 'second'),
		pair('item', 'أعمق', 'deeper', { level: 2 }),
		pair('footnote', 'حاشية', 'note'),
		pair('item', 'أعمق', 'deeper', { level: 2 }),
		pair('item', 'ثالث', 'third'),
		pair('item', 'أعمق', 'deeper', { level: 2 }),
		pair('paragraph', 'فقرة', 'paragraph'),
		pair('item', 'أول', 'first'),
	);
	expect(numbered(text.pairs).map(({ number }) => number)).toEqual([null, 1, null, 1, 1, 2, 1, 2, 2, 3, 1, 2, 1]);
	expect(numbered(text.pairs).flatMap(({ of }) => of ?? [])).toEqual([0, 6]);
	expect(numbered([{ kind: 'footnote', level: 1 }])).toEqual([{ number: 1, of: null }]);
});

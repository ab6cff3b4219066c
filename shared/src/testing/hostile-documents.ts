import { utf8 } from '../bytes/bytes.ts';
import { canonicalBytes, decodeText, normalised } from '../documents/canonical.ts';
import { compared } from '../documents/compared.ts';
import { filingKey } from '../documents/filing-key.ts';
import { freezeRefusals } from '../documents/freezing.ts';
import { normalText } from '../documents/normal-text.ts';
import { PAIR_LIMIT } from '../documents/pair.ts';
import { countWords } from '../un/words.ts';
import { pair, statement } from './drafted.ts';
import { draftReaders } from './hostile-drafts.ts';
import type { HostileReader } from './hostile-readers.ts';

/** Frozen texts of others, and what people paste into a document. */
export function documentReaders(): readonly HostileReader[] {
	const text = (name: string, read: (typed: string) => unknown, sample: string, most: number): HostileReader => ({
		name,
		read: (bytes) => read(new TextDecoder().decode(bytes)),
		sample: utf8(sample),
		most,
	});
	return [
		{ name: 'a frozen text', read: decodeText, sample: canonicalBytes(statement()) },
		text('a pasted paragraph', (typed) => [countWords(typed), normalText(typed)], 'القرار 1996/31\u202E – e\u0301\u00A0', 256 * 1024),
		text('a pair of a draft', (typed) => freezeRefusals(statement(pair('item', typed, typed))), 'نطالب\nwe ask', PAIR_LIMIT * 4),
		text('two versions', versions, 'نطالب بالعدالة\nنطالب بها\n\nWe ask', PAIR_LIMIT),
		text('the name of a signatory', (typed) => [filingKey(typed, 'arabic'), filingKey(typed, 'latin')], 'المركز للإعلام The 19', 1024 * 1024),
		...draftReaders(),
	];
}

/** Of the lines of a text, the first half is the earlier version. */
function versions(typed: string): unknown {
	const lines = normalised({ authority: 'both', pairs: typed.split('\n', 40).map((line) => pair('paragraph', line, line)) }).pairs;
	return compared(lines.slice(0, lines.length / 2), lines.slice(lines.length / 2));
}

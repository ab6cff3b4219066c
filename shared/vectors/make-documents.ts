/**
 * Writes `documents.json` beside it: `node shared/vectors/make-documents.ts`. Run it when the form of frozen texts or of
 * sealed orders changes on purpose, never to make a failing test pass.
 */
import { writeFileSync } from 'node:fs';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalBytes, textHash } from '../src/documents/canonical.ts';
import { normalText } from '../src/documents/normal-text.ts';
import type { BilingualText, Pair } from '../src/documents/pair.ts';
import { sealedOrder, sealSeed } from '../src/documents/sealed-order.ts';

const pair = (kind: Pair['kind'], ar: string, en: string, level: Pair['level'] = 1): Pair => ({ kind, level, ar, en });

const texts: readonly (BilingualText & { readonly name: string })[] = [
	{ name: 'a title', authority: 'both', pairs: [pair('title', 'سلام', 'Peace')] },
	{
		name: 'a statement with every kind of pair',
		authority: 'both',
		pairs: [
			pair('title', 'بيان مشترك', 'Joint statement'),
			pair('footnote', 'وفق القرار 1996/31', 'Under resolution 1996/31'),
			pair('heading', 'المطالب', 'Requests', 2),
			pair('paragraph', 'نطالب بالعدالة.', 'We ask for justice.'),
			pair('item', 'كشف المصير', 'The fate of the missing', 3),
		],
	},
	{
		name: 'typed with what makes no difference',
		authority: 'ar',
		pairs: [pair('title', ' \u202Eسلام\u202C\u00A0\nدائم ', ''), pair('paragraph', 'می\u200Cخواهم\u200F (HRC)', 'Ze\u0301in\u00AD')],
	},
];

const seeds = [new Uint8Array(32).fill(7), Uint8Array.from({ length: 32 }, (_, at) => at)];
const round = 'AAECAwQFBgcICQoLDA0ODw';
const sealed = seeds.map((seed) => sealSeed(round, seed));
const signatories = ['one', 'two', 'three', 'four', 'five'].map((id) => ({ id }));

const content = {
	about: 'Frozen bilingual texts, their normal spelling, and sealed orders of signatories. Bytes in hex, hashes in base64url.',
	texts: texts.map((text) => ({
		...text,
		bytes: bytesToHex(canonicalBytes(text)),
		hash: textHash(canonicalBytes(text)),
	})),
	normal: ['\u0000a\u202Eb\u200Bc ', 'و\u0654', '\uD800', 'ـ\u200Cـ', '\u2003\u2028'].map((typed) => ({
		typed: JSON.stringify(typed),
		normal: normalText(typed),
	})),
	order: {
		round,
		seeds: seeds.map((seed) => bytesToHex(seed)),
		sealed,
		signatories: signatories.map(({ id }) => id),
		ordered: sealedOrder(signatories, { round, sealed, seeds }).map(({ id }) => id),
	},
};

/** What nobody would see in the file. */
const UNSEEN = /[\u0300-\u036F]|\u0654|[\u00A0\u00AD\u2000-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]/g;
const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
const json = JSON.stringify(content, null, '\t').replaceAll(UNSEEN, escaped);

writeFileSync(new URL('./documents.json', import.meta.url), `${json}\n`);

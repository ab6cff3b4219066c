/**
 * What the eye sees of a name: two names with one skeleton are confusable (Unicode Technical Standard #39 §4, of
 * whose table of confusables these are the rows that matter beside Arabic and Latin). Unlike there, case, accents,
 * spaces and punctuation do not count either, for people do not look at them. What is heard counts: the article «ال»
 * makes another name, and so does every dot that makes another letter.
 */
export function skeleton(name: string): string {
	const before = known.get(name);
	if (before !== undefined) return before;
	const look = Array.from(name.normalize('NFKD').replaceAll(UNSEEN, ''), lookOf).join('');
	if (known.size >= MOST_KNOWN) known.clear();
	known.set(name, look);
	return look;
}

/** The names of a forum are asked for again with every change of what a page shows. */
const known = new Map<string, string>();
const MOST_KNOWN = 4_000;

/** Ranges where a property would grow with each version of Unicode: devices have to agree. */
const UNSEEN = new RegExp(
	`[${[
		// gaps, punctuation, controls, accents that stand alone
		String.raw`\p{Z}\p{P}\p{Cc}\p{Cf}\p{Sk}\u02B0-\u02FF\u2800`,
		// marks on letters of Latin, Greek and Cyrillic
		String.raw`\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20F0\u2DE0-\u2DFF\uFE20-\uFE2F`,
		// of Hebrew and Arabic; the bare hamza and tatweel
		String.raw`\u0591-\u05C7\u0610-\u061A\u0621\u0640\u064B-\u065F\u0670\u0674\u06D6-\u06ED\u0898-\u089F\u08CA-\u08FF`,
		// fillers, selectors and tags, which show nothing
		String.raw`\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0\u{E0000}-\u{E0FFF}`,
	].join('')}]`,
	'gu',
);

/** A letter, and every other that looks like it, of Latin, Greek, Cyrillic, Coptic, Armenian, Cherokee and Lisu, or of Arabic in all its uses. */
const LOOKS: Readonly<Record<string, string>> = {
	a: 'ɑᴀαаꭺᎪꓮ',
	ae: 'æӕ',
	b: 'ʙƀɓβвьᏴꓐ',
	c: 'ᴄȼɔсςⲥᏟꓚ',
	d: 'ᴅđɗԁᎠꓓ',
	e: 'ᴇɇєҽеεᎬꓰ',
	f: 'ꜰƒϝꓝ',
	g: 'ɡɢǥɠԍցᏀꓖ',
	h: 'ʜħɦһнΗհᎻꓧ',
	j: 'ᴊȷɉјϳյᎫꓙ',
	k: 'ᴋƙкκⲕĸҝқᏦꓗ',
	// One stroke, with or without a dot: capital I and small l are the same in most typefaces, and case does not count.
	l: 'iı1|ɪɨʟłƚɩιⲓіӏǀاٱᏞᎥꓲꓡ۱١∣ו',
	n: 'ɴŋƞɲɳηпոռΝꓠ',
	o: '0ᴏøσοоօⲟסᎾꓳ٠۰',
	oe: 'œɶ',
	p: 'ᴘƥþρрⲣᏢꓑ',
	q: 'ԛզգ',
	r: 'ʀгᴦɾɼᎡꓣ',
	rn: 'mᴍɱмμΜᎷꓟ',
	s: 'ꜱƽѕʂՏᏚꓢ',
	ss: 'ßẞ',
	t: 'ᴛŧƭтτᎢꓔ',
	u: 'ᴜʊʋυսՍꓴ',
	v: 'ᴠνѵᏙꓦ',
	vv: 'wᴡɯωѡшԝաᎳꓪ',
	x: '×хⲭχꓫ',
	y: 'ʏɣγⲩуүΥᎩꓬ',
	z: 'ᴢƶʐζᏃꓜ',
	2: '۲٢',
	3: '۳٣зȝʒ',
	4: '۴٤',
	5: '۵٥',
	6: '۶٦б',
	7: '۷٧',
	8: '۸٨ȣ',
	9: '۹٩',
	ه: 'ةۃھہەۿ',
	ي: 'ىیېۍێےؽ',
	ك: 'کڪګ',
	و: 'ۆۇۈۉۋۅۄ',
	ن: 'ں',
	ب: 'ٮ',
	ف: 'ڡڢڧ',
	ق: 'ٯ',
	ر: 'ڕړڒۯ',
	ل: 'ڵ',
	د: 'ۮ',
	ح: 'ځ',
};

const lookalikes = new Map(Object.entries(LOOKS).flatMap(([look, letters]) => Array.from(letters, (letter) => [letter, look])));

/** Capitals come first: a capital may look like another letter than the small one does. */
function lookOf(letter: string): string {
	const small = letter.toLowerCase();
	return lookalikes.get(letter) ?? lookalikes.get(small) ?? small;
}

import { zipSync } from 'fflate';
import { utf8, type Bytes } from '../bytes/bytes.ts';

const W =
	'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:wp="wp" xmlns:a="a" xmlns:mc="mc" xmlns:wps="wps" xmlns:m="m" xmlns:o="o"';
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';

/** One run of letters, with properties. */
export const run = (text: string, properties = ''): string =>
	`<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
/** One paragraph. */
export const p = (content: string, properties = ''): string => `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;

const STYLES = `<w:styles ${W}><w:style w:styleId="a3"><w:name w:val="Title"/></w:style><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="own"><w:name w:val="Our heading"/><w:basedOn w:val="1"/></w:style><w:style w:styleId="ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style><w:style w:styleId="LB2"><w:name w:val="List Bullet 2"/></w:style><w:style w:styleId="toc1"><w:name w:val="toc 1"/></w:style></w:styles>`;

/** An archive of Word. @param body what stands in it @param more further parts, or others */
export function wordFile(body: string, more: Readonly<Record<string, string>> = {}): Bytes {
	const parts = {
		'[Content_Types].xml': '<Types/>',
		'word/document.xml': `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
		'word/styles.xml': STYLES,
		...more,
	};
	return new Uint8Array(zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, utf8(text)]))));
}

const by = (name: string): string => `w:id="1" w:author="${name}" w:date="2026-01-02T03:04:05Z"`;

/** Everything that a document can hold beside its text, and a text. */
export const loadedWordFile = (): Bytes =>
	wordFile(
		[
			p(run('بيان مشترك'), '<w:pStyle w:val="a3"/>'),
			p(run('المحتويات 1'), '<w:pStyle w:val="toc1"/>'),
			p(run('الوقائع'), '<w:pStyle w:val="own"/>'),
			p(
				`${run('نص ظاهر')}${run(' نص مخفي', '<w:vanish/>')}${run(' وبقية', '<w:vanish w:val="0"/>')}${run('شبح', '<w:rStyle w:val="ghost"/>')}`,
			),
			p(
				`<w:ins ${by('ليلى المخفية')}>${run('أُضيف')}</w:ins><w:del ${by('Omar Hidden')}><w:r><w:delText>حُذف</w:delText></w:r></w:del>${run(' وبقي')}`,
			),
			p(
				`${run('نقطة')}<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>`,
				'<w:pStyle w:val="LB2"/>',
			),
			`<w:tbl><w:tr><w:tc>${p(run('خلية أولى'))}</w:tc><w:tc>${p(run('خلية ثانية'))}</w:tc></w:tr></w:tbl>`,
			p(
				`${run('قبل الإطار')}<w:r><mc:AlternateContent><mc:Choice><w:drawing><a:blip r:embed="rId9"/><wps:txbx><w:txbxContent>${p(run('في الإطار'))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>${p(run('في الإطار'))}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
			),
			p(
				`<w:hyperlink r:id="rId7">${run('رابط')}</w:hyperlink><w:r><w:instrText>INCLUDEPICTURE "http://evil.example/x.png"</w:instrText></w:r>`,
			),
			p(`<w:r><w:object><o:OLEObject/></w:object></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>`),
		].join(''),
		{
			'word/vbaProject.bin': 'x',
			'word/footnotes.xml': `<w:footnotes ${W}><w:footnote w:type="separator" w:id="-1">${p('<w:r><w:separator/></w:r>')}</w:footnote><w:footnote w:id="2">${p(`<w:r><w:footnoteRef/></w:r>${run(' انظر القرار 1996/31.')}`)}</w:footnote></w:footnotes>`,
			'word/comments.xml': `<w:comments ${W}><w:comment ${by('Omar Hidden')}>${p(run('رأي'))}</w:comment><w:comment ${by('Third Person')}>${p(run('رأي آخر'))}</w:comment></w:comments>`,
			'word/header1.xml': `<w:hdr ${W}/>`,
			'word/_rels/document.xml.rels': `<Relationships><Relationship Id="rId8" Type="${IMAGE}" Target="https://evil.example/track.png" TargetMode="External"/><Relationship Id="rId9" Type="${IMAGE}" Target="media/image1.png"/></Relationships>`,
			'docProps/core.xml': '<x/>',
		},
	);

/** What Word puts into a clipboard. */
export const WORD_CLIPBOARD = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0} --></style><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:Author>Omar Hidden</o:Author></o:OfficeDocumentSettings></xml><![endif]--></head><body lang=AR-SY><!--StartFragment-->
<p class=MsoTitle dir=RTL><span lang=AR-SY>بيان مشترك<o:p></o:p></span></p>
<h1 dir=RTL>الوقائع</h1>
<p class=MsoNormal dir=RTL>نص ظاهر<span style='display:none;mso-hide:all'> نص مخفي</span> وبقية<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1' dir=RTL><![if !supportLists]><span style='mso-list:Ignore'>1-<span>&nbsp;&nbsp; </span></span><![endif]>نقطة أولى</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1' dir=RTL><span style='mso-list:Ignore'>أ-</span>نقطة &amp; ثانية</p>
<p class=MsoNormal><del cite="mailto:Omar%20Hidden" datetime="2026-01-02T03:04">taken out</del><ins cite="mailto:Layla">put in</ins> and <a href="https://example.org/">a link</a><img width=10 src="https://evil.example/track.png"><img src="file:///C:/Users/omar/x.png"></p>
<table><tr><td><p>one</p></td><td><p>two</p></td></tr></table>
<script>alert(1)</script><iframe src="https://evil.example/"></iframe>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText dir=RTL><a style='mso-footnote-id:ftn1' href="#_ftnref1"><span>[1]</span></a> انظر القرار 1996/31.</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p>رأي</p></div></div><!--EndFragment--></body></html>`;

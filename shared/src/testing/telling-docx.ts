import { zipSync } from 'fflate';
import { utf8, type Bytes } from '../bytes/bytes.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relation = (id: string, type: string, target: string, external = false) =>
	`<Relationship Id="${id}" Type="${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`;
const relations = (...all: readonly string[]) =>
	`${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
const type = (part: string, kind: string) =>
	`<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`;
const TYPES = `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>${type('word/document.xml', 'document.main')}${type('word/settings.xml', 'settings')}${type('word/people.xml', 'people')}${type('word/comments.xml', 'comments')}</Types>`;
const by = 'w:author="Planted Author" w:date="2026-01-02T03:04:05Z"';
const DOCUMENT = `${XML}<w:document ${W} ${R} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wp="wp" xmlns:pic="pic" xmlns:a="a"><w:body><!-- planted comment --><w:p w:rsidR="00AB12CD" w14:paraId="1A2B3C4D" w14:textId="00AB12CD"><w:r><w:t>محضر الاجتماع &amp; القرارات</w:t></w:r><w:ins w:id="1" ${by}><w:r w:rsidR="00AB12CD"><w:t xml:space="preserve"> وما أُضيف</w:t></w:r></w:ins><w:r><w:drawing><wp:inline><wp:docPr id="1" name="planted-name.jpg" descr="C:\\Users\\planted\\photo.jpg"/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="planted-name.jpg"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>`;
const SETTINGS = `${XML}<w:settings ${W} ${R}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00AB12CD"/></w:rsids><w:zoom w:percent="100"/></w:settings>`;

/** A document as Word writes it, that names its author in many places. @param more further parts, or others */
export function tellingDocx(more: Readonly<Record<string, Uint8Array>> = {}): Bytes {
	const texts: Record<string, string> = {
		'[Content_Types].xml': TYPES,
		'_rels/.rels': relations(
			relation('rId1', `${OFFICE}/officeDocument`, 'word/document.xml'),
			relation('rId2', `${OFFICE}/extended-properties`, 'docProps/app.xml'),
			relation('rId3', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', 'docProps/core.xml'),
		),
		'docProps/core.xml': '<cp:coreProperties><dc:creator>Planted Author</dc:creator></cp:coreProperties>',
		'docProps/app.xml': '<Properties><Company>planted company</Company></Properties>',
		'docProps/thumbnail.jpeg': 'planted thumbnail',
		'word/document.xml': DOCUMENT,
		'word/_rels/document.xml.rels': relations(
			relation('rId1', `${OFFICE}/settings`, 'settings.xml'),
			relation('rId2', `${OFFICE}/image`, 'media/image1.jpeg'),
			relation('rId3', `${OFFICE}/comments`, 'comments.xml'),
			relation('rId4', 'http://schemas.microsoft.com/office/2011/relationships/people', 'people.xml'),
			relation('rId5', `${OFFICE}/hyperlink`, 'https://example.org/', true),
			relation('rId6', `${OFFICE}/hyperlink`, 'file:///C:\\Users\\planted\\list.xlsx', true),
		),
		'word/settings.xml': SETTINGS,
		'word/_rels/settings.xml.rels': relations(
			relation('rId1', `${OFFICE}/attachedTemplate`, 'file:///C:\\Users\\planted\\PlantedTemplate.dotx', true),
		),
		'word/comments.xml': `${XML}<w:comments ${W}><w:comment w:id="0" w:initials="PA" ${by}><w:p><w:r><w:t>رأي في النص</w:t></w:r></w:p></w:comment></w:comments>`,
		'word/people.xml': `${XML}<w15:people xmlns:w15="w15"><w15:person w15:author="Planted Author"/></w15:people>`,
		'customXml/item1.xml': '<planted>Planted Author</planted>',
	};
	const parts = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, utf8(text)]));
	return new Uint8Array(zipSync({ ...parts, ...more }, { comment: 'planted comment' } as object));
}

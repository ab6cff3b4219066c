import { crc32, deflateSync } from 'node:zlib';
import { cleanFile } from '@multaqa/shared/attachments/clean/clean';
import type { Client } from '@multaqa/shared/client/types';
import type { Attachment } from '@multaqa/shared/attachments/manifest';
import type { SpaceId } from '@multaqa/shared/bytes/ids';
import { packed } from '@multaqa/shared/attachments/clean/docx/package';
import { utf8 } from '@multaqa/shared/bytes/bytes';

/** Files that hang on posts of the demo: a text, a document, or a plan that is drawn here. */
export type DemoFile =
	| { readonly kind: 'text' | 'document'; readonly name: string; readonly lines: readonly string[] }
	| { readonly kind: 'plan'; readonly name: string; readonly description: string };

/** Attaches a file as a member's page does: cleaned first. */
export async function attach(client: Client, space: SpaceId, file: DemoFile): Promise<Attachment> {
	const [made, ending] =
		file.kind === 'plan' ? [plan(), 'png'] : file.kind === 'text' ? [utf8(file.lines.join('\n')), 'txt'] : [letter(file.lines), 'docx'];
	const { bytes, type, pixels } = cleanFile(made, `${file.name}.${ending}`);
	const description = file.kind === 'plan' ? file.description : null;
	return client.attachments.attach(space, { bytes, type, name: file.name, description, pixels: pixels && [pixels[0], pixels[1]] });
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A document that names its author, as documents do. */
function letter(lines: readonly string[]): Uint8Array {
	const paragraphs = lines.map(
		(line) => `<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>${escaped(line)}</w:t></w:r></w:p>`,
	);
	const parts: Readonly<Record<string, string>> = {
		'[Content_Types].xml':
			'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
		'_rels/.rels':
			'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
		'docProps/core.xml': '<coreProperties><creator>A name that stays at home</creator></coreProperties>',
		'word/document.xml': `<w:document xmlns:w="${W}"><w:body>${paragraphs.join('')}</w:body></w:document>`,
	};
	return packed(new Map(Object.entries(parts).map(([path, text]) => [path, utf8(text)])));
}

const [WIDTH, HEIGHT] = [960, 600];
const PAPER = [250, 247, 241];
/** Rectangles of a room seen from above: left, top, width, height, colour. */
const ROOM: readonly (readonly [number, number, number, number, readonly number[]])[] = [
	[60, 60, 840, 480, [31, 29, 26]],
	[72, 72, 816, 456, [255, 253, 249]],
	[120, 110, 180, 60, [13, 92, 92]],
	...[0, 1, 2, 3].flatMap((row) => [0, 1, 2, 3, 4, 5].map((seat) => [130 + seat * 120, 230 + row * 70, 70, 40, [133, 80, 0]] as const)),
	[820, 300, 80, 70, [160, 31, 40]],
];

/** The plan of a room, drawn dot by dot. */
function plan(): Uint8Array {
	const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
	for (let y = 0; y < HEIGHT; y++) {
		for (let x = 0; x < WIDTH; x++) {
			const inside = ROOM.findLast(([left, top, width, height]) => x >= left && x < left + width && y >= top && y < top + height);
			rows.set(inside?.[4] ?? PAPER, y * (1 + WIDTH * 3) + 1 + x * 3);
		}
	}
	const head = Buffer.alloc(13);
	head.writeUInt32BE(WIDTH, 0);
	head.writeUInt32BE(HEIGHT, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const signature = Buffer.from('89504e470d0a1a0a', 'hex');
	return new Uint8Array(Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]));
}

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, sum]);
}

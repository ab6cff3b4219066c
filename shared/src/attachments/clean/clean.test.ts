import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { concatBytes, fromUtf8, utf8 } from '../../bytes/bytes.ts';
import { Problem } from '../../problem.ts';
import { archive, tellingFiles, tellingJpeg, tellingPng, tellingWebp } from '../../testing/telling-files.ts';
import { tellingDocx } from '../../testing/telling-docx.ts';
import { tellingPdf } from '../../testing/telling-pdf.ts';
import { ATTACHMENT_LIMIT } from '../manifest.ts';
import { sizeOfPicture } from '../image-size.ts';
import { cleanFile } from './clean.ts';
import { unpacked } from './docx/package.ts';
import { latin } from './octets.ts';

/** Everything that stands in a file, unpacked if it is an archive. */
function everythingIn(bytes: Uint8Array): string {
	const inside = latin(bytes, 0, 2) === 'PK' ? Object.entries(unzipSync(bytes)).map(([path, part]) => path + latin(part)) : [];
	return latin(bytes) + inside.join('');
}

const refusal = (bytes: Uint8Array, name: string): string => {
	try {
		cleanFile(bytes, name);
		return 'taken';
	} catch (error) {
		return error instanceof Problem ? error.code : String(error);
	}
};

describe.each(tellingFiles())('$name', ({ name, bytes, planted, removed }) => {
	test('tells nothing of its maker any more, byte for byte, and says what it told', () => {
		const before = everythingIn(bytes);
		expect(planted.filter((secret) => before.includes(secret))).toEqual(planted);
		const clean = cleanFile(bytes, name);
		const after = everythingIn(clean.bytes);
		expect(planted.filter((secret) => after.includes(secret))).toEqual([]);
		expect(clean.removed).toEqual(removed);
	});

	test('is clean already when it is cleaned again', () => {
		const once = cleanFile(bytes, name);
		const twice = cleanFile(once.bytes, name);
		expect(twice.removed).toEqual([]);
		expect(twice.pixels).toEqual(once.pixels);
	});

	test('that is cut off anywhere is refused whole, or nothing of it is told', () => {
		// An older revision that is whole shows what stood on its page.
		const secrets = planted.filter((secret) => secret !== 'deleted sentence');
		for (let length = 0; length < bytes.length; length += 7) {
			const cut = bytes.subarray(0, length);
			try {
				const after = everythingIn(cleanFile(cut, name).bytes);
				expect(secrets.filter((secret) => after.includes(secret))).toEqual([]);
			} catch (error) {
				expect(error).toBeInstanceOf(Problem);
			}
		}
	});

	test('under another name is refused', () => {
		expect(refusal(bytes, `${name}.txt`)).toBe('file-mislabelled');
		expect(refusal(bytes, name.endsWith('.png') ? 'a.jpg' : 'a.png')).toBe('file-mislabelled');
		expect(refusal(bytes, 'program.exe')).toBe(name.endsWith('docx') ? 'file-unsupported' : 'file-mislabelled');
		expect(refusal(bytes, 'without an ending')).toBe('taken');
	});
});

describe('a picture', () => {
	test('stays turned as it was, and its place on the page is that of the turned one', () => {
		const upright = cleanFile(tellingJpeg(1), 'a.jpg');
		expect(upright.pixels).toEqual([24, 16]);
		expect(latin(upright.bytes)).not.toContain('Exif');
		const turned = cleanFile(tellingJpeg(6), 'a.jpg');
		expect(turned.pixels).toEqual([16, 24]);
		expect(latin(turned.bytes)).toContain('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06');
	});

	test('tells how large it is before anything is drawn, and what is none tells nothing', () => {
		for (const picture of [tellingJpeg(6), tellingPng(), tellingWebp(), cleanFile(tellingWebp(), 'a.webp').bytes]) {
			expect(sizeOfPicture(picture)).toEqual([24, 16]);
		}
		for (const none of ['<svg/>', 'GIF89a', '\x89PNG', 'RIFF____WEBPVP8X']) expect(sizeOfPicture(utf8(none))).toBeNull();
		expect(sizeOfPicture(tellingJpeg().subarray(0, 40))).toBeNull();
	});

	test.runIf(typeof createImageBitmap === 'function')('shows the same as before, pixel by pixel', async () => {
		const drawn = async (bytes: Uint8Array<ArrayBuffer>, type: string) => {
			const bitmap = await createImageBitmap(new Blob([bytes], { type }));
			const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
			canvas?.drawImage(bitmap, 0, 0);
			return canvas?.getImageData(0, 0, bitmap.width, bitmap.height);
		};
		for (const [name, bytes] of [
			['a.jpg', tellingJpeg()],
			['a.png', tellingPng()],
			['b.png', tellingPng(24, 16, 6)],
			['a.webp', tellingWebp()],
		] as const) {
			const clean = cleanFile(bytes, name);
			const [before, after] = [await drawn(bytes, clean.type), await drawn(clean.bytes, clean.type)];
			expect([after?.width, after?.height]).toEqual(clean.pixels);
			expect(after?.data).toEqual(before?.data);
		}
	});
});

describe('a document', () => {
	const partsOf = (bytes: Uint8Array) => Object.entries(unzipSync(bytes)).map(([path, part]) => [path, fromUtf8(part)] as const);

	test('says what it said, with its changes and comments, and says that there are some', () => {
		const clean = cleanFile(tellingDocx({ 'word/media/image1.jpeg': tellingJpeg() }), 'a.docx');
		const inside = unzipSync(clean.bytes);
		const text = fromUtf8(inside['word/document.xml']!);
		expect(text).toContain('<w:t>محضر الاجتماع &amp; القرارات</w:t>');
		expect(text).toContain('<w:ins w:id="1" w:author="Author">');
		expect(text).toContain('w14:paraId="1A2B3C4D"');
		expect(fromUtf8(inside['word/comments.xml']!)).toContain('رأي في النص');
		expect(clean.kept).toEqual(['changes', 'comments']);
		expect(Object.keys(inside).toSorted()).toEqual([
			'[Content_Types].xml',
			'_rels/.rels',
			'word/_rels/document.xml.rels',
			'word/_rels/settings.xml.rels',
			'word/comments.xml',
			'word/document.xml',
			'word/media/image1.jpeg',
			'word/settings.xml',
		]);
	});

	test('keeps links to the web and loses those to somebody’s disk', () => {
		const inside = unzipSync(cleanFile(tellingDocx(), 'a.docx').bytes);
		const links = fromUtf8(inside['word/_rels/document.xml.rels']!);
		expect(links).toContain('Target="https://example.org/"');
		expect(links).not.toContain('file:');
	});

	test('with programs, foreign objects, or what is no picture in it is refused', () => {
		expect(refusal(tellingDocx({ 'word/vbaProject.bin': utf8('x') }), 'a.docx')).toBe('file-unsupported');
		expect(refusal(tellingDocx(), 'a.docm')).toBe('file-unsupported');
		expect(refusal(tellingDocx({ 'word/media/image1.jpeg': utf8('<svg/>') }), 'a.docx')).toBe('file-uncleanable');
		const embedding = tellingDocx({ 'word/document.xml': utf8('<w:document><o:OLEObject/></w:document>') });
		expect(refusal(embedding, 'a.docx')).toBe('file-uncleanable');
		expect(refusal(archive({ 'list.xlsx': utf8('x') }), 'a.docx')).toBe('file-uncleanable');
		expect(refusal(archive({ 'list.xlsx': utf8('x') }), 'a.xlsx')).toBe('file-unsupported');
		expect(refusal(tellingDocx({ 'word/document.xml': utf8('<!DOCTYPE x [<!ENTITY a "b">]><w:document/>') }), 'a.docx')).toBe(
			'file-uncleanable',
		);
		expect(refusal(utf8('\u{FFFD}'), 'a.docx')).toBe('file-mislabelled');
		expect(refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0), 'a.docx')).toBe('file-locked');
	});

	test('that unpacks to more than is taken is refused before it does, whatever it claims', () => {
		const bomb = archive({ a: new Uint8Array(600_000), b: new Uint8Array(600_000) });
		expect(bomb.length).toBeLessThan(3_000);
		expect(() => unpacked(bomb, 1_000_000)).toThrow('file-uncleanable');
		const lying = bomb.slice();
		const central = latin(lying).lastIndexOf('PK\x01\x02');
		lying.fill(0, central + 24, central + 28);
		expect([...unpacked(lying, 1_000_000).values()].map(({ length }) => length)).toEqual([600_000, 0]);
	});

	test('is the same archive whoever cleans it, and whenever', () => {
		expect(cleanFile(tellingDocx(), 'a.docx').bytes).toEqual(cleanFile(tellingDocx(), 'b.docx').bytes);
		expect(partsOf(cleanFile(tellingDocx(), 'a.docx').bytes).length).toBe(7);
	});
});

describe('a PDF', () => {
	const pdf = tellingPdf(tellingJpeg());

	test('keeps its pages, the remark and the link, and nothing of what it was before', () => {
		const clean = cleanFile(pdf, 'a.pdf');
		const text = latin(clean.bytes);
		for (const kept of ['/MediaBox [0 0 200 100 ]', '/Im1 Do', '(a remark)', '(https://example.org/)', '/Rotate 0'])
			expect(text).toContain(kept);
		expect(text.match(/%%EOF/g)).toHaveLength(1);
		for (const gone of ['/Info', '/ID', 'ObjStm', '/JavaScript', '/Filespec', '/M (']) expect(text).not.toContain(gone);
		expect(clean.kept).toEqual(['comments']);
	});

	test('that is encrypted, broken, or made to keep a reader busy is refused', () => {
		const text = latin(pdf);
		const altered = (from: string, to: string) => Uint8Array.from(text.replaceAll(from, to), (letter) => letter.charCodeAt(0));
		expect(refusal(altered('/Type/XRef', '/Encrypt 1 0 R/Type/XRef'), 'a.pdf')).toBe('file-locked');
		expect(refusal(altered('startxref', 'startxxxx'), 'a.pdf')).toBe('file-uncleanable');
		expect(refusal(utf8('%PDF-1.7 <html>'), 'a.pdf')).toBe('file-uncleanable');
		expect(refusal(utf8(`%PDF-1.7\n${'['.repeat(100_000)}`), 'a.pdf')).toBe('file-uncleanable');
	});
});

describe('a text', () => {
	test('is UTF-8 and nothing else, and loses only the mark at its beginning', () => {
		expect(cleanFile(utf8('\u{FEFF}أسماء\r\nمواعيد\t1'), 'a.txt')).toMatchObject({
			bytes: utf8('أسماء\r\nمواعيد\t1'),
			type: 'text/plain',
			removed: [],
			kept: [],
		});
		expect(cleanFile(utf8('safe\u{202E}txt.exe'), 'a.txt').kept).toEqual(['overrides']);
		expect(refusal(Uint8Array.of(0xc7, 0xe1, 0x0a), 'a.txt')).toBe('file-mislabelled');
		expect(refusal(concatBytes(utf8('a'), new Uint8Array(1)), 'a.txt')).toBe('file-mislabelled');
		expect(refusal(utf8('<script>'), 'a.html')).toBe('file-unsupported');
		expect(refusal(utf8('<script>'), 'a.jpg')).toBe('file-mislabelled');
	});
});

test('what is empty, too large, or of no kind that is known is refused', () => {
	expect(refusal(new Uint8Array(), 'a.txt')).toBe('file-unsupported');
	expect(refusal(new Uint8Array(ATTACHMENT_LIMIT + 1), 'a.jpg')).toBe('too-large');
	expect(refusal(utf8('GIF89a\0\0\0'), 'a.gif')).toBe('file-unsupported');
	expect(refusal(utf8('GIF89a\0\0\0'), 'a.png')).toBe('file-mislabelled');
});

import { zipSync, zlibSync } from 'fflate';
import type { Trace } from '../attachments/clean/traces.ts';
import { crc } from '../attachments/clean/png.ts';
import { fourBytes, octets } from '../attachments/clean/octets.ts';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';
import { tellingDocx } from './telling-docx.ts';
import { tellingPdf } from './telling-pdf.ts';

/** A file that tells more than it shows. */
export interface TellingFile {
	readonly name: string;
	readonly bytes: Bytes;
	/** What stands in it and must not leave the device. */
	readonly planted: readonly string[];
	/** What its sender is told. */
	readonly removed: readonly Trace[];
}

/** Four squares of 12 × 8, as Chromium drew them, without anything but the picture. */
const JPEG =
	'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAAQABgDASIAAhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAUGB//EABwQAQAABwEAAAAAAAAAAAAAAAAFB0NFgYPBw//EABcBAAMBAAAAAAAAAAAAAAAAAAMFBgf/xAAmEQABAQUHBQAAAAAAAAAAAAARAQAEBRJRAgYVITGh4QMTFmJj/9oADAMBAAIRAxEAPwCWMITVx1ENZkNfNHoJeC7uEw/qPncmlGQBNpE1K1ozaJRrFna05SSzDMkBUXQJSrLQ2wM0xj034aU8e+m3Lf/Z';
/** The picture alone, of a WebP. */
const WEBP_PICTURE = 'UAMAnQEqGAAQAD5tJJNGpCMhoTAIAIANiWgAnQAhu6AAxgAA/tjTpb7OT/f6h/G/9NP/+t2P//K+a/zZf/1wGs/+Hhn/F/ytZTHsaBogAAA=';
const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const PLACE = 'N33 30 47 E36 17 32';
const AUTHOR = 'Planted Author';
const CAMERA = 'PlantedPhone 12';

const short = (value: number) => Uint8Array.of(value >> 8, value & 255);

/** What a phone writes: make, model, who, when, where, and that the picture lies on its side. */
export function tellingExif(orientation = 6): Bytes {
	const texts = [CAMERA, AUTHOR, '2026:01:02 03:04:05', PLACE].map((text) => octets(`${text}\0`));
	const [camera, author, time, place] = texts as [Bytes, Bytes, Bytes, Bytes];
	const entry = (tag: number, kind: number, count: number, value: Uint8Array) =>
		concatBytes(short(tag), short(kind), fourBytes(count), value);
	const directory = 8 + 2 + 5 * 12 + 4;
	const at = (before: readonly Uint8Array[]) => fourBytes(before.reduce((sum, { length }) => sum + length, directory));
	const where = directory + camera.length + author.length + time.length;
	return concatBytes(
		octets('MM\0*'),
		fourBytes(8),
		short(5),
		entry(0x0110, 2, camera.length, at([])),
		entry(0x0112, 3, 1, concatBytes(short(orientation), short(0))),
		entry(0x0132, 2, time.length, at([camera, author])),
		entry(0x013b, 2, author.length, at([camera])),
		entry(0x8825, 4, 1, fourBytes(where)),
		fourBytes(0),
		camera,
		author,
		time,
		short(1),
		entry(0x0002, 2, place.length, fourBytes(where + 18)),
		fourBytes(0),
		place,
	);
}

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmpMM:DocumentID="planted-history"><dc:creator>${AUTHOR}</dc:creator><exif:GPSLatitude>${PLACE}</exif:GPSLatitude></rdf:Description></x:xmpmeta>`;
const segment = (marker: number, ...parts: readonly Uint8Array[]) => {
	const data = concatBytes(...parts);
	return concatBytes(Uint8Array.of(255, marker), short(data.length + 2), data);
};

/** A photograph as a phone makes it, with another one hidden behind its end. */
export function tellingJpeg(orientation = 6): Bytes {
	const picture = fromBase64(JPEG);
	return concatBytes(
		picture.subarray(0, 20),
		segment(0xe1, octets('Exif\0\0'), tellingExif(orientation)),
		segment(0xe1, octets('http://ns.adobe.com/xap/1.0/\0'), utf8(XMP)),
		segment(0xed, octets('Photoshop 3.0\0'), utf8(`8BIM ${AUTHOR}`)),
		segment(0xfe, utf8('planted comment')),
		picture.subarray(20),
		utf8('planted video behind the picture'),
	);
}

const chunk = (type: string, ...parts: readonly Uint8Array[]): Bytes => {
	const named = concatBytes(octets(type), ...parts);
	return concatBytes(fourBytes(named.length - 4), named, fourBytes(crc(named)));
};

/** A picture of noise, so large as is asked for. */
export function tellingPng(width = 24, height = 16, orientation = 1): Bytes {
	const rows = Uint8Array.from({ length: height * (1 + width * 3) }, (_, place) =>
		place % (1 + width * 3) === 0 ? 0 : (place * 7919) % 251,
	);
	return concatBytes(
		octets('\x89PNG\r\n\x1a\n'),
		chunk('IHDR', fourBytes(width), fourBytes(height), Uint8Array.of(8, 2, 0, 0, 0)),
		chunk('tEXt', octets(`Author\0${AUTHOR}`)),
		chunk('iTXt', octets('XML:com.adobe.xmp\0\0\0\0\0'), utf8(XMP)),
		chunk('tIME', Uint8Array.of(7, 234, 1, 2, 3, 4, 5)),
		chunk('eXIf', tellingExif(orientation)),
		chunk('zzZz', utf8('planted comment')),
		chunk('IDAT', zlibSync(rows)),
		chunk('IEND'),
		utf8('planted video behind the picture'),
	);
}

const riffChunk = (type: string, data: Uint8Array): Bytes =>
	concatBytes(octets(type), fourBytes(data.length, true), data, new Uint8Array(data.length % 2));

export function tellingWebp(): Bytes {
	const body = concatBytes(
		octets('WEBP'),
		riffChunk('VP8X', Uint8Array.of(0x0c, 0, 0, 0, 23, 0, 0, 15, 0, 0)),
		riffChunk('VP8 ', fromBase64(WEBP_PICTURE)),
		riffChunk('EXIF', tellingExif(6)),
		riffChunk('XMP ', utf8(XMP)),
		riffChunk('zzzz', utf8('planted comment')),
	);
	return concatBytes(octets('RIFF'), fourBytes(body.length, true), body, utf8('planted video behind the picture'));
}

const inPictures = [PLACE, AUTHOR, CAMERA, '2026:01:02', 'planted'];

/** One of each kind. */
export function tellingFiles(): readonly TellingFile[] {
	const everywhere: readonly Trace[] = ['location', 'author', 'device', 'time'];
	return [
		{ name: 'photo.jpg', bytes: tellingJpeg(), planted: inPictures, removed: [...everywhere, 'description', 'history', 'trailing'] },
		{ name: 'drawing.png', bytes: tellingPng(), planted: inPictures, removed: [...everywhere, 'history', 'trailing', 'other'] },
		{ name: 'picture.webp', bytes: tellingWebp(), planted: inPictures, removed: [...everywhere, 'history', 'trailing', 'other'] },
		{
			name: 'report.docx',
			bytes: tellingDocx({ 'word/media/image1.jpeg': tellingJpeg() }),
			planted: [...inPictures, 'PlantedTemplate', '00AB12CD', 'C:\\Users'],
			removed: [...everywhere, 'description', 'thumbnail', 'history', 'trailing', 'other'],
		},
		{
			name: 'report.pdf',
			bytes: tellingPdf(tellingJpeg()),
			planted: [...inPictures, 'app.alert', 'deleted sentence'],
			removed: [...everywhere, 'software', 'description', 'history', 'files', 'scripts', 'trailing', 'other'],
		},
	];
}

/** An archive as documents are. */
export const archive = (parts: Readonly<Record<string, Uint8Array>>): Bytes => new Uint8Array(zipSync(parts));

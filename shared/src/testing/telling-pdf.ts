import { zlibSync } from 'fflate';
import { concatBytes, utf8, type Bytes } from '../bytes/bytes.ts';

const PAGE = '0.8 0.2 0.2 rg 20 20 60 60 re f q 24 0 0 16 120 40 cm /Im1 Do Q';

/** Objects by their number; a stream is a dictionary and its bytes. */
type Part = string | readonly [dict: string, bytes: Uint8Array];
type Parts = ReadonlyMap<number, Part>;

/** A page with a square and a photograph, written once and added to once; with a script, a file, a remark and its author. */
export function tellingPdf(picture: Uint8Array): Bytes {
	const first: Parts = new Map<number, Part>([
		[1, '<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Names<</EmbeddedFiles 9 0 R>>>>'],
		[2, '<</Type/Pages/Kids[3 0 R]/Count 1>>'],
		[
			3,
			'<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</XObject<</Im1 5 0 R>>>>/Annots[7 0 R 8 0 R 13 0 R]/PieceInfo<</X<</Private(planted comment)>>>>>>',
		],
		[4, ['', utf8(`${PAGE} % deleted sentence`)]],
		[5, ['/Type/XObject/Subtype/Image/Width 24/Height 16/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode', picture]],
		[6, ['/Type/Metadata/Subtype/XML', utf8('<rdf><dc:creator>Planted Author</dc:creator></rdf>')]],
		[7, '<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(a remark)/T(Planted Author)/M(D:20260102)>>'],
		[8, '<</Type/Annot/Subtype/FileAttachment/Rect[40 10 60 30]/FS<</Type/Filespec/F(planted.xls)/EF<</F 10 0 R>>>>>>'],
		[9, '<</Names[(planted.xls)<</Type/Filespec/F(planted.xls)/EF<</F 10 0 R>>>>]>>'],
		[10, ['/Type/EmbeddedFile', utf8('planted list of names')]],
		[11, '<</Author(Planted Author)/Producer(planted program)/Creator(planted program)/CreationDate(D:20260102)/Title(planted title)>>'],
		[12, '<</S/JavaScript/JS(app.alert\\(2\\))>>'],
		[13, '<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/)>>>>'],
	]);
	const whole = section(utf8('%PDF-1.5\n'), first, '/Root 1 0 R/Info 11 0 R/ID[<706c616e746564><706c616e746564>]', null);
	// Twice, as after two times of saving: tables of places, the second one packed.
	const again = section(whole.bytes, new Map([[4, ['', utf8(PAGE)] as const]]), '/Root 1 0 R/Info 11 0 R', whole.table);
	return packedSection(again.bytes, '/Root 1 0 R/Info 11 0 R', again.table);
}

function section(before: Uint8Array, parts: Parts, trailer: string, previous: number | null): { bytes: Bytes; table: number } {
	let bytes: Uint8Array = before;
	const rows: string[] = [];
	for (const [number, part] of parts) {
		rows.push(`${number} 1\n${String(bytes.length).padStart(10, '0')} 00000 n \n`);
		bytes = concatBytes(bytes, utf8(`${number} 0 obj\n`), ...written(part), utf8('\nendobj\n'));
	}
	const table = bytes.length;
	const last = previous === null ? '' : `/Prev ${previous}`;
	return {
		bytes: concatBytes(bytes, utf8(`xref\n${rows.join('')}trailer\n<</Size 20${trailer}${last}>>\nstartxref\n${table}\n%%EOF\n`)),
		table,
	};
}

function written(part: Part): readonly Uint8Array[] {
	if (typeof part === 'string') return [utf8(part)];
	const [dict, data] = part;
	return [utf8(`<<${dict}/Length ${data.length}>>\nstream\n`), data, utf8('\nendstream')];
}

/** The page itself, once more, in a stream of objects that a packed table tells of. */
function packedSection(before: Uint8Array, trailer: string, previous: number): Bytes {
	const pages = '<</Type/Pages/Kids[3 0 R]/Count 1/Rotate 0>>';
	const packed = zlibSync(utf8(`2 0 ${pages}`));
	const objects = concatBytes(utf8('14 0 obj\n'), ...written([`/Type/ObjStm/N 1/First 4/Filter/FlateDecode`, packed]), utf8('\nendobj\n'));
	const table = before.length + objects.length;
	const row = (kind: number, place: number, index: number) => [kind, place >> 16, (place >> 8) & 255, place & 255, index];
	const rows = zlibSync(Uint8Array.from([...row(2, 14, 0), ...row(1, before.length, 0), ...row(1, table, 0)]));
	const dict = `/Type/XRef/Size 20/Index[2 1 14 2]/W[1 3 1]/Filter/FlateDecode${trailer}/Prev ${previous}`;
	return concatBytes(before, objects, utf8('15 0 obj\n'), ...written([dict, rows]), utf8(`\nendobj\nstartxref\n${table}\n%%EOF\n`));
}

import { cleanFile } from '../attachments/clean/clean.ts';
import { cleanGif } from '../attachments/clean/gif.ts';
import { cleanJpeg2000 } from '../attachments/clean/pdf/jpeg2000.ts';
import { sizeOfPicture } from '../attachments/image-size.ts';
import { newFindings } from '../attachments/clean/traces.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { HostileReader } from './hostile-readers.ts';
import { tellingFiles, tellingJpeg } from './telling-files.ts';

/** A file that somebody was sent, and passes on: larger ones are cleaned beside the page, however long it takes. */
const MOST = 64 * 1024;

/** Everything that takes metadata out of files. */
export const fileReaders = (): readonly HostileReader[] => [
	...tellingFiles().map(({ name, bytes }) => ({
		name: `a file called ${name}`,
		read: (file: Uint8Array) => cleanFile(file, ''),
		sample: bytes,
		most: MOST,
	})),
	{ name: 'the size of a picture', read: sizeOfPicture, sample: tellingJpeg(), most: MOST },
	{
		name: 'a GIF in a document',
		read: (bytes) => cleanGif(bytes, newFindings()),
		sample: utf8('GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01\0\0;'),
		most: MOST,
	},
	{
		name: 'a JPEG 2000 in a PDF',
		read: (bytes) => cleanJpeg2000(bytes, newFindings()),
		sample: utf8('\0\0\0\x0cjP  \r\n.\n\0\0\0\x0axml ab'),
		most: MOST,
	},
];

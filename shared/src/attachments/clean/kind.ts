import { Problem } from '../../problem.ts';
import { ATTACHMENT_TYPES, type AttachmentType } from '../manifest.ts';
import { isPdf } from './pdf/pdf.ts';
import { saysAt } from './octets.ts';
import { textOf } from './text.ts';

/** Further endings that mean the same. */
const ALSO: Readonly<Record<string, AttachmentType>> = { jpeg: 'image/jpeg', jpe: 'image/jpeg', jfif: 'image/jpeg', text: 'text/plain' };
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const byEnding = new Map<string, AttachmentType>([
	...Object.entries(ATTACHMENT_TYPES).map(([type, ending]) => [ending, type as AttachmentType] as const),
	...Object.entries(ALSO),
]);

/**
 * What a file is by its bytes; its name must not say otherwise.
 * @throws Problem `file-unsupported`, `file-mislabelled`, and `file-locked` for a document behind a passphrase
 */
export function kindOf(bytes: Uint8Array, fileName: string): AttachmentType {
	const ending = /\.([^.\s]{1,10})$/.exec(fileName.trim())?.[1]?.toLowerCase();
	const said = ending === undefined ? undefined : byEnding.get(ending);
	const type = typeOf(bytes);
	// Documents with a passphrase are old containers, whatever they are called.
	if (type === null && saysAt(bytes, 0, '\xd0\xcf\x11\xe0') && ending === 'docx') throw new Problem('file-locked');
	if (type === null || (type === 'text/plain' && ending !== undefined && said === undefined)) {
		throw new Problem(said === undefined ? 'file-unsupported' : 'file-mislabelled');
	}
	// Tables, slides and documents with programs in them are archives too.
	if (ending !== undefined && said !== type)
		throw new Problem(type === DOCX && said === undefined ? 'file-unsupported' : 'file-mislabelled');
	return type;
}

function typeOf(bytes: Uint8Array): AttachmentType | null {
	if (saysAt(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg';
	if (saysAt(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
	if (saysAt(bytes, 0, 'RIFF') && saysAt(bytes, 8, 'WEBP')) return 'image/webp';
	// Every archive begins so; whether it is a document is seen when it is opened.
	if (saysAt(bytes, 0, 'PK\x03\x04')) return DOCX;
	if (isPdf(bytes)) return 'application/pdf';
	return textOf(bytes) === null ? null : 'text/plain';
}

import { plainName } from '@multaqa/shared/attachments/file-name';
import type { ExportLanguages } from '@multaqa/shared/exchange/exported-text';
import type { FileFormat } from '../../client/exchange-messages.ts';

const KINDS: Readonly<Record<FileFormat, { readonly ending: string; readonly type: string }>> = {
	docx: { ending: 'docx', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
	pdf: { ending: 'pdf', type: 'application/pdf' },
	markdown: { ending: 'md', type: 'text/markdown' },
	plain: { ending: 'txt', type: 'text/plain' },
};

/** What the file is called: as the document is, on one line, and of which language it is. */
export function nameOfFile(name: string, format: FileFormat, languages: ExportLanguages): string {
	const language = languages === 'both' ? '' : ` (${languages})`;
	return `${plainName(name) || 'text'}${language}.${KINDS[format].ending}`;
}

/** Hands a file to the person: as a file, never as a page. */
export function saveFile(bytes: Uint8Array<ArrayBuffer>, format: FileFormat, name: string): void {
	const address = URL.createObjectURL(new Blob([bytes], { type: KINDS[format].type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

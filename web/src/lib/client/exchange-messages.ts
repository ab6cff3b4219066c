import type { ExportedText, ExportOptions } from '@multaqa/shared/exchange/exported-text';
import type { TypefaceFiles } from '@multaqa/shared/exchange/pdf/faces';
import type { Taken } from '@multaqa/shared/exchange/taken';
import type { ProblemCode, ProblemDetail } from '@multaqa/shared/problem';

/** What a text can be exported as. */
export const FILE_FORMATS = ['docx', 'pdf', 'markdown', 'plain'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** A file to be made of a text, or text to be taken out of a file or the clipboard. */
export type ExchangeQuestion =
	| {
			readonly make: FileFormat;
			readonly text: ExportedText;
			readonly options: ExportOptions;
			/** For a PDF. */
			readonly typefaces: TypefaceFiles | null;
	  }
	| { readonly read: Blob }
	| { readonly pasted: { readonly html: string; readonly text: string } };

export interface MadeFile {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Letters that the file holds as text and cannot draw. */
	readonly undrawn: readonly string[];
}

export type ExchangeReply =
	| { readonly made: MadeFile }
	| { readonly taken: Taken }
	| { readonly problem: ProblemCode; readonly detail: ProblemDetail };

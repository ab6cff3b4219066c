import type { CleanFile } from '@multaqa/shared/attachments/clean/clean';
import type { ProblemCode, ProblemDetail } from '@multaqa/shared/problem';

export interface CleanQuestion {
	readonly file: Blob;
	readonly name: string;
	/** A picture is drawn anew, so small that it loads on a bad line. */
	readonly smaller: boolean;
}

/** A file that may leave this device. */
export interface PreparedFile extends CleanFile {
	/** The picture could be made smaller. */
	readonly large: boolean;
}

export type CleanReply = { readonly prepared: PreparedFile } | { readonly problem: ProblemCode; readonly detail: ProblemDetail };

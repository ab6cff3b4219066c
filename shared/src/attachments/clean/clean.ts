import type { Bytes } from '../../bytes/bytes.ts';
import { isProblem, Problem } from '../../problem.ts';
import { ATTACHMENT_LIMIT, type AttachmentType } from '../manifest.ts';
import { cleanDocx } from './docx/docx.ts';
import { cleanJpeg } from './jpeg.ts';
import { kindOf } from './kind.ts';
import { cleanPdf } from './pdf/pdf.ts';
import { cleanPng } from './png.ts';
import { cleanText, textOf } from './text.ts';
import { newFindings, REMAINDERS, TRACES, uncleanable, type Findings, type Pixels, type Remainder, type Trace } from './traces.ts';
import { cleanWebp } from './webp.ts';

/** A file that tells nothing but what it shows, and what was taken out of it. */
export interface CleanFile {
	readonly bytes: Bytes;
	readonly type: AttachmentType;
	/** Of a picture, as it is shown. */
	readonly pixels: Pixels | null;
	/** In the order of {@link TRACES}. */
	readonly removed: readonly Trace[];
	/** What a sender may not know of, and stays. */
	readonly kept: readonly Remainder[];
}

/**
 * Takes out of a file whatever tells of its maker, its place and its past.
 * @param fileName as it is called on the device: its ending must fit
 * @throws Problem `too-large`, `file-unsupported`, `file-mislabelled`, `file-locked`, `file-uncleanable`
 */
export function cleanFile(bytes: Uint8Array, fileName: string): CleanFile {
	if (bytes.length === 0) throw new Problem('file-unsupported');
	checkSize(bytes);
	const type = kindOf(bytes, fileName);
	const findings = newFindings();
	const cleaned = understood(() => cleaners[type](bytes, findings));
	// Unpacked documents may have grown.
	checkSize(cleaned.bytes);
	return {
		...cleaned,
		type,
		removed: TRACES.filter((trace) => findings.removed.has(trace)),
		kept: REMAINDERS.filter((remainder) => findings.kept.has(remainder)),
	};
}

const checkSize = ({ length }: Uint8Array): void => {
	if (length > ATTACHMENT_LIMIT) throw new Problem('too-large', { limit: ATTACHMENT_LIMIT, actual: length });
};

type Cleaner = (bytes: Uint8Array, findings: Findings) => Pick<CleanFile, 'bytes' | 'pixels'>;

const cleaners: Record<AttachmentType, Cleaner> = {
	'image/jpeg': cleanJpeg,
	'image/png': cleanPng,
	'image/webp': cleanWebp,
	'application/pdf': (bytes, findings) => ({ bytes: cleanPdf(bytes, findings), pixels: null }),
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': (bytes, findings) => ({
		bytes: cleanDocx(bytes, findings),
		pixels: null,
	}),
	'text/plain': (bytes, findings) => ({ bytes: cleanText(bytes, textOf(bytes) ?? '', findings), pixels: null }),
};

/** Whatever goes wrong inside a file, the file is what is wrong. */
function understood<Result>(work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (isProblem(error)) throw error;
		return uncleanable('not understood');
	}
}

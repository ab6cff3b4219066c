import { fromBase64url, toBase64url } from '@multaqa/shared/bytes/bytes';
import { decodeCbor, encodeCbor, type Cbor } from '@multaqa/shared/bytes/cbor';
import { REMAINDERS, TRACES } from '@multaqa/shared/attachments/clean/traces';
import { manifest } from '@multaqa/shared/attachments/manifest';
import * as v from 'valibot';

const kept = v.array(
	v.strictObject({
		attachment: manifest,
		/** Bytes of the file as it was chosen. */
		before: v.number(),
		removed: v.array(v.picklist(TRACES)),
		kept: v.array(v.picklist(REMAINDERS)),
	}),
);

/** What a draft remembers of a file that is sealed and not sent. */
export type KeptFile = v.InferOutput<typeof kept>[number];

export const writeKept = (files: readonly KeptFile[]): string => toBase64url(encodeCbor(files as unknown as Cbor));

/** Nothing when it was written by another version. */
export function readKept(text: string): readonly KeptFile[] {
	try {
		const read = v.safeParse(kept, decodeCbor(fromBase64url(text)));
		return read.success ? read.output : [];
	} catch {
		return [];
	}
}

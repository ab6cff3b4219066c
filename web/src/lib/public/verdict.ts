import { fromUtf8 } from '@multaqa/shared/bytes/bytes';
import { decodeText } from '@multaqa/shared/documents/canonical';
import type { Bilingual } from '@multaqa/shared/documents/pair';
import { isProblem } from '@multaqa/shared/problem';
import { examine, type Examined, type Fault } from '@multaqa/shared/publication/faults';
import { readProofArchive } from '@multaqa/shared/publication/proof-archive';
import type { Proof } from '@multaqa/shared/publication/publication';
import { statementFile } from '@multaqa/shared/publication/statement-file';
import { m } from '../paraglide/messages.js';

/** What a proof file turned out to be. */
export type Verdict =
	| { readonly state: 'refused'; readonly why: string }
	| { readonly state: 'examined'; readonly proof: Proof; readonly statement: string; readonly examined: Examined };

/** Reads and checks a proof file, all of it in this browser. */
export async function verdictOn(bytes: Uint8Array): Promise<Verdict> {
	if (!(await knowsSignatures())) return { state: 'refused', why: m.verify_unsupported() };
	try {
		const proof = readProofArchive(bytes);
		const statement = fromUtf8(statementFile(decodeText(proof.text)));
		return { state: 'examined', proof, statement, examined: await examine(proof) };
	} catch (error) {
		return { state: 'refused', why: refusalText(error) };
	}
}

function refusalText(error: unknown): string {
	if (isProblem(error, 'tampered')) return m.verify_shown_changed();
	return isProblem(error, 'too-large') ? m.verify_too_large() : m.verify_not_proof();
}

/** Ed25519 came to browsers late: one without it would call every signature false. */
async function knowsSignatures(): Promise<boolean> {
	try {
		await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
		return true;
	} catch {
		return false;
	}
}

/** What does not hold, in words. @param nameOf how an organisation is called in the reader's language */
export function faultText(fault: Fault, nameOf: (name: Bilingual) => string): string {
	switch (fault.what) {
		case 'text-changed':
			return m.verify_text_changed();
		case 'list-not-signed':
			return m.verify_list_not_signed();
		case 'file-changed':
			return m.verify_file_changed({ name: fault.file });
		case 'signatory-added':
			return m.verify_signatory_added({ name: fault.name ? nameOf(fault.name) : m.verify_nameless() });
		case 'signatory-removed':
			return m.verify_signatory_removed({ name: nameOf(fault.name) });
		case 'signed-something-else':
			return m.verify_signed_something_else({ name: nameOf(fault.name) });
		case 'key-foreign':
			return m.verify_key_foreign({ name: nameOf(fault.name) });
		case 'signature-invalid':
			return m.verify_signature_invalid({ name: nameOf(fault.name) });
		case 'withdrawal-invalid':
			return m.verify_withdrawal_invalid({ name: nameOf(fault.name) });
	}
}

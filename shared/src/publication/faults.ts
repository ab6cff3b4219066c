import { fromBase64url, toBase64url, type Bytes } from '../bytes/bytes.ts';
import { admitKey, verifyFile } from '../crypto/sign.ts';
import { decodeText, textHash } from '../documents/canonical.ts';
import type { Bilingual } from '../documents/pair.ts';
import type { Proof, Publication, SignatoryFiles, SignedFile } from './publication.ts';
import { digestOf, listText, signatureText, withdrawalText, type ListText, type SignedText } from './signed-text.ts';
import { statementFile } from './statement-file.ts';

/** What does not hold about a statement, and whom it is about. */
export type Fault =
	/** The statement is not the text that the list is about. */
	| { readonly what: 'text-changed' }
	/** The list is of no form, or the publishing organisation did not sign it. */
	| { readonly what: 'list-not-signed' }
	/** The list names an organisation whose signature is missing. */
	| { readonly what: 'signatory-removed'; readonly name: Bilingual }
	/** There is a signature that the list does not name. */
	| { readonly what: 'signatory-added'; readonly name: Bilingual | null }
	/** It signed another text, in another round, or bears another name than the list says. */
	| { readonly what: 'signed-something-else'; readonly name: Bilingual }
	/** The key beside the signature is not the organisation's that the list names. */
	| { readonly what: 'key-foreign'; readonly name: Bilingual }
	| { readonly what: 'signature-invalid'; readonly name: Bilingual }
	| { readonly what: 'withdrawal-invalid'; readonly name: Bilingual }
	| { readonly what: 'file-changed'; readonly file: string };

/** What a reader of a proof is told. */
export interface Examined {
	/** `null`: the list cannot be read. */
	readonly list: ListText | null;
	/** None: every signature holds, and nothing was added, removed or changed. */
	readonly faults: readonly Fault[];
}

/**
 * Checks everything that can be checked without asking anybody: that each organisation's key signed exactly this text,
 * and that the publishing organisation's key signed exactly this list. Whose a key is has to be learnt elsewhere:
 * from the organisation itself.
 */
export async function examine(proof: Proof): Promise<Examined> {
	const list = readOrNull(listText, proof.list.file);
	if (!list) return { list: null, faults: [{ what: 'list-not-signed' }] };
	const isSigned = await holds(fromBase64url(list.publisher.key), proof.list);
	return {
		list,
		faults: [
			...(isSigned ? [] : [{ what: 'list-not-signed' } as const]),
			...(isTextOf(list, proof.text) ? [] : [{ what: 'text-changed' } as const]),
			...(await signatoryFaults(list, proof.signatories)),
		],
	};
}

function isTextOf(list: ListText, bytes: Bytes): boolean {
	try {
		return textHash(bytes) === list.document && digestOf(statementFile(decodeText(bytes))) === list.statement;
	} catch {
		return false;
	}
}

async function signatoryFaults(list: ListText, all: readonly SignatoryFiles[]): Promise<readonly Fault[]> {
	const byDigest = new Map(all.map((one) => [digestOf(one.file), one]));
	const faults: Fault[] = [];
	for (const row of list.signatories) {
		const one = byDigest.get(row.signature);
		byDigest.delete(row.signature);
		if (!one) faults.push({ what: 'signatory-removed', name: row.name });
		else faults.push(...(await faultsOf(list, row, one)));
	}
	const extra = [...byDigest.values()].map(({ file }) => readOrNull(signatureText, file)?.organisation ?? null);
	return [...faults, ...extra.map((name) => ({ what: 'signatory-added', name }) as const)];
}

async function faultsOf(list: ListText, row: ListText['signatories'][number], one: SignatoryFiles): Promise<readonly Fault[]> {
	const { name } = row;
	const said = readOrNull(signatureText, one.file);
	const isAbout = said?.statement === list.statement && said.document === list.document && said.round === list.round;
	const faults: Fault[] = [];
	if (!said || !isAbout || !isSameName(said.organisation, name)) faults.push({ what: 'signed-something-else', name });
	if (toBase64url(one.key) !== row.key) faults.push({ what: 'key-foreign', name });
	else if (!(await holds(one.key, one))) faults.push({ what: 'signature-invalid', name });
	if (!(await isWithdrawal(row, one.withdrawal))) faults.push({ what: 'withdrawal-invalid', name });
	return faults;
}

/**
 * The organisation's key of a withdrawal may be a newer one than that of the signature; the list binds the two together,
 * as the programs of the forum did before it was signed.
 */
async function isWithdrawal(row: ListText['signatories'][number], withdrawal: SignatoryFiles['withdrawal']): Promise<boolean> {
	if (row.withdrawal === null || withdrawal === null) return row.withdrawal === null && withdrawal === null;
	const said = readOrNull(withdrawalText, withdrawal.file);
	const isMeant = said?.signature === row.signature && isSameName(said.organisation, row.name);
	return isMeant && digestOf(withdrawal.file) === row.withdrawal && (await holds(withdrawal.key, withdrawal));
}

/** Files beside the statement that are not those that the list names, or are missing. */
export function fileFaults({ files: named }: ListText, files: Publication['files']): readonly Fault[] {
	const listed = new Map(named.map(({ name, digest }) => [name as string, digest]));
	const changed = files.filter(({ name, bytes }) => listed.get(name) !== digestOf(bytes)).map(({ name }) => name);
	const there = new Set(files.map(({ name }) => name));
	return [...changed, ...[...listed.keys()].filter((name) => !there.has(name))].map((file) => ({ what: 'file-changed', file }) as const);
}

async function holds(key: Uint8Array, { file, signature }: SignedFile): Promise<boolean> {
	try {
		return await verifyFile(admitKey(key), file, signature);
	} catch {
		return false;
	}
}

function readOrNull<Terms>(form: SignedText<Terms>, file: Uint8Array): Terms | null {
	try {
		return form.read(file);
	} catch {
		return null;
	}
}

const isSameName = (one: Bilingual, other: Bilingual): boolean => one.ar === other.ar && one.en === other.en;

import { unzipSync, zipSync, type Zippable } from 'fflate';
import { fromUtf8, utf8, type Bytes } from '../bytes/bytes.ts';
import { decodeText } from '../documents/canonical.ts';
import { Problem } from '../problem.ts';
import { guide } from './guide.ts';
import { keyInPem, pemOf } from './pem.ts';
import type { Proof, SignatoryFiles, SignedFile } from './publication.ts';
import { listText, MOST_SIGNATORIES } from './signed-text.ts';
import { statementFile } from './statement-file.ts';

/** Bytes of a proof, as an archive and unpacked. */
export const MAX_ARCHIVE = 4 * 1024 * 1024;
const MAX_UNPACKED = 8 * 1024 * 1024;
const MOST_ENTRIES = 8 + 6 * MOST_SIGNATORIES;
/** An archive knows no earlier day; nothing in it tells when it was made. */
const NO_DAY = new Date(1980, 0, 1);

type Files = Readonly<Record<string, Uint8Array>>;

/**
 * A proof as a ZIP of plain files, so that whoever distrusts our page checks it with an archiver and `openssl`. The same
 * proof gives the same bytes.
 */
export function proofArchive(proof: Proof): Bytes {
	const packed: Zippable = Object.fromEntries(Object.entries(proofFiles(proof)).map(([name, bytes]) => [name, [bytes, { mtime: NO_DAY }]]));
	return new Uint8Array(zipSync(packed, { level: 9 }));
}

/** What is in the archive, by name. */
export function proofFiles(proof: Proof): Files {
	const list = listText.read(proof.list.file);
	const files: Record<string, Uint8Array> = {
		'READ-ME.txt': utf8(guide(list)),
		'statement.txt': statementFile(decodeText(proof.text)),
		'text.cbor': proof.text,
		'list.json': proof.list.file,
		'list.sig': proof.list.signature,
		'publisher.pem': utf8(pemOf(list.publisher.key)),
	};
	for (const [place, one] of proof.signatories.entries()) {
		const name = `signatures/${nameOf(place)}`;
		Object.assign(files, filesOf(name, one));
		if (one.withdrawal) Object.assign(files, filesOf(`${name}-withdrawal`, one.withdrawal));
	}
	return files;
}

/** 001, 002, … */
export const nameOf = (place: number): string => String(place + 1).padStart(3, '0');

function filesOf(name: string, { file, signature, key }: SignedFile & { readonly key: Bytes }): Files {
	return { [`${name}.json`]: file, [`${name}.sig`]: signature, [`${name}.pem`]: utf8(pemOf(key)) };
}

/**
 * Reads an archive that somebody was given. What it says is for `examine`; here only its form is looked at.
 * `statement.txt` has to be the text that is proved, since it is what a person reads.
 * @throws Problem `malformed` (no proof, or damaged), `too-large`, `tampered` (`statement.txt` is another text)
 */
export function readProofArchive(bytes: Uint8Array): Proof {
	const files = unpacked(bytes);
	const text = there(files, 'text.cbor');
	const shown = there(files, 'statement.txt');
	if (fromUtf8(shown) !== fromUtf8(statementFile(decodeText(text)))) throw new Problem('tampered', { reason: 'statement.txt' });
	const names = Object.keys(files).filter((name) => /^signatures\/\d{3}\.json$/.test(name));
	return {
		text,
		list: { file: there(files, 'list.json'), signature: there(files, 'list.sig') },
		signatories: names.sort().map((name) => signatoryIn(files, name.slice(0, -'.json'.length))),
	};
}

function signatoryIn(files: Files, name: string): SignatoryFiles {
	const withdrawal = `${name}-withdrawal`;
	return { ...signedIn(files, name), withdrawal: files[`${withdrawal}.json`] ? signedIn(files, withdrawal) : null };
}

const signedIn = (files: Files, name: string): SignedFile & { readonly key: Bytes } => ({
	file: there(files, `${name}.json`),
	signature: there(files, `${name}.sig`),
	key: keyInPem(fromUtf8(there(files, `${name}.pem`))),
});

function there(files: Files, name: string): Bytes {
	const bytes = files[name];
	if (!bytes) throw new Problem('malformed', { reason: `no ${name}` });
	return new Uint8Array(bytes);
}

/** Bounded by what the archive says of itself: no entry is unpacked into more than that. */
function unpacked(bytes: Uint8Array): Files {
	if (bytes.length > MAX_ARCHIVE) throw new Problem('too-large', { limit: MAX_ARCHIVE, actual: bytes.length });
	let [entries, size] = [0, 0];
	const filter = ({ originalSize }: { readonly originalSize: number }) => {
		entries++;
		size += originalSize;
		if (entries > MOST_ENTRIES || size > MAX_UNPACKED) throw new Problem('too-large', { limit: MAX_UNPACKED });
		return true;
	};
	try {
		return unzipSync(bytes, { filter });
	} catch (error) {
		throw error instanceof Problem ? error : new Problem('malformed', { reason: 'no archive' });
	}
}

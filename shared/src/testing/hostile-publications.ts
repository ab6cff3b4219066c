import { examine } from '../publication/faults.ts';
import { proofArchive, readProofArchive } from '../publication/proof-archive.ts';
import { decodePublication, encodePublication, MAX_PUBLICATION } from '../publication/publication.ts';
import { listText, signatureText, withheldWithdrawalText } from '../publication/signed-text.ts';
import { withheldWithdrawalFile } from '../statements/withheld.ts';
import type { HostileReader } from './hostile-readers.ts';
import { published, ROUND, signingOrganisation } from './published.ts';

/** What the server is handed for the public, and what anybody may be handed as a proof. */
export async function publicationReaders(): Promise<readonly HostileReader[]> {
	const organisations = [await signingOrganisation(1, 'دولتي', 'Dawlaty'), await signingOrganisation(2, 'رابطة العائلات', 'Families')];
	const whole = await published(organisations);
	const [first] = whole.signatories;
	if (!first) throw new Error('nobody signed');
	return [
		{ name: 'a publication', read: (bytes) => examine(decodePublication(bytes)), sample: encodePublication(whole), most: MAX_PUBLICATION },
		{ name: 'a proof', read: (bytes) => examine(readProofArchive(bytes)), sample: proofArchive(whole), most: 64 * 1024 },
		{ name: 'a list of signatories', read: listText.read, sample: whole.list.file, most: 64 * 1024 },
		{ name: 'a signed text', read: signatureText.read, sample: first.file, most: 64 * 1024 },
		{
			name: 'a withheld name taken back',
			read: withheldWithdrawalText.read,
			sample: withheldWithdrawalFile(ROUND, 1_795_000_000),
			most: 4 * 1024,
		},
	];
}

import { concatBytes, type Bytes } from '../bytes/bytes.ts';
import { idBytes, idOf, type AccountId } from '../bytes/ids.ts';
import { derive } from '../crypto/derive.ts';
import { importSealingKey } from '../crypto/seal.ts';

/** What an enrolled device leaves for a new one: where it lies, and the key that opens it. */
export async function enrolmentKeys(secret: Uint8Array): Promise<{ id: AccountId; sealing: CryptoKey }> {
	return {
		id: idOf<AccountId>(await derive(secret, 'enrolment-id')),
		sealing: await importSealingKey(await derive(secret, 'enrolment-sealing')),
	};
}

/** Context under which an enrolment bundle is sealed. */
export const enrolmentContext = (id: AccountId): Bytes => concatBytes(idBytes(id));

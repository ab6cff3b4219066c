import { findPassphrase, insertPasskey, putPassphrase } from '@multaqa/db/accounts';
import type { Connection } from '@multaqa/db/database';
import type { NewCredential } from '@multaqa/shared/api/accounts';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import { verifyNewPasskey } from './passkeys.ts';

/** A credential that has been verified: what is left is to write it for its account. */
export interface VerifiedCredential {
	store(db: Connection, account: AccountId): Promise<void>;
	/** To be called after commit. */
	settle(): void;
}

/**
 * Verifies a new way to sign in, for `owner` (`null`: an account that does not exist yet).
 * @throws Problem `handle-taken`, `malformed`
 */
export async function verifyCredential(context: Context, credential: NewCredential, owner: AccountId | null): Promise<VerifiedCredential> {
	return credential.kind === 'passphrase' ? verifyPassphrase(context, credential, owner) : verifyPasskeyOf(context, credential);
}

type Passphrase = Extract<NewCredential, { kind: 'passphrase' }>;
type Passkey = Extract<NewCredential, { kind: 'passkey' }>;

async function verifyPassphrase(
	{ db, limits }: Context,
	{ handle, record }: Passphrase,
	owner: AccountId | null,
): Promise<VerifiedCredential> {
	const taken = await findPassphrase(db, handle);
	if (taken && taken.account !== owner) throw new Problem('handle-taken');
	return {
		async store(transaction, account) {
			if (!(await putPassphrase(transaction, { handle, account, record }))) throw new Problem('handle-taken');
		},
		settle: () => limits.forgive(handle),
	};
}

async function verifyPasskeyOf({ exchanges, publicUrl }: Context, { challenge, response }: Passkey): Promise<VerifiedCredential> {
	if (!exchanges.registrations.has(challenge)) throw new Problem('malformed', { reason: 'passkey challenge' });
	const passkey = await verifyNewPasskey(publicUrl, challenge, response);
	return {
		store: (transaction, account) => insertPasskey(transaction, { ...passkey, account }),
		settle: () => void exchanges.registrations.take(challenge),
	};
}

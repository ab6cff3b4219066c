import { countCredentials, deletePasskey, deletePassphrase } from '@multaqa/db/accounts';
import { inTransaction } from '@multaqa/db/database';
import { accounts } from '@multaqa/shared/api/accounts';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { announceVault, swapVault } from '../vault/swap.ts';
import { verifyCredential } from './credential.ts';
import { creationOptions } from './passkeys.ts';

const MOST_CREDENTIALS = 16;

/** New ways to sign in. */
export function credentialRoutes({ open, member }: Mount, context: Context): void {
	const { db, exchanges, limits, publicUrl } = context;

	open(accounts.passphraseStart, async ({ request: { handle, request } }) => {
		limits.attempt(handle);
		return { response: await exchanges.opaque.register(handle, request) };
	});

	open(accounts.passkeyStart, async () => {
		const challenge = exchanges.registrations.keep(true);
		return { challenge, options: await creationOptions(publicUrl, challenge) };
	});

	member(accounts.addCredential, async ({ request: { credential, vault }, session }) => {
		const { account } = session;
		const verified = await verifyCredential(context, credential, account);
		const version = await inTransaction(db, async (transaction) => {
			await verified.store(transaction, account);
			if ((await countCredentials(transaction, account)) > MOST_CREDENTIALS) throw new Problem('too-large', { limit: MOST_CREDENTIALS });
			return swapVault(transaction, account, vault);
		});
		verified.settle();
		announceVault(context, session, version);
		return { version };
	});

	member(accounts.removeCredential, async ({ request: { kind, id, vault }, session }) => {
		const { account } = session;
		const version = await inTransaction(db, async (transaction) => {
			const removed = await (kind === 'passkey' ? deletePasskey : deletePassphrase)(transaction, account, id);
			if (removed && (await countCredentials(transaction, account)) === 0) throw new Problem('last-way');
			return swapVault(transaction, account, vault);
		});
		announceVault(context, session, version);
		return { version };
	});
}

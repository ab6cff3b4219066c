import { countCredentials } from '@multaqa/db/accounts';
import { inTransaction } from '@multaqa/db/database';
import { accounts } from '@multaqa/shared/api/accounts';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
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
		const { challenge, options } = await creationOptions(publicUrl);
		exchanges.registrations.keep(true, challenge);
		return { challenge, options };
	});

	member(accounts.addCredential, async ({ request: { credential }, session: { account } }) => {
		const verified = await verifyCredential(context, credential, account);
		await inTransaction(db, async (transaction) => {
			if ((await countCredentials(transaction, account)) >= MOST_CREDENTIALS) throw new Problem('too-large', { limit: MOST_CREDENTIALS });
			await verified.store(transaction, account);
		});
		verified.settle();
		return {};
	});
}

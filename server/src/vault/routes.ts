import { readVault } from '@multaqa/db/vaults';
import { vaults } from '@multaqa/shared/api/accounts';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { announceVault, swapVault } from './swap.ts';

/** One sealed document per person. */
export function vaultRoutes({ member }: Mount, context: Context): void {
	const { db } = context;

	member(vaults.read, async ({ session: { account } }) => {
		const vault = await readVault(db, account);
		if (!vault) throw new Problem('not-found');
		return vault;
	});

	member(vaults.write, async ({ request, session }) => {
		const version = await swapVault(db, session.account, request);
		announceVault(context, session, version);
		return { version };
	});
}

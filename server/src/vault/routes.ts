import { readVault, replaceVault } from '@multaqa/db/vaults';
import { vaults } from '@multaqa/shared/api/accounts';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';

/** One sealed document per person. */
export function vaultRoutes({ member }: Mount, { db, realtime }: Context): void {
	member(vaults.read, async ({ session: { account } }) => {
		const vault = await readVault(db, account);
		if (!vault) throw new Problem('not-found');
		return vault;
	});

	member(vaults.write, async ({ request: { expected, blob }, session }) => {
		const version = await replaceVault(db, session.account, expected, blob);
		if (version === null) throw new Problem('stale');
		realtime.announce(realtime.ofAccount(session.account), 'vault:changed', { version }, session.id);
		return { version };
	});
}

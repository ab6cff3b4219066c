import type { Connection } from '@multaqa/db/database';
import { replaceVault } from '@multaqa/db/vaults';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Session } from '../session.ts';

/** Puts a vault in place of the one the client knows. @throws Problem `stale` when another device was faster */
export async function swapVault(
	db: Connection,
	account: AccountId,
	{ expected, blob }: { expected: number; blob: Uint8Array },
): Promise<number> {
	const version = await replaceVault(db, account, expected, blob);
	if (version === null) throw new Problem('stale');
	return version;
}

/** Tells the account's other browsers, after commit. */
export function announceVault({ realtime }: Pick<Context, 'realtime'>, { account, id }: Session, version: number): void {
	realtime.announce(realtime.ofAccount(account), 'vault', { version }, id);
}

import { readNotebook, replaceNotebook } from '@multaqa/db/notebooks';
import { notebooks } from '@multaqa/shared/api/accounts';
import { Problem } from '@multaqa/shared/problem';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';

/** What a person keeps for the own devices. The server cannot read it and need not. */
export function notebookRoutes({ member }: Mount, { db, realtime }: Context): void {
	member(notebooks.read, async ({ session: { account } }) => (await readNotebook(db, account)) ?? { version: 0, blob: null });

	member(notebooks.write, async ({ request: { expected, blob }, session: { account } }) => {
		const version = await replaceNotebook(db, account, expected, blob);
		if (version === null) throw new Problem('stale');
		realtime.announce(realtime.ofAccount(account), 'notebook', { version });
		return { version };
	});
}

import type { Connection } from '@multaqa/db/database';
import { deleteRequests, findRequest, insertApproval } from '@multaqa/db/recoveries';
import type { Hash } from '@multaqa/shared/bytes/ids';
import { readBody } from '@multaqa/shared/chain/bodies';
import { Problem } from '@multaqa/shared/problem';
import type { Staged } from '../chain/ledger.ts';
import type { Context } from '../context.ts';

const refused = (rule: string) => new Problem('rejected-link', { rule });

/**
 * An approval is for a request that waits here, and brings the approver's share with it: otherwise it would count and
 * open nothing. @throws Problem `rejected-link`
 */
export async function allowApproval({ db, now }: Context, { fresh }: Staged, share: Uint8Array | undefined): Promise<void> {
	const approvals = fresh.filter(({ type }) => type === 'recovery.approve');
	if (approvals.length === 0 && share === undefined) return;
	const [link, ...more] = approvals;
	if (!link || more.length > 0 || share === undefined) throw refused('approvals-come-with-their-share');
	const { account, key } = readBody('recovery.approve', link.body);
	const request = await findRequest(db, key, new Date(now()).toISOString());
	if (request?.account !== account) throw refused('recovery-was-asked-for');
}

/** Keeps the share of an approval; forgets requests that somebody refused. In the transaction of their links. */
export async function settleApprovals(db: Connection, { after, fresh }: Staged, share: Uint8Array | undefined): Promise<void> {
	const refusals: Hash[] = [];
	for (const { type, by, body } of fresh) {
		if (type === 'recovery.refuse') refusals.push(readBody('recovery.refuse', body).key);
		const organisation = after.directory?.accounts.get(by)?.organisation;
		if (type === 'recovery.approve' && share && organisation) {
			await insertApproval(db, readBody('recovery.approve', body).key, organisation, share);
		}
	}
	await deleteRequests(db, refusals);
}

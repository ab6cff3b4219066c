import { inTransaction } from '@multaqa/db/database';
import { hourOf } from '@multaqa/db/hour';
import {
	approvalsOf,
	deleteDeposit,
	deleteRequests,
	depositsFor,
	findDeposit,
	findRequest,
	isRelyingOnDeposit,
	openRequests,
	putDeposit,
	putRequest,
	type RecoveryRequest,
} from '@multaqa/db/recoveries';
import { recoveries } from '@multaqa/shared/api/recoveries';
import type { AnswerOf } from '@multaqa/shared/api/route';
import { idBytes, type AccountId, type Hash } from '@multaqa/shared/bytes/ids';
import { RECOVERY_SECONDS, recoveryKey } from '@multaqa/shared/chain/recovery';
import { admitKey, verify } from '@multaqa/shared/crypto/sign';
import { Problem } from '@multaqa/shared/problem';
import { setTimeout } from 'node:timers/promises';
import { isAccount } from '../chain/standing.ts';
import { secondsOf, type Context } from '../context.ts';
import type { Mount } from '../validate.ts';
import { approvalsAt, isApprovedAt } from './standing.ts';

/** No public answer comes sooner: whether there is an account cannot be timed. */
const FLOOR = 150;

/** Recovery by two: boxes and shares wait here for people who lost every device. */
export function recoveryRoutes(mount: Mount, context: Context): void {
	depositRoutes(mount, context);
	requesterRoutes(mount, context);
	coordinatorRoutes(mount, context);
}

const nowOf = ({ now }: Context): string => new Date(now()).toISOString();

function depositRoutes({ member }: Mount, context: Context): void {
	const { db } = context;

	member(recoveries.deposit, async ({ request, session: { account } }) => {
		await inTransaction(db, async (transaction) => {
			if (await isRelyingOnDeposit(transaction, account, nowOf(context))) throw new Problem('stale');
			await putDeposit(transaction, { account, ...request });
		});
		return {};
	});

	member(recoveries.withdraw, async ({ session: { account } }) => {
		await inTransaction(db, (transaction) => deleteDeposit(transaction, account));
		return {};
	});
}

function requesterRoutes({ open }: Mount, context: Context): void {
	const { db, ledger } = context;

	open(recoveries.ask, async ({ request: { account, publicKey, signingKey } }) => {
		if (!isAdmissible(signingKey)) throw new Problem('malformed', { reason: 'signingKey' });
		const floor = setTimeout(FLOOR);
		const row = {
			id: recoveryKey(account, publicKey, signingKey),
			account,
			public_key: publicKey,
			signing_key: signingKey,
			expires: hourOf(context.now() + RECOVERY_SECONDS * 1000),
		};
		if (isAccount(ledger.world, account)) await inTransaction(db, (transaction) => putRequest(transaction, row));
		await floor;
		return {};
	});

	open(recoveries.collect, async ({ request: { id, signature } }) => {
		const floor = setTimeout(FLOOR);
		const request = await ownRequest(context, id, 'recovery-collect', signature);
		const answer = request ? await collected(context, request) : { approvals: 0, approved: null };
		await floor;
		return answer;
	});

	open(recoveries.end, async ({ request: { id, signature } }) => {
		const floor = setTimeout(FLOOR);
		const request = await ownRequest(context, id, 'recovery-end', signature);
		if (request) await inTransaction(db, (transaction) => deleteRequests(transaction, [request.id]));
		await floor;
		return {};
	});
}

function isAdmissible(key: Uint8Array): boolean {
	try {
		admitKey(key);
		return true;
	} catch {
		return false;
	}
}

/** Any key that verifies nothing: a request that does not exist costs the same work. */
const NOBODY = new Uint8Array(32).fill(1);

async function ownRequest(
	context: Context,
	id: Hash,
	label: 'recovery-collect' | 'recovery-end',
	signature: Uint8Array,
): Promise<RecoveryRequest | null> {
	const request = await findRequest(context.db, id, nowOf(context));
	const signed = await verify(request?.signing_key ?? NOBODY, label, idBytes(id), signature);
	return signed ? request : null;
}

/** Box and shares, only when two coordinators of different organisations approved and everything is here. */
async function collected(context: Context, request: RecoveryRequest): Promise<AnswerOf<typeof recoveries.collect>> {
	const { db, ledger } = context;
	const time = secondsOf(context);
	const approvals = approvalsAt(ledger.world, request, time);
	if (!isApprovedAt(ledger.world, request, time)) return { approvals, approved: null };
	const deposit = await findDeposit(db, request.account);
	const shares = await approvalsOf(db, request.id);
	return { approvals, approved: deposit && shares.length > 1 ? { deposit: deposit.id, box: deposit.box, shares } : null };
}

function coordinatorRoutes({ member }: Mount, context: Context): void {
	const { db, ledger } = context;
	const coordinates = (account: AccountId) => ledger.world.directory?.coordinators.has(account) ?? false;

	member(recoveries.list, async ({ session: { account } }) => {
		const open = await openRequests(db, nowOf(context), coordinates(account) ? null : account);
		const deposits = await depositsFor(db, [...new Set(open.map((request) => request.account))], account);
		return {
			requests: open.map((request) => {
				const deposit = deposits.get(request.account);
				return {
					account: request.account,
					publicKey: request.public_key,
					signingKey: request.signing_key,
					expires: Date.parse(request.expires) / 1000,
					deposited: deposit !== undefined,
					share: shareOf(deposit),
				};
			}),
		};
	});

	member(recoveries.dismiss, async ({ request: { id }, session: { account } }) => {
		const request = await findRequest(db, id, nowOf(context));
		if (!request || (request.account !== account && !coordinates(account))) throw new Problem('not-found');
		// What a coordinator approved is refused by a link, so that everybody concerned sees by whom.
		if (approvalsAt(ledger.world, request, secondsOf(context)) > 0) throw new Problem('stale');
		await inTransaction(db, (transaction) => deleteRequests(transaction, [id]));
		return {};
	});
}

type StoredDeposit = Awaited<ReturnType<typeof depositsFor>> extends ReadonlyMap<AccountId, infer Deposit> ? Deposit : never;

function shareOf(deposit: StoredDeposit | undefined) {
	if (!deposit || deposit.bytes === null || deposit.organisation === null) return null;
	const { deposit: id, organisation, bytes } = deposit;
	return { deposit: id, organisation, bytes };
}

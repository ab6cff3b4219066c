import { insertSealed } from '@multaqa/db/invitations';
import { linksAfter } from '@multaqa/db/links';
import { readPublicKeys } from '@multaqa/db/public-keys';
import { chains } from '@multaqa/shared/api/chain';
import type { AccountId, InvitationId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import { secondsOf, type Context } from '../context.ts';
import { allowApproval, settleApprovals } from '../recoveries/approvals.ts';
import type { Mount } from '../validate.ts';
import { announceLinks, closeInvitations } from './effects.ts';
import type { Staged } from './ledger.ts';
import { namedKeys, storePublicKeys } from './public-keys.ts';
import { allowWraps, storeWraps } from './wraps.ts';

/** Links in one answer; each is at most 16 KiB and mostly 300 B. */
const MOST_LINKS = 1_000;
const MOST_BYTES = 512 * 1024;

/** Who is who, who may do what. */
export function chainRoutes({ member }: Mount, context: Context): void {
	const { db, ledger } = context;

	member(chains.read, async ({ request: { after } }) => {
		const rows = await linksAfter(db, after, MOST_LINKS + 1);
		const served = withinSize(rows.slice(0, MOST_LINKS));
		return {
			links: served.map(({ bytes }) => bytes),
			position: served.at(-1)?.position ?? after,
			more: served.length < rows.length,
			time: secondsOf(context),
		};
	});

	member(chains.append, async ({ request: { links, wraps, publicKeys, sealed, share }, session }) => {
		const by = session.account;
		const appended = await ledger.append({
			links,
			by,
			async allow(staged) {
				allowAppend(staged);
				allowWraps(wraps, by, staged);
				if (sealed) allowSealed(staged, by, sealed.invitation);
				await allowApproval(context, staged, share);
			},
			async alongside(transaction, staged) {
				await closeInvitations(transaction, staged);
				await storePublicKeys(transaction, namedKeys(staged.fresh, publicKeys));
				await storeWraps(transaction, wraps, by);
				if (sealed) await insertSealed(transaction, sealed.invitation, sealed.bytes);
				await settleApprovals(transaction, staged, share);
			},
		});
		await announceLinks(context, appended, session.id, appended.fresh.length > 0 ? wraps : []);
		return { hashes: [...appended.hashes] };
	});

	member(chains.keys, async ({ request: { hashes } }) => {
		const keys = await readPublicKeys(db, hashes);
		return { keys: hashes.map((hash) => keys.get(hash)).filter((key) => key !== undefined) };
	});
}

function withinSize<Row extends { bytes: Uint8Array }>(rows: readonly Row[]): readonly Row[] {
	let size = 0;
	const end = rows.findIndex(({ bytes }, index) => (size += bytes.length) > MOST_BYTES && index > 0);
	return end === -1 ? rows : rows.slice(0, end);
}

/** A forum is founded, and accounts are admitted, only through the routes that check token and invitation. */
function allowAppend({ fresh }: Staged): void {
	if (fresh.some(({ type }) => type === 'forum.create' || type === 'account.admit')) {
		throw new Problem('rejected-link', { rule: 'accounts-begin-elsewhere' });
	}
}

function allowSealed({ before, after }: Staged, by: AccountId, id: InvitationId): void {
	const isNew = !before.directory?.invitations.has(id) && after.directory?.invitations.get(id)?.by === by;
	if (!isNew) throw new Problem('rejected-link', { rule: 'letters-come-with-their-invitation' });
}

import type { Connection } from '@multaqa/db/database';
import { deleteInvitation } from '@multaqa/db/invitations';
import { idOf, type AccountId, type ChainId, type DeviceId, type InvitationId } from '@multaqa/shared/bytes/ids';
import type { Bytes } from '@multaqa/shared/bytes/bytes';
import type { Wrap } from '@multaqa/shared/api/schemas';
import { abridge } from '@multaqa/shared/chain/abridged';
import type { Link } from '@multaqa/shared/chain/link';
import type { Context } from '../context.ts';
import type { Appended, Staged } from './ledger.ts';
import { isAccount, standingIn } from './standing.ts';

/** Forgets, in the same transaction, what invitations that this batch used or revoked could have opened. */
export async function closeInvitations(db: Connection, { before, after }: Staged): Promise<void> {
	for (const id of endedInvitations(before.directory?.invitations, after.directory?.invitations)) await deleteInvitation(db, id);
}

type Invitations = NonNullable<Staged['after']['directory']>['invitations'] | undefined;

function endedInvitations(before: Invitations, after: Invitations): InvitationId[] {
	if (!after || before === after) return [];
	const hasEnded = (id: InvitationId, all: Invitations) => {
		const invitation = all?.get(id);
		return invitation !== undefined && (invitation.used !== null || invitation.revoked !== null);
	};
	return [...after.keys()].filter((id) => hasEnded(id, after) && !hasEnded(id, before));
}

/** After commit: rooms follow the rosters, sessions follow accounts and devices, everybody concerned is told. */
export async function announceLinks(
	{ realtime, sessions }: Context,
	appended: Appended,
	session: string | null,
	wraps: readonly Wrap[] = [],
): Promise<void> {
	const { before, after, fresh, time } = appended;
	const memberships = changedMemberships(appended);
	for (const { account, space } of memberships) if (standingIn(after, account, space, time) !== null) realtime.follow(account, space);
	for (const { recipient, ...wrap } of wraps) realtime.announce(realtime.ofAccount(recipient as AccountId), 'wrap', wrap);
	for (const { room, links } of byRoom(realtime, appended)) realtime.announce(room, 'links', { links });
	for (const { account, space } of memberships) if (standingIn(after, account, space, time) === null) realtime.unfollow(account, space);
	for (const account of before.directory?.accounts.keys() ?? []) {
		if (isAccount(before, account) && !isAccount(after, account)) await endSessions(account, null);
	}
	for (const link of fresh) if (link.type === 'device.revoke') await endSessionsOf(link);

	/** A session in which no device has proved itself may be the revoked one's: it ends too, unless it is the caller's. */
	async function endSessionsOf({ by, body }: Link): Promise<void> {
		const revoked = body['device'] instanceof Uint8Array ? idOf<DeviceId>(body['device']) : null;
		for (const { id, device } of await sessions.list(by)) {
			if (device !== revoked && (device !== null || id === session)) continue;
			await sessions.end(id);
			realtime.endSession(id);
		}
	}

	async function endSessions(account: AccountId, except: string | null) {
		await sessions.endAll(account, except);
		realtime.endAccount(account, except);
	}
}

type Room = Context['realtime']['everyone'];

/** Links that follow one another and concern the same people go together; their order stays. */
function byRoom({ inSpace, everyone }: Context['realtime'], { fresh, positions }: Appended) {
	const groups: { room: Room; links: { position: number; link: Bytes }[] }[] = [];
	fresh.forEach((link, index) => {
		const room = link.kind === 'roster' ? inSpace(link.chain) : everyone;
		if (groups.at(-1)?.room !== room) groups.push({ room, links: [] });
		groups.at(-1)?.links.push({ position: positions[index] ?? 0, link: abridge(link) });
	});
	return groups;
}

function changedMemberships({ before, after, fresh, time }: Appended): { account: AccountId; space: ChainId }[] {
	const spaces = new Set(fresh.filter(({ kind }) => kind === 'roster').map(({ chain }) => chain));
	return [...spaces].flatMap((space) =>
		[...(after.rosters.get(space)?.terms.keys() ?? [])]
			.filter((account) => (standingIn(before, account, space, time) === null) !== (standingIn(after, account, space, time) === null))
			.map((account) => ({ account, space })),
	);
}

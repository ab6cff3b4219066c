import { readSealed } from '@multaqa/db/invitations';
import { linksForSpaces } from '@multaqa/db/links';
import { wrapsFor } from '@multaqa/db/wraps';
import { invitations } from '@multaqa/shared/api/accounts';
import { openInvitationMessage } from '@multaqa/shared/api/proof';
import { idBytes, type ChainId, type InvitationId } from '@multaqa/shared/bytes/ids';
import type { Invitation } from '@multaqa/shared/chain/directory';
import { admitKey, verify } from '@multaqa/shared/crypto/sign';
import { Problem } from '@multaqa/shared/problem';
import { setTimeout } from 'node:timers/promises';
import { secondsOf, type Context } from '../context.ts';
import type { Mount } from '../validate.ts';

/** No answer comes sooner: how an invitation fails cannot be timed. */
const FLOOR = 150;

/** What an invitee needs before any key is made. */
export function invitationRoutes({ open }: Mount, context: Context): void {
	open(invitations.open, async ({ request: { invitation, signature } }) => {
		const floor = setTimeout(FLOOR);
		const known = await knock(context, invitation, signature);
		const sealed = known ? await readSealed(context.db, invitation) : null;
		await floor;
		if (!known || !sealed) throw new Problem('invitation-invalid');
		return { ...(await chainsFor(context, known)), sealed, wraps: await wrapsFor(context.db, invitation) };
	});
}

/** The invitation, when whoever asks holds its secret and it is open; the same work for every failure. */
async function knock(context: Context, id: InvitationId, signature: Uint8Array): Promise<Invitation | null> {
	const { directory } = context.ledger.world;
	const message = openInvitationMessage(directory?.id ?? (id as string as ChainId));
	const holdsSecret = isAdmissible(id) && (await verify(idBytes(id), 'invitation-open', message, signature));
	const invitation = directory?.invitations.get(id);
	if (!holdsSecret || !invitation) return null;
	const isOpen = invitation.used === null && invitation.revoked === null && invitation.expires > secondsOf(context);
	return isOpen ? invitation : null;
}

function isAdmissible(id: InvitationId): boolean {
	try {
		admitKey(idBytes(id));
		return true;
	} catch {
		return false;
	}
}

async function chainsFor({ db }: Context, { spaces }: Invitation) {
	const rows = await linksForSpaces(db, spaces);
	return { links: rows.map(({ bytes }) => bytes) };
}

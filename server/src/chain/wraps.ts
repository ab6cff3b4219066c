import type { Connection } from '@multaqa/db/database';
import { insertWraps } from '@multaqa/db/wraps';
import type { Wrap } from '@multaqa/shared/api/schemas';
import type { AccountId, InvitationId } from '@multaqa/shared/bytes/ids';
import { membersOf, openInvitations, type Roster } from '@multaqa/shared/chain/roster';
import { Problem } from '@multaqa/shared/problem';
import type { Staged } from './ledger.ts';
import { standingIn } from './standing.ts';

/**
 * Wraps are taken from somebody who is a member of the space after the batch, of a generation the roster
 * knows then, for its members and open invitations. The server cannot look into them; these bounds keep one
 * member from leaving junk where a later generation or a stranger would find it.
 * @throws Problem `rejected-link`
 */
export function allowWraps(wraps: readonly Wrap[], by: AccountId, { after, time }: Staged): void {
	for (const space of new Set(wraps.map((wrap) => wrap.space))) {
		const roster = after.rosters.get(space);
		if (!roster || standingIn(after, by, space, time) === null) throw refused('wraps-come-from-a-member');
		const here = wraps.filter((wrap) => wrap.space === space);
		const last = roster.generations.at(-1)?.generation ?? 0;
		if (here.some(({ generation }) => generation < 1 || generation > last)) throw refused('wraps-are-of-a-known-generation');
		const recipients = recipientsOf(roster, after.directory, time);
		if (here.some(({ recipient }) => !recipients.has(recipient))) throw refused('wraps-reach-only-the-roster');
	}
}

function recipientsOf(roster: Roster, directory: Staged['after']['directory'], time: number): ReadonlySet<string> {
	const invitations = directory ? openInvitations(roster, directory, directory.seq, time) : [];
	const members = directory ? membersOf(roster, directory, Math.max(time, roster.time)) : [];
	return new Set<string>([...members, ...invitations]);
}

export async function storeWraps(db: Connection, wraps: readonly Wrap[], by: AccountId): Promise<void> {
	const rows = wraps.map(({ space, generation, recipient, bytes }) => ({
		space,
		generation,
		bytes,
		recipient: recipient as AccountId | InvitationId,
	}));
	await insertWraps(db, rows, by);
}

const refused = (rule: string) => new Problem('rejected-link', { rule });

import type { OrganisationId } from '@multaqa/shared/bytes/ids';
import type { Client, SpaceView } from '@multaqa/shared/client/types';
import { isVersionOf } from '@multaqa/shared/positions/adoption';
import { issuesOf } from '@multaqa/shared/positions/issues';
import { registerOf } from '@multaqa/shared/positions/register';
import { unconfirmedFor } from '@multaqa/shared/positions/rows';
import { standingOf } from '@multaqa/shared/positions/standing-of';
import type { ListText } from '@multaqa/shared/publication/signed-text';
import { Problem } from '@multaqa/shared/problem';
import { keptReservations } from '@multaqa/shared/statements/reservations';
import type { OpenStatement } from './open-statement.svelte.ts';

const NOTHING = { reservations: [], unconfirmed: [] };

/** What organisations said about this text where it was decided: what goes out with it, and what has to be confirmed before. */
export function outsideOf(
	client: Client,
	{ id, index, members }: SpaceView,
	open: OpenStatement,
): { reservations: ListText['reservations']; unconfirmed: readonly OrganisationId[] } {
	const { round } = open;
	if (!round?.document) return NOTHING;
	const standing = standingOf(client, id);
	for (const { stream, opener } of issuesOf(client.events(id, index))) {
		const register = registerOf(client.events(id, stream), { standing, opener });
		const version = register.versions.at(-1);
		if (!version || !isVersionOf(version, { stream: round.document.stream, hash: round.hash, pairs: round.text.pairs })) continue;
		const organisations = [...new Set(members.flatMap(({ organisation }) => (organisation ? [organisation] : [])))];
		const now = Math.floor(open.now);
		return {
			reservations: keptReservations(register, version, signatoriesIn(open), now),
			unconfirmed: unconfirmedFor(register, version, organisations, now),
		};
	}
	return NOTHING;
}

/** Nobody is in an order yet that waits for its seeds. */
function signatoriesIn(open: OpenStatement): OpenStatement['signatories'] {
	try {
		return open.signatories;
	} catch (error) {
		if (error instanceof Problem) return [];
		throw error;
	}
}

import { hourOf } from '@multaqa/db/hour';
import { insertLetter, lettersAfter } from '@multaqa/db/letters';
import { letters } from '@multaqa/shared/api/letters';
import type { AccountId } from '@multaqa/shared/bytes/ids';
import { Problem } from '@multaqa/shared/problem';
import { isAccount } from '../chain/standing.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../validate.ts';

/** Letters that wait for one person: so many that nobody's box is filled by a few, so few that nobody fills the disk. */
const MOST_IN_A_BOX = 1_000;
/** Letters that one person may write in an hour. */
const MOST_AN_HOUR = 60;
const HOUR = 3_600_000;
/** Bytes in one answer. */
const ROOM = 512 * 1024;

/** Sealed letters. The server is told whom they are for; whom one was from is forgotten after it was counted. */
export function letterRoutes({ member }: Mount, { db, ledger, realtime, now }: Context): void {
	const writers = createHourly(now);

	member(letters.write, async ({ request: { to, bytes }, session: { account } }) => {
		if (!writers.allows(account)) throw new Problem('too-many-attempts', { retryAfter: HOUR / 1000 });
		if (!isAccount(ledger.world, to)) return {};
		await insertLetter(db, { account: to, hour: hourOf(now()), bytes }, MOST_IN_A_BOX);
		realtime.announce(realtime.ofAccount(to), 'letter', {});
		return {};
	});

	member(letters.read, ({ request: { after }, session: { account } }) => lettersAfter(db, account, after, ROOM));
}

/** Counts by the hour, in memory. */
function createHourly(now: () => number): { allows(account: AccountId): boolean } {
	let hour = 0;
	let counts = new Map<AccountId, number>();
	return {
		allows(account) {
			const current = Math.floor(now() / HOUR);
			if (current !== hour) [hour, counts] = [current, new Map()];
			const count = (counts.get(account) ?? 0) + 1;
			counts.set(account, count);
			return count <= MOST_AN_HOUR;
		},
	};
}
